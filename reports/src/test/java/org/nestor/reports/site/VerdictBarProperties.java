package org.nestor.reports.site;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.nestor.reports.Verdicts;
import org.nestor.reports.site.VerdictBar.Part;

class VerdictBarProperties {

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
}
