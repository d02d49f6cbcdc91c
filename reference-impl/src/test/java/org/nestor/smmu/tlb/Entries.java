package org.nestor.smmu.tlb;

import java.util.Optional;
import org.nestor.smmu.config.Stage1Tag;
import org.nestor.smmu.config.StreamWorld;
import org.nestor.smmu.transaction.MemoryAttributes;
import org.nestor.smmu.walk.Stage1Entry;
import org.nestor.smmu.walk.Stage1Leaf;
import org.nestor.smmu.walk.Stage1Output.NeedsStage2;
import org.nestor.smmu.walk.Stage1Pointer;
import org.nestor.smmu.walk.Stage2Leaf;
import org.nestor.smmu.walk.Stage2Pointer;
import org.nestor.smmu.walk.TranslationOutcome.Translated;

/** TLB entries with the parts that matching looks at, and anything in the others. */
final class Entries {

    private static final Translated ANYWHERE = new Translated(0, 0, MemoryAttributes.WRITE_BACK);

    private Entries() {}

    static Stage1Tag tag(StreamWorld world, int vmid, int asid) {
        return new Stage1Tag(world, vmid, asid, false, false);
    }

    static Stage1Tag nested(int vmid, int asid) {
        return new Stage1Tag(StreamWorld.NS_EL1, vmid, asid, false, true);
    }

    /** A stage 1 leaf of {@code 2^shift} bytes. */
    static Stage1Entry leaf(Stage1Tag tag, long base, int shift, boolean global) {
        Stage1Leaf leaf = stage1(base, shift, global);
        return new Stage1Entry(tag, leaf, Optional.empty(), base, shift, 0, false, ANYWHERE);
    }

    /** A stage 1 leaf of a nested context, whose output is still to go through stage 2. */
    static Stage1Entry partial(Stage1Tag tag, long base, int shift) {
        Stage1Leaf leaf = stage1(base, shift, false);
        return new Stage1Entry(tag, leaf, Optional.empty(), base, shift, 0, false, NeedsStage2.NEEDS_STAGE_2);
    }

    /** A combined leaf: a piece of {@code 2^pieceShift} bytes out of a stage 1 leaf of {@code 2^shift}. */
    static Stage1Entry combined(Stage1Tag tag, long base, int shift, boolean global, long piece, int pieceShift) {
        Stage2Leaf stage2 = stage2Leaf(tag.vmid(), 0, pieceShift);
        Stage1Leaf leaf = stage1(base, shift, global);
        return new Stage1Entry(tag, leaf, Optional.of(stage2), piece, pieceShift, 0, false, ANYWHERE);
    }

    private static Stage1Leaf stage1(long base, int shift, boolean global) {
        return new Stage1Leaf(base, shift, 3, 0, 0, MemoryAttributes.WRITE_BACK, global, false);
    }

    /** A stage 1 table pointer with {@code 2^shift} bytes below it. */
    static Stage1Pointer pointer(Stage1Tag tag, long base, int shift) {
        return new Stage1Pointer(tag, base, shift, 3, 0, 0, Optional.empty());
    }

    static Stage1Pointer combinedPointer(Stage1Tag tag, long base, int shift) {
        return new Stage1Pointer(tag, base, shift, 3, 0, 0, Optional.of(stage2Leaf(tag.vmid(), 0, 12)));
    }

    static Stage2Leaf stage2Leaf(int vmid, long base, int shift) {
        return new Stage2Leaf(vmid, base, shift, 3, 0, 0, 0, 0, false);
    }

    static Stage2Pointer stage2Pointer(int vmid, long base, int shift) {
        return new Stage2Pointer(vmid, base, shift, 3, 0);
    }
}
