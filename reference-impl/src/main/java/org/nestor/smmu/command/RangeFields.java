package org.nestor.smmu.command;

import org.nestor.rule.Rule;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.Granule;

/** The fields of a range invalidation whose meaning is not their value. */
final class RangeFields {
    private static final int KB16 = 2;

    private RangeFields() {}

    /** TG of a range: 1 to 3, unlike the TG fields of STE and CD. */
    static Granule granule(int tg) {
        return switch (tg) {
            case 1 -> Granule.KB4;
            case KB16 -> Granule.KB16;
            case 3 -> Granule.KB64;
            default -> throw new IllegalArgumentException("TG " + tg + " is no range");
        };
    }

    /** TTL, which acts as 0 where it names level 1 for the 16 KiB granule: that level has no blocks. */
    @Rule("A-CER-18")
    @Rule("C-RIL-10")
    static int ttl(CommandRecord record) {
        return record.tg() == KB16 && record.ttl() == 1 ? 0 : record.ttl();
    }
}
