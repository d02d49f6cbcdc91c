package org.nestor.smmu.walk;

import java.util.Optional;
import org.nestor.memory.ExternalAbort;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.Stage1Half;
import org.nestor.smmu.config.Stage1Regime;
import org.nestor.smmu.config.Stage2Regime;
import org.nestor.smmu.config.TableGeometry;
import org.nestor.smmu.fault.FaultClass;
import org.nestor.smmu.fault.Refusal.Fault;
import org.nestor.smmu.format.DescriptorKind;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.format.OutputAddress;
import org.nestor.smmu.format.Stage1Descriptor;
import org.nestor.smmu.register.IdRegisters;

/** Stage 1: from a canonical input address to a leaf, its tables read through stage 2 where that is on (DDI 0487, IHI 0070 3.4). */
public class Stage1Walk {
    private static final RuleId OUTPUT_TOO_WIDE = RuleId.of("A-ADR-14");
    private static final RuleId TABLE_TOO_WIDE = RuleId.of("A-ADR-15");
    private static final RuleId INVALID_DESCRIPTOR = RuleId.of("A-WLK-04");
    private static final RuleId RESERVED_DESCRIPTOR = RuleId.of("A-WLK-05");
    private static final RuleId FETCH_ABORTED = RuleId.of("A-WLK-06");
    private static final RuleId NOT_ACCESSED = RuleId.of("A-AFD-01");
    private static final RuleId UPDATE_ABORTED = RuleId.of("A-AFD-10");

    private final StructureReader reader;
    private final Stage1Permissions permissions;
    private final AttributeRules attributes;
    private final NestedAccess nested;
    private final boolean largeAddresses;
    private final UpperAddressBits upperBits;
    private final Stage1Notes notes;

    public Stage1Walk(
            StructureReader reader,
            Stage1Permissions permissions,
            AttributeRules attributes,
            NestedAccess nested,
            IdRegisters id,
            RuleLog rules) {
        this.reader = reader;
        this.permissions = permissions;
        this.attributes = attributes;
        this.nested = nested;
        this.largeAddresses = id.oas() == 52;
        this.upperBits = new UpperAddressBits(reader, largeAddresses, rules);
        this.notes = new Stage1Notes(rules);
    }

    /**
     * Walks the table of one half.
     *
     * @param stage2 what the tables are read through, empty if their addresses are physical
     * @param address canonical and within the half's range
     * @param right what the transaction is going to need: a write that is granted marks the leaf dirty
     */
    @Rule("A-FLT-05")
    @Rule("A-NST-11")
    public Stage1Result walk(
            Stage1Regime regime, Stage1Half half, Optional<Stage2Regime> stage2, long address, Right right) {
        TableGeometry geometry = half.geometry();
        Optional<Stage1Pointer> known = reader.knownStage1Pointer(regime, address);
        int level = known.isPresent() ? known.get().level() : geometry.startLevel();
        long table = known.isPresent() ? known.get().table() : geometry.base();
        int restrictions = known.isPresent() ? known.get().restrictions() : 0;
        Optional<Stage2Leaf> through = known.isPresent() ? known.get().through() : Optional.empty();
        boolean descended = false;
        if (known.isEmpty()) {
            notes.begins(geometry);
        }
        while (true) {
            long descriptorAddress = geometry.descriptorAddress(table, level, address);
            long physical = descriptorAddress;
            if (stage2.isPresent()) {
                Stage2Result page = nested.table(stage2.get(), descriptorAddress, through);
                if (!(page instanceof Stage2Leaf leaf)) {
                    notes.tablePageRefused(table, descriptorAddress);
                    return (WalkFault) page;
                }
                physical = leaf.output(descriptorAddress);
                if (descended) {
                    learn(regime, geometry, address, level, table, restrictions, Optional.of(leaf));
                }
            } else if (descended) {
                learn(regime, geometry, address, level, table, restrictions, Optional.empty());
            }
            long stored;
            try {
                stored = reader.stage1Descriptor(regime, address, level, physical);
            } catch (ExternalAbort abort) {
                return aborted(abort, FETCH_ABORTED);
            }
            long raw = geometry.inRegisterOrder(stored);
            if (!DescriptorKind.isTable(raw, level)) {
                DescriptorKind kind = kind(raw, level, geometry);
                if (kind == DescriptorKind.INVALID) {
                    notes.invalid(restrictions);
                    return invalid(raw);
                }
                int shift = geometry.granule().coverage(level);
                long output = upperBits.resolve(output(raw, kind, geometry.granule(), shift));
                Site site = new Site(descriptorAddress, physical, stored, level, shift, output, restrictions);
                return leaf(regime, half, stage2, site, address, right);
            }
            table = upperBits.resolve(output(
                    raw,
                    DescriptorKind.TABLE,
                    geometry.granule(),
                    geometry.granule().shift()));
            if (tooWide(table, geometry)) {
                notes.tableTooWide();
                return new WalkFault(Fault.stage1(EventType.F_ADDR_SIZE, TABLE_TOO_WIDE));
            }
            restrictions |= permissions.restrictions(new Stage1Descriptor(raw), half);
            level++;
            through = Optional.empty();
            descended = true;
        }
    }

    /**
     * The output address of a leaf, or the address of the next table.
     *
     * @param shift log2 of what is there, which aligns the address
     */
    protected long output(long raw, DescriptorKind kind, Granule granule, int shift) {
        return OutputAddress.of(raw, granule, shift);
    }

    /** Whether blocks are allowed matters only for what would be one. */
    private DescriptorKind kind(long raw, int level, TableGeometry geometry) {
        return DescriptorKind.of(raw, level, (raw & 0b11) == 0b01 && geometry.blocksAllowed(level, largeAddresses));
    }

    private void learn(
            Stage1Regime regime,
            TableGeometry geometry,
            long address,
            int level,
            long table,
            int restrictions,
            Optional<Stage2Leaf> through) {
        int below = geometry.granule().coverage(level) + geometry.granule().bitsPerLevel();
        reader.learnStage1Pointer(
                new Stage1Pointer(regime.tag(), address & -1L << below, below, level, table, restrictions, through));
    }

    /** Where a leaf descriptor was found. */
    private record Site(
            long address, long physical, long stored, int level, int shift, long output, int restrictions) {}

    @Rule("A-ADR-14")
    @Rule("A-ADR-15")
    @Rule("A-ADR-16")
    @Rule("A-ADR-18")
    @Rule("A-NST-12")
    protected boolean tooWide(long output, TableGeometry geometry) {
        return output >>> geometry.outputBits() != 0;
    }

    @Rule("A-WLK-04")
    @Rule("A-WLK-05")
    @Rule("A-PRM-12")
    private static WalkFault invalid(long raw) {
        RuleId rule = (raw & 1) == 0 ? INVALID_DESCRIPTOR : RESERVED_DESCRIPTOR;
        return new WalkFault(Fault.stage1(EventType.F_TRANSLATION, rule));
    }

    @Rule("A-WLK-06")
    @Rule("A-FLT-12")
    private static WalkFault aborted(ExternalAbort abort, RuleId rule) {
        return new WalkFault(new Fault(EventType.F_WALK_EABT, false, FaultClass.TT, 0, abort.address(), false, rule));
    }

    /** Address size, access flag and dirty state, in the order of A-FLT-03. */
    private Stage1Result leaf(
            Stage1Regime regime, Stage1Half half, Optional<Stage2Regime> stage2, Site site, long address, Right right) {
        if (tooWide(site.output(), half.geometry())) {
            notes.outputTooWide(stage2.isPresent());
            return new WalkFault(Fault.stage1(EventType.F_ADDR_SIZE, OUTPUT_TOO_WIDE));
        }
        Stage1Descriptor found = new Stage1Descriptor(half.geometry().inRegisterOrder(site.stored()));
        int rights = permissions.rights(found, site.restrictions(), regime);
        boolean clean = permissions.clean(found, regime);
        if (found.af() && !(clean && right.isWrite())) {
            return leaf(regime, site, found, rights, clean, address);
        }
        if (!found.af() && accessFlagFaults(regime)) {
            return new WalkFault(Fault.stage1(EventType.F_ACCESS, NOT_ACCESSED));
        }
        if (!found.af() && !regime.hardwareAccess()) {
            notes.accessFlagWaived();
        }
        Stage1Descriptor wanted = wanted(found, regime, (rights & right.bit()) != 0 && clean && right.isWrite());
        return updated(regime, half, stage2, site, wanted, address, right);
    }

    /** Stores the descriptor as hardware leaves it behind, if that is not what is there, and goes on with it. */
    @Rule("A-AFD-09")
    @Rule("A-AFD-10")
    private Stage1Result updated(
            Stage1Regime regime,
            Stage1Half half,
            Optional<Stage2Regime> stage2,
            Site site,
            Stage1Descriptor wanted,
            long address,
            Right right) {
        long desired = half.geometry().inMemoryOrder(wanted.raw());
        if (desired != site.stored()) {
            Optional<WalkFault> refused = stage2.flatMap(regime2 -> nested.tableUpdate(regime2, site.address()));
            if (refused.isPresent()) {
                return refused.get();
            }
            try {
                if (!reader.update(site.physical(), site.stored(), desired)) {
                    notes.changedMeanwhile();
                    return walk(regime, half, stage2, address, right);
                }
            } catch (ExternalAbort abort) {
                return aborted(abort, UPDATE_ABORTED);
            }
        }
        int rights = permissions.rights(wanted, site.restrictions(), regime);
        return leaf(regime, site, wanted, rights, permissions.clean(wanted, regime), address);
    }

    /** The descriptor as hardware leaves it behind: accessed, and dirty for a write that it grants. */
    @Rule("A-AFD-03")
    @Rule("A-AFD-05")
    private Stage1Descriptor wanted(Stage1Descriptor found, Stage1Regime regime, boolean dirty) {
        Stage1Descriptor wanted = found;
        if (!found.af() && regime.hardwareAccess()) {
            notes.accessFlagSet();
            wanted = wanted.accessed();
        }
        if (dirty) {
            notes.markedDirty();
            wanted = wanted.dirty();
        }
        return wanted;
    }

    /** AF = 0 faults unless hardware sets it or AFFD waives it. */
    @Rule("A-AFD-01")
    @Rule("A-AFD-02")
    @Rule("A-AFD-03")
    @Rule("C-TLB-04")
    protected boolean accessFlagFaults(Stage1Regime regime) {
        return !regime.hardwareAccess() && !regime.affd();
    }

    /** The Contiguous bit is not looked at: each descriptor speaks for itself and is remembered by itself. */
    @Rule("A-WLK-10")
    @Rule("A-WLK-14")
    @Rule("C-TLB-14")
    @Rule("C-INV-06")
    private Stage1Leaf leaf(
            Stage1Regime regime, Site site, Stage1Descriptor descriptor, int rights, boolean clean, long address) {
        notes.leaf(descriptor, regime, site.level());
        return new Stage1Leaf(
                address & -1L << site.shift(),
                site.shift(),
                site.level(),
                site.output(),
                rights,
                attributes.stage1(descriptor, regime, reader),
                global(descriptor, regime),
                clean);
    }

    /** nG = 0; in a world without ASIDs nG does not count and every entry serves all. */
    @Rule("A-WLK-12")
    @Rule("A-WLK-13")
    protected boolean global(Stage1Descriptor leaf, Stage1Regime regime) {
        return regime.tag().world().usesAsid() && !leaf.nG();
    }
}
