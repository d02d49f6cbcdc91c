package org.nestor.smmu.walk;

import org.nestor.rule.Rule;
import org.nestor.smmu.config.Stage1Half;

/** Whether an input address lies in the range of a stage 1 table, and its canonical form (IHI 0070 section 3.4). */
public class InputRange {
    private static final int TAG_BITS = 8;

    /** The address that is translated and tags TLB entries: with TBI, VA[63:56] are copies of VA[55]. */
    @Rule("A-ADR-01")
    @Rule("A-ADR-08")
    @Rule("C-INV-16")
    public long canonical(Stage1Half half, long address) {
        return half.topByteIgnored() ? address << TAG_BITS >> TAG_BITS : address;
    }

    /**
     * Whether the checked bits above the input range are all zero (TT0) or all one (TT1).
     *
     * @param canonical as {@link #canonical} gives it
     */
    @Rule("A-ADR-02")
    @Rule("A-ADR-03")
    @Rule("A-ADR-06")
    public boolean covers(Stage1Half half, long canonical) {
        long checked = half.upper() ? ~canonical : canonical;
        return checked >>> half.geometry().inputBits() == 0;
    }

    /** E0PDx: an unprivileged access must not use this table. */
    @Rule("A-ADR-07")
    public boolean barred(Stage1Half half, boolean privileged) {
        return half.unprivilegedDenied() && !privileged;
    }
}
