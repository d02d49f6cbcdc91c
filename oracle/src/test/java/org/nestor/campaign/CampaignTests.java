package org.nestor.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.nestor.oracle.sut.SutFactory;
import org.nestor.reports.CampaignResult;
import org.nestor.reports.Divergence;
import org.nestor.reports.Verdicts;

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

    @Test
    void theReferenceTellsByItselfWhichRulesItDecidesBy() throws Exception {
        CampaignResult result = run(1, CampaignFixture.reference());
        assertTrue(
                result.rules().get("A-STE-01") + result.rules().get("A-WLK-04") > 0,
                () -> result.rules().toString());
        assertTrue(
                result.rules().values().stream().filter(hits -> hits > 0).count() > 100,
                () -> result.rules().toString());
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
                Optional.of(java.time.Duration.ofNanos(10)),
                java.util.OptionalLong.empty(),
                1,
                Steering.NONE,
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
        Function<org.nestor.rule.RuleLog, org.nestor.oracle.ImplementationUnderTest> broken =
                rules -> new Breaking(CampaignFixture.reference().create(rules));
        Campaign campaign = new Campaign(
                CampaignFixture.plan(3, 5, 2, Optional.empty()), broken, System::nanoTime, new Listening());
        IllegalStateException error =
                org.junit.jupiter.api.Assertions.assertThrows(IllegalStateException.class, campaign::run);
        assertTrue(error.getCause() instanceof StackOverflowError, error.toString());
    }
}
