package org.nestor.reports.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.nestor.reports.Verdicts;
import org.nestor.reports.site.VerdictBar.Part;

class VerdictBarTests {

    @Property
    void partsFillTheBarAndWhatOccurredIsVisible(
            @ForAll @LongRange(max = 1L << 40) long conforms,
            @ForAll @LongRange(max = 1L << 40) long diverges,
            @ForAll @LongRange(max = 9) long indeterminate,
            @ForAll @LongRange(max = 9) long died) {
        Verdicts verdicts = new Verdicts(conforms, diverges, indeterminate, died);
        int x = 0;
        for (Part part : new VerdictBar(verdicts).parts()) {
            assertEquals(x, part.x());
            assertEquals(part.count() > 0, part.width() > 0, part.name());
            x += part.width();
        }
        assertEquals(verdicts.total() == 0 ? 0 : VerdictBar.WIDTH, x);
    }

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
