package org.nestor.tables;

import java.util.Set;
import org.nestor.smmu.format.ContextDescriptor;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.format.Layout;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.format.StreamTableEntry;

/** Changes of an STE or CD as a table of a test writes them: {@code S2T0SZ=25 S2TTB=0x2000}, pointers as addresses. */
public final class Changes {
    private static final Set<String> POINTERS = Set.of("S1ContextPtr", "S2TTB", "TTB0", "TTB1");

    private Changes() {}

    public static Ste ste(Ste ste, String changes) {
        return new Ste(changed(StreamTableEntry.LAYOUT, ste.line(), changes));
    }

    public static Cd cd(Cd cd, String changes) {
        return new Cd(changed(ContextDescriptor.LAYOUT, cd.line(), changes));
    }

    private static Line changed(Layout layout, Line line, String changes) {
        Line changed = line;
        for (String change : changes.isBlank() ? new String[0] : changes.strip().split("\\s+", -1)) {
            String[] sides = change.split("=", 2);
            Field field = layout.field(sides[0]);
            long value = Long.decode(sides[1]);
            changed = changed.with(field, POINTERS.contains(field.name()) ? value >>> field.low() : value);
        }
        return changed;
    }
}
