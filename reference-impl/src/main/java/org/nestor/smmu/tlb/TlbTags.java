package org.nestor.smmu.tlb;

import org.nestor.rule.Rule;
import org.nestor.smmu.config.Stage1Tag;
import org.nestor.smmu.config.Stage2Regime;
import org.nestor.smmu.walk.Stage1Entry;
import org.nestor.smmu.walk.Stage1Pointer;

/**
 * Which look-ups a TLB entry serves, apart from its address (IHI 0070 section 3.17): tags as bits, and for each entry the bits that a
 * look-up must share with it. Entries of a context with stage 2 and of one without are told apart, although one VMID must not be used
 * for both (C-KEY-02).
 */
public class TlbTags {
    private static final long ASID = 0xFFFF;
    private static final int VMID_SHIFT = 16;
    private static final long ASET = 1L << 32;
    private static final long NESTED = 1L << 33;
    private static final int WORLD_SHIFT = 34;
    private static final long REGIME = 3L << WORLD_SHIFT | NESTED | 0xFFFFL << VMID_SHIFT;

    /** The tags of a context: of its look-ups, and of the entries that it forms. The StreamID is none of them. */
    @Rule("A-RGM-08")
    @Rule("C-KEY-02")
    @Rule("C-KEY-03")
    @Rule("C-KEY-07")
    @Rule("C-KEY-04")
    @Rule("C-TLB-12")
    public long of(Stage1Tag tag) {
        long world = switch (tag.world()) {
            case NS_EL1 -> 0;
            case EL2 -> 1;
            case EL2_E2H -> 2;
        };
        return world << WORLD_SHIFT
                | (tag.nested() ? NESTED : 0)
                | (tag.aset() ? ASET : 0)
                | (long) tag.vmid() << VMID_SHIFT
                | tag.asid();
    }

    /** Leaves: one ASID, or for a global one every ASID whose context has the same ASET. */
    @Rule("C-KEY-05")
    @Rule("A-WLK-12")
    public long mask(Stage1Entry entry) {
        return REGIME | (entry.leaf().global() ? ASET : ASID);
    }

    /** Table pointers belong to one ASID. */
    public long mask(Stage1Pointer pointer) {
        return REGIME | ASID;
    }

    /** The tag of stage 2 entries and look-ups: the VMID. */
    @Rule("A-RGM-04")
    public long of(Stage2Regime regime) {
        return regime.vmid();
    }
}
