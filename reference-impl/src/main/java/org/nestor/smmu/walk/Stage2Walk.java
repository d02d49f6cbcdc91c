package org.nestor.smmu.walk;

import java.util.Optional;
import org.nestor.memory.ExternalAbort;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.Stage2Regime;
import org.nestor.smmu.config.TableGeometry;
import org.nestor.smmu.fault.FaultClass;
import org.nestor.smmu.fault.Refusal.Fault;
import org.nestor.smmu.format.DescriptorKind;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.format.OutputAddress;
import org.nestor.smmu.format.Stage2Descriptor;
import org.nestor.smmu.register.IdRegisters;

/**
 * Stage 2: from an IPA to a physical address, for the output of stage 1, for a stage 1 table, or for a CD (IHI 0070 section 3.4, DDI
 * 0487 translation table walks).
 */
public class Stage2Walk {
    private static final RuleId OUT_OF_RANGE = RuleId.of("A-ADR-12");
    private static final RuleId OUTPUT_TOO_WIDE = RuleId.of("A-ADR-17");
    private static final RuleId INVALID_DESCRIPTOR = RuleId.of("A-WLK-04");
    private static final RuleId RESERVED_DESCRIPTOR = RuleId.of("A-WLK-05");
    private static final RuleId FETCH_ABORTED = RuleId.of("A-WLK-06");
    private static final RuleId NOT_ACCESSED = RuleId.of("A-AFD-01");
    private static final RuleId UPDATE_ABORTED = RuleId.of("A-AFD-10");
    private static final RuleId NO_READ_OR_WRITE = RuleId.of("A-PRM-16");
    private static final RuleId NO_EXECUTE = RuleId.of("A-PRM-17");

    private final StructureReader reader;
    private final Stage2Permissions permissions;
    private final boolean largeAddresses;
    private final UpperAddressBits upperBits;
    private final Stage2Notes notes;

    public Stage2Walk(StructureReader reader, Stage2Permissions permissions, IdRegisters id, RuleLog rules) {
        this.reader = reader;
        this.permissions = permissions;
        this.largeAddresses = id.oas() == 52;
        this.upperBits = new UpperAddressBits(reader, largeAddresses, rules);
        this.notes = new Stage2Notes(rules);
    }

    /**
     * Translates and checks the right.
     *
     * @param purpose what the IPA is for, reported as CLASS
     */
    @Rule("A-ADR-12")
    public Stage2Result translate(Stage2Regime own, long ipa, FaultClass purpose, Right right) {
        Stage2Regime regime = reader.translating(own, ipa, purpose);
        if (ipa >>> regime.geometry().inputBits() != 0) {
            return fault(EventType.F_TRANSLATION, purpose, ipa, OUT_OF_RANGE);
        }
        Optional<Stage2Leaf> known = reader.knownStage2(regime, ipa);
        if (known.isPresent() && !(right.isWrite() && known.get().clean())) {
            return hit(known.get(), ipa, purpose, right);
        }
        return walk(regime, ipa, purpose, right);
    }

    /** A leaf that is remembered, judged as one that was walked to. */
    protected Stage2Result hit(Stage2Leaf leaf, long ipa, FaultClass purpose, Right right) {
        return permit(leaf, ipa, purpose, right);
    }

    /** The leaf if it grants the right, else F_PERMISSION. */
    public Stage2Result permit(Stage2Leaf leaf, long ipa, FaultClass purpose, Right right) {
        return leaf.allows(right) ? leaf : denied(ipa, purpose, right);
    }

    private WalkFault denied(long ipa, FaultClass purpose, Right right) {
        boolean execute = right == Right.EXECUTE || right == Right.PRIVILEGED_EXECUTE;
        notes.denied(purpose, right);
        boolean tableWrite = purpose == FaultClass.TT && right.isWrite();
        return new WalkFault(new Fault(
                EventType.F_PERMISSION, true, purpose, ipa, 0, tableWrite, execute ? NO_EXECUTE : NO_READ_OR_WRITE));
    }

    /** Follows table descriptors as far as they lead, then judges the descriptor that is none. */
    private Stage2Result walk(Stage2Regime regime, long ipa, FaultClass purpose, Right right) {
        TableGeometry geometry = regime.geometry();
        Optional<Stage2Pointer> known = reader.knownStage2Pointer(regime, ipa);
        int level = known.isPresent() ? known.get().level() : geometry.startLevel();
        long table = known.isPresent() ? known.get().table() : geometry.base();
        if (known.isEmpty()) {
            notes.begins(geometry);
        }
        while (true) {
            long address = descriptorAddress(geometry, table, level, ipa);
            long stored;
            try {
                stored = reader.stage2Descriptor(regime, ipa, level, purpose, address);
            } catch (ExternalAbort abort) {
                notes.aborted(purpose);
                return aborted(purpose, ipa, abort, FETCH_ABORTED);
            }
            long raw = geometry.inRegisterOrder(stored);
            if (!DescriptorKind.isTable(raw, level)) {
                if (kind(raw, level, geometry) == DescriptorKind.INVALID) {
                    return invalid(raw, ipa, purpose);
                }
                int shift = geometry.granule().coverage(level);
                long output = upperBits.resolve(OutputAddress.of(raw, geometry.granule(), shift));
                return leaf(regime, new Site(address, stored, level, shift, output), ipa, purpose, right);
            }
            table = upperBits.resolve(
                    OutputAddress.of(raw, geometry.granule(), geometry.granule().shift()));
            if (tooWide(table, geometry)) {
                notes.tableTooWide();
                return fault(EventType.F_ADDR_SIZE, purpose, ipa, OUTPUT_TOO_WIDE);
            }
            level++;
            learn(regime, ipa, level, table);
        }
    }

    protected long descriptorAddress(TableGeometry geometry, long table, int level, long ipa) {
        return geometry.descriptorAddress(table, level, ipa);
    }

    private void learn(Stage2Regime regime, long ipa, int level, long table) {
        Granule granule = regime.geometry().granule();
        int below = granule.coverage(level) + granule.bitsPerLevel();
        reader.learnStage2Pointer(regime, new Stage2Pointer(regime.vmid(), ipa & -1L << below, below, level, table));
    }

    /** Where a leaf descriptor was found: its address and value as stored, its level, and what it covers. */
    private record Site(long address, long stored, int level, int shift, long output) {}

    @Rule("A-ADR-17")
    @Rule("A-ADR-18")
    protected boolean tooWide(long output, TableGeometry geometry) {
        return output >>> geometry.outputBits() != 0;
    }

    @Rule("A-WLK-04")
    @Rule("A-WLK-05")
    private static WalkFault invalid(long raw, long ipa, FaultClass purpose) {
        RuleId rule = (raw & 1) == 0 ? INVALID_DESCRIPTOR : RESERVED_DESCRIPTOR;
        return fault(EventType.F_TRANSLATION, purpose, ipa, rule);
    }

    @Rule("A-WLK-06")
    @Rule("A-CDF-05")
    private static WalkFault aborted(FaultClass purpose, long ipa, ExternalAbort abort, RuleId rule) {
        return new WalkFault(new Fault(EventType.F_WALK_EABT, true, purpose, ipa, abort.address(), false, rule));
    }

    private static WalkFault fault(EventType type, FaultClass purpose, long ipa, RuleId rule) {
        return new WalkFault(Fault.stage2(type, purpose, ipa, rule));
    }

    /** Whether blocks are allowed matters only for what would be one. */
    private DescriptorKind kind(long raw, int level, TableGeometry geometry) {
        return DescriptorKind.of(raw, level, (raw & 0b11) == 0b01 && geometry.blocksAllowed(level, largeAddresses));
    }

    /** Address size, access flag, then permission, then dirty state: the order of A-FLT-03 and A-FLT-04. */
    @Rule("A-FLT-03")
    @Rule("A-FLT-04")
    private Stage2Result leaf(Stage2Regime regime, Site site, long ipa, FaultClass purpose, Right right) {
        Stage2Descriptor found = new Stage2Descriptor(regime.geometry().inRegisterOrder(site.stored()));
        if (tooWide(site.output(), regime.geometry())) {
            notes.outputTooWide(found.af());
            return fault(EventType.F_ADDR_SIZE, purpose, ipa, OUTPUT_TOO_WIDE);
        }
        int rights = permissions.rights(found, regime);
        boolean clean = permissions.clean(found, regime);
        boolean granted = (rights & right.bit()) != 0;
        if (clean && !right.isWrite()) {
            notes.leftClean();
        }
        if (found.af() && !(clean && right.isWrite())) {
            return learned(regime, site, found, rights, clean, ipa, purpose, right);
        }
        if (!found.af() && accessFlagFaults(regime)) {
            notes.accessFlagFault(purpose, granted);
            return fault(EventType.F_ACCESS, purpose, ipa, NOT_ACCESSED);
        }
        if (!found.af() && !regime.hardwareAccess()) {
            notes.accessFlagWaived(purpose);
        }
        return updated(regime, site, found, granted, ipa, purpose, right);
    }

    /** Lets hardware set the Access flag and mark the page dirty, then goes on with the descriptor as it is now. */
    @Rule("A-AFD-09")
    @Rule("A-AFD-10")
    private Stage2Result updated(
            Stage2Regime regime,
            Site site,
            Stage2Descriptor found,
            boolean granted,
            long ipa,
            FaultClass purpose,
            Right right) {
        Stage2Descriptor wanted = found;
        if (!found.af() && regime.hardwareAccess()) {
            notes.accessFlagSet(purpose);
            wanted = wanted.accessed();
        }
        if (granted && marksDirty(found, regime, right)) {
            notes.markedDirty(purpose);
            wanted = wanted.dirty();
        }
        if (wanted.raw() != found.raw()) {
            try {
                if (!reader.update(
                        site.address(), site.stored(), regime.geometry().inMemoryOrder(wanted.raw()))) {
                    notes.changedMeanwhile();
                    return walk(regime, ipa, purpose, right);
                }
            } catch (ExternalAbort abort) {
                return aborted(purpose, ipa, abort, UPDATE_ABORTED);
            }
        }
        int rights = permissions.rights(wanted, regime);
        boolean clean = permissions.clean(wanted, regime);
        return learned(regime, site, wanted, rights, clean, ipa, purpose, right);
    }

    private Stage2Result learned(
            Stage2Regime regime,
            Site site,
            Stage2Descriptor descriptor,
            int rights,
            boolean clean,
            long ipa,
            FaultClass purpose,
            Right right) {
        Stage2Leaf leaf = new Stage2Leaf(
                regime.vmid(),
                ipa & -1L << site.shift(),
                site.shift(),
                site.level(),
                site.output(),
                rights,
                descriptor.memAttr(),
                descriptor.sh(),
                clean);
        reader.learnStage2(regime, leaf);
        return permit(leaf, ipa, purpose, right);
    }

    /** AF = 0 faults unless hardware sets it or AFFD waives it. */
    @Rule("A-AFD-01")
    @Rule("A-AFD-02")
    @Rule("A-AFD-03")
    @Rule("A-AFD-13")
    @Rule("A-NST-15")
    @Rule("A-CDF-10")
    @Rule("C-TLB-04")
    protected boolean accessFlagFaults(Stage2Regime regime) {
        return !regime.hardwareAccess() && !regime.affd();
    }

    /** A page is marked dirty for a write to it, and never for a CD or L1CD fetch, which only reads. */
    @Rule("A-AFD-06")
    @Rule("A-AFD-07")
    @Rule("A-AFD-12")
    @Rule("A-AFD-17")
    protected boolean marksDirty(Stage2Descriptor leaf, Stage2Regime regime, Right right) {
        return right.isWrite() && permissions.clean(leaf, regime);
    }
}
