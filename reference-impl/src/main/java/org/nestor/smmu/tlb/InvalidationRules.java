package org.nestor.smmu.tlb;

import org.nestor.rule.Rule;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.command.InvalidationCommand.Extent;
import org.nestor.smmu.config.Stage1Tag;
import org.nestor.smmu.config.StreamWorld;
import org.nestor.smmu.walk.Stage1Entry;
import org.nestor.smmu.walk.Stage1Leaf;
import org.nestor.smmu.walk.Stage1Pointer;
import org.nestor.smmu.walk.Stage2Leaf;
import org.nestor.smmu.walk.Stage2Pointer;

/** Which cached translations each command must remove (IHI 0070 section 4.4). More may go; these rules name no more than must. */
public class InvalidationRules {
    private final CoveredRange range;

    public InvalidationRules(CoveredRange range) {
        this.range = range;
    }

    /** Stage 1 and combined leaves, matched by the range of the stage 1 descriptor, also where the entry is a piece of it. */
    @Rule("C-INV-05")
    @Rule("C-INV-09")
    @Rule("C-INV-11")
    public boolean removes(InvalidationCommand command, Stage1Entry entry, int vmidIgnoredBits) {
        Stage1Tag tag = entry.tag();
        Stage1Leaf leaf = entry.leaf();
        if (command instanceof InvalidationCommand.TlbiNhVa nh) {
            return sameVm(tag, nh.vmid(), vmidIgnoredBits)
                    && sameContext(tag, leaf, nh.asid())
                    && covers(nh.extent(), leaf);
        }
        if (command instanceof InvalidationCommand.TlbiNhVaa nh) {
            return sameVm(tag, nh.vmid(), vmidIgnoredBits) && covers(nh.extent(), leaf);
        }
        if (command instanceof InvalidationCommand.TlbiNhAsid nh) {
            return sameVm(tag, nh.vmid(), vmidIgnoredBits) && onlyContext(tag, leaf, nh.asid());
        }
        if (command instanceof InvalidationCommand.TlbiEl2Va el2) {
            return el2(tag)
                    && (tag.world() == StreamWorld.EL2 || sameContext(tag, leaf, el2.asid()))
                    && covers(el2.extent(), leaf);
        }
        if (command instanceof InvalidationCommand.TlbiEl2Vaa el2) {
            return el2(tag) && covers(el2.extent(), leaf);
        }
        if (command instanceof InvalidationCommand.TlbiEl2Asid el2) {
            return tag.world() == StreamWorld.EL2_E2H && onlyContext(tag, leaf, el2.asid());
        }
        return removesAllOf(command, tag, vmidIgnoredBits);
    }

    /** Stage 1 table pointers; they belong to one ASID whatever lies below them. */
    public boolean removes(InvalidationCommand command, Stage1Pointer pointer, int vmidIgnoredBits) {
        Stage1Tag tag = pointer.tag();
        if (command instanceof InvalidationCommand.TlbiNhVa nh) {
            return sameVm(tag, nh.vmid(), vmidIgnoredBits) && tag.asid() == nh.asid() && covers(nh.extent(), pointer);
        }
        if (command instanceof InvalidationCommand.TlbiNhVaa nh) {
            return sameVm(tag, nh.vmid(), vmidIgnoredBits) && covers(nh.extent(), pointer);
        }
        if (command instanceof InvalidationCommand.TlbiNhAsid nh) {
            return sameVm(tag, nh.vmid(), vmidIgnoredBits) && tag.asid() == nh.asid();
        }
        if (command instanceof InvalidationCommand.TlbiEl2Va el2) {
            return el2(tag)
                    && (tag.world() == StreamWorld.EL2 || tag.asid() == el2.asid())
                    && covers(el2.extent(), pointer);
        }
        if (command instanceof InvalidationCommand.TlbiEl2Vaa el2) {
            return el2(tag) && covers(el2.extent(), pointer);
        }
        if (command instanceof InvalidationCommand.TlbiEl2Asid el2) {
            return tag.world() == StreamWorld.EL2_E2H && tag.asid() == el2.asid();
        }
        return removesAllOf(command, tag, vmidIgnoredBits);
    }

    /** Stage 2 leaves, of stage 2 only streams and of nested ones alike. */
    @Rule("C-INV-08")
    @Rule("C-INV-12")
    public boolean removes(InvalidationCommand command, Stage2Leaf leaf, int vmidIgnoredBits) {
        if (command instanceof InvalidationCommand.TlbiS2Ipa ipa) {
            return sameVmid(leaf.vmid(), ipa.vmid(), vmidIgnoredBits)
                    && range.coversLeaf(ipa.extent(), leaf.inputBase(), leaf.shift());
        }
        return removesAllStage2Of(command, leaf.vmid(), vmidIgnoredBits);
    }

    public boolean removes(InvalidationCommand command, Stage2Pointer pointer, int vmidIgnoredBits) {
        if (command instanceof InvalidationCommand.TlbiS2Ipa ipa) {
            return sameVmid(pointer.vmid(), ipa.vmid(), vmidIgnoredBits)
                    && !ipa.extent().leaf()
                    && range.coversTable(ipa.extent(), pointer.inputBase(), pointer.shift());
        }
        return removesAllStage2Of(command, pointer.vmid(), vmidIgnoredBits);
    }

    @Rule("C-INV-11")
    private boolean removesAllOf(InvalidationCommand command, Stage1Tag tag, int vmidIgnoredBits) {
        if (command instanceof InvalidationCommand.TlbiNhAll all) {
            return sameVm(tag, all.vmid(), vmidIgnoredBits);
        }
        if (command instanceof InvalidationCommand.TlbiS12Vmall all) {
            return sameVm(tag, all.vmid(), vmidIgnoredBits);
        }
        if (command instanceof InvalidationCommand.TlbiNsnhAll) {
            return tag.world() == StreamWorld.NS_EL1;
        }
        return command instanceof InvalidationCommand.TlbiEl2All && el2(tag);
    }

    @Rule("C-INV-11")
    private boolean removesAllStage2Of(InvalidationCommand command, int vmid, int vmidIgnoredBits) {
        if (command instanceof InvalidationCommand.TlbiS12Vmall all) {
            return sameVmid(vmid, all.vmid(), vmidIgnoredBits);
        }
        return command instanceof InvalidationCommand.TlbiNsnhAll;
    }

    private boolean sameVm(Stage1Tag tag, int vmid, int vmidIgnoredBits) {
        return tag.world() == StreamWorld.NS_EL1 && sameVmid(tag.vmid(), vmid, vmidIgnoredBits);
    }

    @Rule("C-INV-02")
    @Rule("C-INV-15")
    @Rule("C-KEY-06")
    protected boolean sameVmid(int vmid, int named, int vmidIgnoredBits) {
        return (vmid ^ named) >>> vmidIgnoredBits == 0;
    }

    /** A global entry goes whatever ASID the command names. */
    @Rule("C-INV-07")
    protected boolean sameContext(Stage1Tag tag, Stage1Leaf leaf, int asid) {
        return leaf.global() || tag.asid() == asid;
    }

    /** A command that names only an ASID leaves global entries. */
    @Rule("A-WLK-12")
    protected boolean onlyContext(Stage1Tag tag, Stage1Leaf leaf, int asid) {
        return !leaf.global() && tag.asid() == asid;
    }

    /** Entries of both EL2 worlds go, although only those of the world that CR2.E2H selects must. */
    private static boolean el2(Stage1Tag tag) {
        return tag.world() != StreamWorld.NS_EL1;
    }

    private boolean covers(Extent extent, Stage1Leaf leaf) {
        return range.coversLeaf(extent, leaf.inputBase(), leaf.shift());
    }

    private boolean covers(Extent extent, Stage1Pointer pointer) {
        return !extent.leaf() && range.coversTable(extent, pointer.inputBase(), pointer.shift());
    }
}
