package org.nestor.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.nestor.oracle.ImplementationUnderTest;
import org.nestor.oracle.sut.SutFactory;
import org.nestor.reports.CampaignResult;
import org.nestor.reports.Divergence;
import org.nestor.reports.Verdicts;
import org.nestor.rule.RuleLog;

class CampaignTests {
    private static final int SCENARIOS = 24;

    private static CampaignResult run(int jobs, SutFactory suts) throws Exception {
        return CampaignFixture.run(CampaignFixture.plan(3, SCENARIOS, jobs, Optional.empty()), suts)
                .run();
    }

    /** All that a result says, without when, how long and with how many jobs. */
    private static List<Object> substance(CampaignResult result) {
        return List.of(
                result.sut(),
                result.seed(),
                result.scenarios(),
                result.operations(),
                result.verdicts(),
                result.rules(),
                result.divergences(),
                result.selfTest(),
                result.indeterminate());
    }

    @Test
    void anyNumberOfJobsFindsTheSame() throws Exception {
        CampaignResult one = run(1, CampaignFixture.faulty("D-09"));
        assertFalse(one.divergences().isEmpty());
        assertEquals(substance(one), substance(run(1, CampaignFixture.faulty("D-09"))));
        assertEquals(substance(one), substance(run(3, CampaignFixture.faulty("D-09"))));
    }

    @Test
    void divergencesOfOneCauseAreOneFindingWithACount() throws Exception {
        CampaignResult result = run(1, CampaignFixture.faulty("D-09"));
        List<Divergence> found = result.divergences();
        assertEquals(
                result.verdicts().diverges(),
                found.stream().mapToLong(Divergence::count).sum());
        assertTrue(found.stream().anyMatch(one -> one.count() > 1), found.toString());
        assertEquals(
                found.size(),
                new HashSet<>(found.stream()
                                .map(one -> one.title() + one.rules())
                                .toList())
                        .size());
    }

    @Test
    void everyReplyIsCountedOnceAndEveryScenarioEndsAtItsFirstFailure() throws Exception {
        CampaignResult result = run(2, CampaignFixture.faulty("D-09"));
        Verdicts verdicts = result.verdicts();
        assertEquals(SCENARIOS, result.scenarios());
        assertEquals(result.operations(), verdicts.total());
        assertTrue(verdicts.diverges() <= SCENARIOS);
    }

    /** The judge does not tell these: they are about how the SMMU itself goes on. */
    @Test
    void theReferenceTellsByItselfWhichRulesItDecidesBy() throws Exception {
        CampaignResult result = run(1, CampaignFixture.reference());
        for (String rule : List.of("A-CMQ-02", "A-SYN-01", "A-EVQ-02")) {
            assertTrue(result.rules().get(rule) > 0, rule);
        }
    }

    @Test
    void noScenarioBeginsAfterTheCampaignWasStopped() throws Exception {
        Listening listener = new Listening();
        Campaign campaign = new Campaign(
                CampaignFixture.plan(3, 100_000, 2, Optional.empty()),
                CampaignFixture.reference()::create,
                System::nanoTime,
                listener);
        listener.after(5, campaign::stop);
        CampaignState state = campaign.run();
        assertTrue(state.scenarios() >= 5 && state.scenarios() < 1000, () -> "" + state.scenarios());
    }

    @Test
    void timeIsUpByTheGivenClock() throws Exception {
        List<Long> ticks = new ArrayList<>();
        CampaignPlan plan = new CampaignPlan(
                3,
                Optional.of(Duration.ofNanos(10)),
                OptionalLong.empty(),
                1,
                0,
                KnownDifferences.NONE,
                Optional.empty());
        Campaign campaign = new Campaign(
                plan,
                CampaignFixture.reference()::create,
                () -> {
                    ticks.add(0L);
                    return ticks.size();
                },
                new Listening());
        assertEquals(9, campaign.run().scenarios());
    }

    @Test
    void anErrorOfAWorkerEndsTheCampaignAndIsTold() {
        Function<RuleLog, ImplementationUnderTest> broken =
                rules -> new Breaking(CampaignFixture.reference().create(rules));
        Campaign campaign = new Campaign(
                CampaignFixture.plan(3, 5, 2, Optional.empty()), broken, System::nanoTime, new Listening());
        IllegalStateException error = assertThrows(IllegalStateException.class, campaign::run);
        assertTrue(error.getCause() instanceof StackOverflowError, error.toString());
    }
}
