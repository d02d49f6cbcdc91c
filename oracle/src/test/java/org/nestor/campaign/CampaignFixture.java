package org.nestor.campaign;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.nestor.bugs.SeededBugs;
import org.nestor.oracle.ReferenceConfiguration;
import org.nestor.oracle.sut.SutFactory;
import org.nestor.oracle.sut.SutSpec;

/** Short campaigns. */
final class CampaignFixture {
    static final CampaignRun.Observer NOBODY = new CampaignRun.Observer() {
        @Override
        public void at(CampaignState state, double seconds) {}

        @Override
        public void end() {}
    };

    private CampaignFixture() {}

    static CampaignPlan plan(long seed, int scenarios, int jobs, Optional<Path> report) {
        return new CampaignPlan(
                seed, Optional.empty(), OptionalLong.of(scenarios), jobs, 60, KnownDifferences.NONE, report);
    }

    static SutFactory reference() {
        return SutFactory.embedded(ReferenceConfiguration.DEFAULT);
    }

    static SutFactory faulty(String bug) {
        return SutFactory.embedded(
                ReferenceConfiguration.DEFAULT.with(SeededBugs.find(bug).orElseThrow()));
    }

    static SutFactory program(String command) {
        return SutFactory.of(new SutSpec.Program(command), ReferenceConfiguration.DEFAULT, Duration.ofSeconds(60));
    }

    static CampaignRun run(CampaignPlan plan, SutFactory suts) {
        return new CampaignRun(plan, suts, "--sut x", Optional.empty(), NOBODY);
    }
}
