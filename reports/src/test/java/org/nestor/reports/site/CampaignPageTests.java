package org.nestor.reports.site;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.nestor.reports.CampaignResult;
import org.nestor.reports.Divergence;
import org.nestor.reports.Results;
import org.nestor.reports.SelfTest;
import org.nestor.reports.Sut;
import org.nestor.reports.Verdicts;

/** What a campaign is said to have shown. */
class CampaignPageTests {

    @Test
    void undeclaredDivergencesAreTheConclusion() {
        CampaignPage page = new CampaignPage(Results.withDivergences(2));
        assertEquals("2 causes of divergence were found.", page.conclusion());
        assertEquals("bad", page.mood());
        assertEquals("One cause of divergence was found.", new CampaignPage(Results.withDivergences(1)).conclusion());
        assertEquals(
                "40 causes of divergence were found; 13 are declared.",
                new CampaignPage(Results.withDivergences(40)).conclusion());
    }

    @Test
    void declaredDivergencesAloneAreNoFailure() {
        List<Divergence> declared = Results.withDivergences(6).divergences().stream()
                .filter(Divergence::known)
                .toList();
        CampaignPage page = page(new Verdicts(9, 2, 0, 0), declared, Optional.empty());
        assertEquals("2 causes of divergence were found, and all are declared.", page.conclusion());
        assertEquals("unsure", page.mood());
    }

    @Test
    void campaignThatJudgedNothingIsNotGood() {
        CampaignPage page = page(new Verdicts(0, 0, 0, 0), List.of(), Optional.empty());
        assertEquals("Nothing was judged.", page.conclusion());
        assertEquals("unsure", page.mood());
    }

    @Test
    void onlyRepliesThatAllConformAreGood() {
        assertEquals(
                "ok",
                page(new Verdicts(3, 0, 0, 0), List.of(), Optional.empty()).mood());
        assertEquals(
                "unsure",
                page(new Verdicts(3, 0, 1, 0), List.of(), Optional.empty()).mood());
    }

    @Test
    void campaignThatMissedItsPlantedBugMeansNothing() {
        SelfTest missed = new SelfTest("D-01", "does harm", false, 100);
        CampaignPage page = page(new Verdicts(3, 0, 0, 0), List.of(), Optional.of(missed));
        assertEquals(
                "The campaign did not see the bug that was planted for it. Its other results mean nothing.",
                page.conclusion());
        assertEquals("bad", page.mood());
    }

    private static CampaignPage page(Verdicts verdicts, List<Divergence> divergences, Optional<SelfTest> selfTest) {
        Sut sut = new Sut(
                "x",
                "1",
                OptionalInt.empty(),
                List.of(),
                List.of(),
                List.of(),
                new TreeMap<>(Map.of()),
                OptionalInt.empty());
        return new CampaignPage(new CampaignResult(
                CampaignResult.VERSION,
                sut,
                1,
                Instant.EPOCH,
                1,
                1,
                1,
                verdicts,
                new TreeMap<>(),
                divergences,
                Optional.empty(),
                List.of(),
                selfTest,
                new TreeMap<>(),
                List.of(),
                new TreeMap<>()));
    }
}
