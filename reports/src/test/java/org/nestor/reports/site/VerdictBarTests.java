package org.nestor.reports.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nestor.reports.Verdicts;
import org.nestor.reports.site.VerdictBar.Part;

class VerdictBarTests {

    @Test
    void shareNeverRoundsToNothingOrToEverything() {
        assertEquals(List.of("over 99.99 %", "0 %", "under 0.01 %", "0 %"), shares(new Verdicts(10_000_000, 1, 0, 0)));
        assertEquals(List.of("100 %", "0 %", "0 %", "0 %"), shares(new Verdicts(5, 0, 0, 0)));
        assertEquals(List.of("0 %", "25.00 %", "0 %", "75.00 %"), shares(new Verdicts(0, 0, 1, 3)));
        assertTrue(shares(new Verdicts(0, 0, 0, 0)).stream().allMatch("0 %"::equals));
    }

    private static List<String> shares(Verdicts verdicts) {
        return new VerdictBar(verdicts).parts().stream().map(Part::share).toList();
    }
}
