package org.nestor.smmu.tlb;

import org.nestor.rule.Rule;
import org.nestor.smmu.config.Stage1Tag;
import org.nestor.smmu.config.Stage2Regime;
import org.nestor.smmu.walk.Stage1Entry;
import org.nestor.smmu.walk.Stage1Pointer;
import org.nestor.smmu.walk.Stage2Leaf;
import org.nestor.smmu.walk.Stage2Pointer;

/**
 * Which look-ups a TLB entry serves, apart from its address (IHI 0070 section 3.17). Entries of a context with stage 2 and of one
 * without are told apart, although one VMID must not be used for both (C-KEY-02).
 */
public class TlbMatch {

    /** Leaves: a global one serves every ASID whose context has the same ASET. */
    @Rule("C-KEY-05")
    @Rule("A-WLK-12")
    public boolean serves(Stage1Entry entry, Stage1Tag tag) {
        return sameRegime(entry.tag(), tag)
                && (entry.leaf().global()
                        ? entry.tag().aset() == tag.aset()
                        : entry.tag().asid() == tag.asid());
    }

    /** Table pointers belong to one ASID. */
    public boolean serves(Stage1Pointer pointer, Stage1Tag tag) {
        return sameRegime(pointer.tag(), tag) && pointer.tag().asid() == tag.asid();
    }

    @Rule("A-RGM-04")
    public boolean serves(Stage2Leaf leaf, Stage2Regime regime) {
        return leaf.vmid() == regime.vmid();
    }

    public boolean serves(Stage2Pointer pointer, Stage2Regime regime) {
        return pointer.vmid() == regime.vmid();
    }

    @Rule("A-RGM-08")
    @Rule("C-KEY-02")
    @Rule("C-KEY-03")
    @Rule("C-KEY-07")
    protected boolean sameRegime(Stage1Tag entry, Stage1Tag tag) {
        return entry.world() == tag.world() && entry.vmid() == tag.vmid() && entry.nested() == tag.nested();
    }
}
