package org.nestor.tables;

import org.nestor.smmu.format.Field;
import org.nestor.smmu.format.Layout;
import org.nestor.smmu.format.Line;

/** Sets fields of an STE or CD by the architecture's name. */
final class Fields {

    private Fields() {}

    static Line set(Layout layout, Line line, String name, long value) {
        return line.with(layout.field(name), value);
    }

    /**
     * Sets an address field.
     *
     * @throws IllegalArgumentException if the field cannot hold all bits of the address
     */
    static Line address(Layout layout, Line line, String name, long address) {
        Field field = layout.field(name);
        if ((address & ~field.mask()) != 0) {
            throw new IllegalArgumentException(name + " cannot hold 0x" + Long.toHexString(address));
        }
        return line.with(field, address >>> field.low());
    }

    static long flag(boolean value) {
        return value ? 1 : 0;
    }
}
