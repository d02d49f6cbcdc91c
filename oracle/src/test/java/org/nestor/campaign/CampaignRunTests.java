package org.nestor.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nestor.reports.CampaignResult;
import org.nestor.reports.Divergence;
import org.nestor.reports.ResultsFile;

/** What is kept of a campaign that does not come to its end. */
class CampaignRunTests {

    @TempDir
    Path folder = Path.of("");

    /** Looks into the folder as soon as something was found. */
    private final class Looking implements CampaignRun.Observer {
        private int looked;

        @Override
        public void at(CampaignState state, double seconds) {
            if (state.causes() > looked) {
                looked = state.causes();
                assertKept(state.causes());
            }
        }

        @Override
        public void end() {
            assertTrue(looked > 0, "nothing was found");
        }
    }

    private void assertKept(int causes) {
        try {
            CampaignResult result = ResultsFile.read(folder.resolve("results.json"));
            assertEquals(causes, result.divergences().size());
            for (Divergence divergence : result.divergences()) {
                assertTrue(Files.exists(folder.resolve(divergence.scenario())), divergence.scenario());
                assertTrue(Files.exists(folder.resolve(divergence.trace())), divergence.trace());
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void eachFindingIsKeptAsSoonAsItIsMade() throws Exception {
        CampaignPlan plan = CampaignFixture.plan(3, 6, 1, Optional.of(folder));
        new CampaignRun(plan, CampaignFixture.faulty("D-09"), "", Optional.empty(), new Looking()).run();
    }

    @Test
    void theCommandThatRepeatsItIsTold() throws Exception {
        CampaignPlan plan = CampaignFixture.plan(3, 1, 1, Optional.empty());
        CampaignResult result =
                CampaignFixture.run(plan, CampaignFixture.reference()).run();
        assertEquals(
                "./nestor campaign --sut x --seed 3 --scenarios 1",
                result.setup().orElseThrow().command());
    }
}
