package org.nestor.allowed;

import java.util.Optional;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.command.InvalidationCommand.Extent;
import org.nestor.smmu.config.Stage1Tag;
import org.nestor.smmu.config.StreamWorld;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.tlb.ConfigurationInvalidationRules;
import org.nestor.smmu.tlb.InvalidationRules;
import org.nestor.smmu.transaction.MemoryAttributes;
import org.nestor.smmu.walk.Stage1Entry;
import org.nestor.smmu.walk.Stage1Leaf;
import org.nestor.smmu.walk.Stage1Output;
import org.nestor.smmu.walk.Stage1Pointer;
import org.nestor.smmu.walk.Stage2Leaf;
import org.nestor.smmu.walk.Stage2Pointer;

/** Something that an SMMU may keep, by its key: what decides which commands must remove it. */
sealed interface CachedObject {
    /** Level of pages, and of the tables that hold their descriptors. */
    int LAST_LEVEL = 3;

    /** Whether the command must remove it: one that may is of no use to anybody. */
    boolean removedBy(InvalidationLog.Entry entry, RemovalRules rules);

    /** The rules of removal that an SMMU implements, and what they leave to the command. */
    record RemovalRules(InvalidationRules translations, ConfigurationInvalidationRules configuration) {}

    record Ste(int streamId) implements CachedObject {
        @Override
        public boolean removedBy(InvalidationLog.Entry entry, RemovalRules rules) {
            return rules.configuration().removesStream(entry.command(), streamId);
        }
    }

    record L1Std(int streamId, int split) implements CachedObject {
        @Override
        public boolean removedBy(InvalidationLog.Entry entry, RemovalRules rules) {
            return rules.configuration().removesL1Stream(entry.command(), streamId, split);
        }
    }

    record Cd(int streamId, int substreamId) implements CachedObject {
        @Override
        public boolean removedBy(InvalidationLog.Entry entry, RemovalRules rules) {
            return rules.configuration().removesContext(entry.command(), streamId, substreamId);
        }
    }

    record L1Cd(int streamId, int substreamId, int split) implements CachedObject {
        @Override
        public boolean removedBy(InvalidationLog.Entry entry, RemovalRules rules) {
            return rules.configuration().removesL1Context(entry.command(), streamId, substreamId, split);
        }
    }

    /** A stage 1 or combined leaf. */
    record Leaf(Stage1Entry entry) implements CachedObject {

        static Leaf of(Stage1Tag tag, Stage1Leaf leaf) {
            return new Leaf(new Stage1Entry(
                    tag,
                    leaf,
                    Optional.empty(),
                    leaf.inputBase(),
                    leaf.shift(),
                    leaf.rights(),
                    leaf.clean(),
                    Stage1Output.NeedsStage2.NEEDS_STAGE_2));
        }

        @Override
        public boolean removedBy(InvalidationLog.Entry logged, RemovalRules rules) {
            return reaches(logged, entry.tag(), entry.inputBase())
                    && rules.translations().removes(logged.command(), entry, logged.vmidIgnoredBits());
        }
    }

    /** A stage 1 table pointer. */
    record Pointer(Stage1Pointer pointer) implements CachedObject {
        @Override
        public boolean removedBy(InvalidationLog.Entry logged, RemovalRules rules) {
            return reaches(logged, pointer.tag(), pointer.inputBase())
                    && rules.translations().removes(logged.command(), pointer, logged.vmidIgnoredBits());
        }
    }

    /**
     * Whatever stage 1 or combined object serves an address, of any level, global or not: removed only by what removes all of them.
     *
     * @param page the smallest page at the address
     * @param table the pointer to the lowest table for the address
     */
    record AnyTranslation(Leaf page, Pointer table) implements CachedObject {

        static AnyTranslation at(Stage1Tag tag, long address) {
            int page = Granule.KB4.shift();
            int table = page + Granule.KB4.bitsPerLevel();
            Stage1Leaf leaf = new Stage1Leaf(
                    address & -1L << page,
                    page,
                    LAST_LEVEL,
                    0,
                    0,
                    MemoryAttributes.WRITE_BACK,
                    tag.world().usesAsid(),
                    false);
            return new AnyTranslation(
                    Leaf.of(tag, leaf),
                    new Pointer(
                            new Stage1Pointer(tag, address & -1L << table, table, LAST_LEVEL, 0, 0, Optional.empty())));
        }

        @Override
        public boolean removedBy(InvalidationLog.Entry entry, RemovalRules rules) {
            return entry.command().byAddress().flatMap(Extent::range).isEmpty()
                    && page.removedBy(entry, rules)
                    && table.removedBy(entry, rules);
        }
    }

    record IpaLeaf(Stage2Leaf leaf) implements CachedObject {
        @Override
        public boolean removedBy(InvalidationLog.Entry entry, RemovalRules rules) {
            return rules.translations().removes(entry.command(), leaf, entry.vmidIgnoredBits());
        }
    }

    record IpaPointer(Stage2Pointer pointer) implements CachedObject {
        @Override
        public boolean removedBy(InvalidationLog.Entry entry, RemovalRules rules) {
            return rules.translations().removes(entry.command(), pointer, entry.vmidIgnoredBits());
        }
    }

    /** Whatever stage 2 object serves an IPA, of any level. */
    record AnyIpa(IpaLeaf page, IpaPointer table) implements CachedObject {

        static AnyIpa at(int vmid, long ipa) {
            int page = Granule.KB4.shift();
            int table = page + Granule.KB4.bitsPerLevel();
            return new AnyIpa(
                    new IpaLeaf(new Stage2Leaf(vmid, ipa & -1L << page, page, LAST_LEVEL, 0, 0, 0, 0, false)),
                    new IpaPointer(new Stage2Pointer(vmid, ipa & -1L << table, table, LAST_LEVEL, 0)));
        }

        @Override
        public boolean removedBy(InvalidationLog.Entry entry, RemovalRules rules) {
            boolean ranged = entry.command() instanceof InvalidationCommand.TlbiS2Ipa ipa
                    && ipa.extent().range().isPresent();
            return !ranged && page.removedBy(entry, rules) && table.removedBy(entry, rules);
        }
    }

    /** Any translation of a virtual machine, through either stage or both. */
    record AnyOfVm(int vmid) implements CachedObject {
        @Override
        public boolean removedBy(InvalidationLog.Entry entry, RemovalRules rules) {
            InvalidationCommand command = entry.command();
            return (command instanceof InvalidationCommand.TlbiS12Vmall
                            || command instanceof InvalidationCommand.TlbiNsnhAll)
                    && AnyIpa.at(vmid, 0).removedBy(entry, rules);
        }
    }

    /** EL2 commands concern the world that CR2.E2H selected, and a range ends with the half that it begins in. */
    private static boolean reaches(InvalidationLog.Entry entry, Stage1Tag tag, long inputBase) {
        InvalidationCommand command = entry.command();
        boolean world = tag.world() == StreamWorld.NS_EL1
                || command instanceof InvalidationCommand.TlbiEl2All
                || tag.world() == (entry.e2h() ? StreamWorld.EL2_E2H : StreamWorld.EL2);
        Optional<Extent> ranged =
                command.byAddress().filter(extent -> extent.range().isPresent());
        return world && (ranged.isEmpty() || (ranged.get().address() ^ inputBase) >= 0);
    }
}
