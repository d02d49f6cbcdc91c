package org.nestor.generators.play;

import java.util.ArrayList;
import java.util.List;
import org.nestor.smmu.format.ContextDescriptor;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.format.Layout;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;

/**
 * Variations of STEs and CDs described by one number: field after field with its value, nothing for 0.
 *
 * <p>Not among them: fields that hold addresses, tags and shapes, which have operations of their own, and fields of what is not
 * modelled (Secure state, MPAM).
 */
final class Variations {
    private static final int VALUES = 16;
    private static final long MAIRS = 0x00FF_44BB_0400_EE88L;

    private final List<Field> ste;
    private final List<Field> cd;

    /** Those under which an entry stays legal with these ID registers. */
    Variations(IdRegisters ids) {
        this.ste = ste(ids);
        this.cd = cd(ids);
    }

    private static List<Field> ste(IdRegisters ids) {
        List<Field> fields = new ArrayList<>();
        Layout layout = StreamTableEntry.LAYOUT;
        add(fields, layout, "SHCFG", "MTCFG", "MemAttr", "PRIVCFG", "INSTCFG", "ALLOCCFG", "S1DSS", "MEV", "S2R");
        add(fields, layout, "S2AFFD", "S2PTW", "S2PS", "CONT", "S1CIR", "S1COR", "S1CSH", "S2IR0", "S2OR0", "S2SH0");
        add(fields, layout, "DRE", "DCP", "S2HWU");
        addIf(ids.stallModel() == 0, fields, layout, "S1STALLD", "S2S");
        addIf(ids.httu() >= 1, fields, layout, "S2HA");
        addIf(ids.httu() >= 2, fields, layout, "S2HD");
        addIf(ids.fwb(), fields, layout, "S2FWB");
        addIf(ids.ats(), fields, layout, "EATS");
        return fields;
    }

    private static List<Field> cd(IdRegisters ids) {
        List<Field> fields = new ArrayList<>();
        Layout layout = ContextDescriptor.LAYOUT;
        add(fields, layout, "R", "AFFD", "WXN", "UWXN", "PAN", "TBI0", "TBI1", "ASET", "MAIR", "IPS", "EPD0", "EPD1");
        add(fields, layout, "HAD0", "HAD1", "IR0", "OR0", "SH0", "HWU0", "HWU1");
        addIf(!ids.termModel(), fields, layout, "A");
        addIf(ids.stallModel() == 0, fields, layout, "S");
        addIf(ids.httu() >= 1, fields, layout, "HA");
        addIf(ids.httu() >= 2, fields, layout, "HD");
        addIf(ids.e0pd(), fields, layout, "E0PD0", "E0PD1");
        return fields;
    }

    private static void addIf(boolean possible, List<Field> fields, Layout layout, String... names) {
        if (possible) {
            add(fields, layout, names);
        }
    }

    private static void add(List<Field> fields, Layout layout, String... names) {
        for (String name : names) {
            fields.add(layout.field(name));
        }
    }

    Line ste(Line line, int variation) {
        return vary(line, ste, variation);
    }

    Line cd(Line line, int variation) {
        return vary(line, cd, variation);
    }

    private static Line vary(Line line, List<Field> fields, int variation) {
        Line varied = line;
        for (int left = variation; left > 0; left /= fields.size() * VALUES) {
            Field field = fields.get((left - 1) % fields.size());
            varied = one(varied, field, (left - 1) / fields.size() % VALUES);
        }
        return varied;
    }

    /** One field: 0 inverts its lowest bit, others count on from there; a doubleword of attributes is rotated. */
    private static Line one(Line line, Field field, int value) {
        long old = field.extract(line.doubleword(field.doubleword()));
        long changed = field.width() == Long.SIZE ? Long.rotateLeft(MAIRS, Byte.SIZE * value) : (old ^ 1) + value;
        return Bits.set(line, field, changed);
    }
}
