package org.nestor.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nestor.bugs.SeededBug;
import org.nestor.bugs.SeededBugs;
import org.nestor.generators.search.Motif;
import org.nestor.generators.search.Weights;
import org.nestor.judge.Verdict;
import org.nestor.reports.CampaignResult;
import org.nestor.reports.SelfTest;

class SelfTestsTests {
    private static final Judging BLIND = (platform, rules) -> (request, reply) -> Verdict.CONFORMS;
    private static final Judging UNFAIR = (platform, rules) ->
            (request, reply) -> new Verdict.Diverges(Set.of(), "anything", "", List.of(), List.of());
    private static final int FEW = 10;

    private static SeededBug bug(String id) {
        return SeededBugs.find(id).orElseThrow();
    }

    @Test
    void theJudgeSeesAnEasyBug() throws Exception {
        SelfTest test = new SelfTests().run(bug("D-08"), 1);
        assertTrue(test.caught());
        assertTrue(test.scenarios() < 100, test.toString());
    }

    @Test
    void aBlindJudgeIsNoticed() throws Exception {
        SelfTest test = new SelfTests(BLIND, Weights.DEFAULT, FEW).run(bug("D-08"), 1);
        assertFalse(test.caught());
        assertEquals(FEW, test.scenarios());
    }

    @Test
    void aJudgeThatCallsEverythingWrongIsNoticed() throws Exception {
        assertFalse(
                new SelfTests(UNFAIR, Weights.DEFAULT, FEW).run(bug("D-08"), 1).caught());
    }

    /** D-32 is about commands, which scenarios that only peek at memory do not send. */
    @Test
    void scenariosThatReachNothingAreNoticed() throws Exception {
        Map<Motif, Integer> peeking = new EnumMap<>(Motif.class);
        peeking.put(Motif.PEEK, 1);
        assertFalse(new SelfTests(Judging.BY_THE_ARCHITECTURE, new Weights(peeking, 0), FEW)
                .run(bug("D-32"), 1)
                .caught());
    }

    @Test
    void everySeedPicksAnEasyBug() throws Exception {
        for (long seed : new long[] {0, 1, -1, Long.MIN_VALUE}) {
            String picked = new SelfTests(BLIND, Weights.DEFAULT, 0).run(seed).bug();
            assertEquals(org.nestor.bugs.Difficulty.EASY, bug(picked).difficulty());
        }
    }

    @Test
    void theResultOfACampaignSaysThatItWasBlind() throws Exception {
        CampaignResult result = new CampaignRun(
                        CampaignFixture.plan(1, 1, 1, Optional.empty()),
                        CampaignFixture.reference(),
                        "",
                        Optional.empty(),
                        CampaignFixture.NOBODY,
                        new SelfTests(BLIND, Weights.DEFAULT, FEW))
                .run();
        assertFalse(result.selfTest().orElseThrow().caught());
    }
}
