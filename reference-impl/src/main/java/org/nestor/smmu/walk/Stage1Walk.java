package org.nestor.smmu.walk;

import java.util.Optional;
import org.nestor.memory.ExternalAbort;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.smmu.config.Stage1Half;
import org.nestor.smmu.config.Stage1Regime;
import org.nestor.smmu.config.Stage2Regime;
import org.nestor.smmu.config.TableGeometry;
import org.nestor.smmu.fault.FaultClass;
import org.nestor.smmu.fault.Refusal.Fault;
import org.nestor.smmu.format.DescriptorKind;
import org.nestor.smmu.format.EventType;
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

    public Stage1Walk(
            StructureReader reader,
            Stage1Permissions permissions,
            AttributeRules attributes,
            NestedAccess nested,
            IdRegisters id) {
        this.reader = reader;
        this.permissions = permissions;
        this.attributes = attributes;
        this.nested = nested;
        this.largeAddresses = id.oas() == 52;
    }

    /**
     * Walks the table of one half.
     *
     * @param stage2 what the tables are read through, empty if their addresses are physical
     * @param address canonical and within the half's range
     * @param right what the transaction is going to need: a write that is granted marks the leaf dirty
     */
    @Rule("A-NST-11")
    public Stage1Result walk(
            Stage1Regime regime, Stage1Half half, Optional<Stage2Regime> stage2, long address, Right right) {
        TableGeometry geometry = half.geometry();
        Optional<Stage1Pointer> known = reader.knownStage1Pointer(regime, address);
        int level = known.isPresent() ? known.get().level() : geometry.startLevel();
        long table = known.isPresent() ? known.get().table() : geometry.base();
        int restrictions = known.isPresent() ? known.get().restrictions() : 0;
        Optional<Stage2Leaf> through = known.isPresent() ? known.get().through() : Optional.empty();
        Optional<Stage1Pointer> learning = Optional.empty();
        while (true) {
            long descriptorAddress = geometry.descriptorAddress(table, level, address);
            long physical = descriptorAddress;
            if (stage2.isPresent()) {
                Stage2Result page = nested.table(stage2.get(), descriptorAddress, through);
                if (page instanceof WalkFault fault) {
                    return fault;
                }
                Stage2Leaf leaf = (Stage2Leaf) page;
                physical = leaf.output(descriptorAddress);
                if (learning.isPresent()) {
                    reader.learnStage1Pointer(through(learning.get(), leaf));
                }
            }
            long stored;
            try {
                stored = reader.stage1Descriptor(regime, address, level, physical);
            } catch (ExternalAbort abort) {
                return aborted(abort, FETCH_ABORTED);
            }
            long raw = geometry.bigEndian() ? Long.reverseBytes(stored) : stored;
            DescriptorKind kind = DescriptorKind.of(raw, level, geometry.blocksAllowed(level, largeAddresses));
            if (kind == DescriptorKind.INVALID) {
                return invalid(raw);
            }
            int shift = kind.isLeaf()
                    ? geometry.granule().coverage(level)
                    : geometry.granule().shift();
            long output = OutputAddress.of(raw, geometry.granule(), shift);
            if (tooWide(output, geometry)) {
                return new WalkFault(
                        Fault.stage1(EventType.F_ADDR_SIZE, kind.isLeaf() ? OUTPUT_TOO_WIDE : TABLE_TOO_WIDE));
            }
            if (kind.isLeaf()) {
                Site site = new Site(descriptorAddress, physical, stored, level, shift, output, restrictions);
                return leaf(regime, half, stage2, site, address, right);
            }
            restrictions |= permissions.restrictions(new Stage1Descriptor(raw), half);
            level++;
            table = output;
            through = Optional.empty();
            Stage1Pointer pointer = pointer(regime, geometry, address, level, table, restrictions);
            reader.learnStage1Pointer(pointer);
            learning = stage2.isPresent() ? Optional.of(pointer) : learning;
        }
    }

    private static Stage1Pointer pointer(
            Stage1Regime regime, TableGeometry geometry, long address, int level, long table, int restrictions) {
        int below = geometry.granule().coverage(level) + geometry.granule().bitsPerLevel();
        return new Stage1Pointer(
                regime.tag(), address & -1L << below, below, level, table, restrictions, Optional.empty());
    }

    private static Stage1Pointer through(Stage1Pointer pointer, Stage2Leaf leaf) {
        return new Stage1Pointer(
                pointer.tag(),
                pointer.inputBase(),
                pointer.shift(),
                pointer.level(),
                pointer.table(),
                pointer.restrictions(),
                Optional.of(leaf));
    }

    /** Where a leaf descriptor was found. */
    private record Site(
            long address, long physical, long stored, int level, int shift, long output, int restrictions) {}

    @Rule("A-ADR-14")
    @Rule("A-ADR-15")
    @Rule("A-ADR-16")
    @Rule("A-ADR-18")
    @Rule("A-ADR-19")
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

    private Stage1Result leaf(
            Stage1Regime regime, Stage1Half half, Optional<Stage2Regime> stage2, Site site, long address, Right right) {
        boolean bigEndian = half.geometry().bigEndian();
        Stage1Descriptor found = new Stage1Descriptor(bigEndian ? Long.reverseBytes(site.stored()) : site.stored());
        if (!found.af() && accessFlagFaults(regime)) {
            return new WalkFault(Fault.stage1(EventType.F_ACCESS, NOT_ACCESSED));
        }
        boolean granted = (permissions.rights(found, site.restrictions(), regime) & right.bit()) != 0;
        Stage1Descriptor wanted = found;
        if (!found.af() && regime.hardwareAccess()) {
            wanted = wanted.accessed();
        }
        if (granted && right.isWrite() && permissions.clean(found, regime)) {
            wanted = wanted.dirty();
        }
        if (wanted.raw() != found.raw()) {
            long desired = bigEndian ? Long.reverseBytes(wanted.raw()) : wanted.raw();
            Optional<WalkFault> refused = stage2.flatMap(regime2 -> nested.tableUpdate(regime2, site.address()));
            if (refused.isPresent()) {
                return refused.get();
            }
            try {
                if (!reader.update(site.physical(), site.stored(), desired)) {
                    return walk(regime, half, stage2, address, right);
                }
            } catch (ExternalAbort abort) {
                return aborted(abort, UPDATE_ABORTED);
            }
        }
        return leaf(regime, site, wanted, address);
    }

    /** AF = 0 faults unless hardware sets it or AFFD waives it. */
    @Rule("A-AFD-01")
    @Rule("A-AFD-02")
    @Rule("A-AFD-03")
    protected boolean accessFlagFaults(Stage1Regime regime) {
        return !regime.hardwareAccess() && !regime.affd();
    }

    @Rule("A-WLK-10")
    @Rule("A-WLK-14")
    private Stage1Leaf leaf(Stage1Regime regime, Site site, Stage1Descriptor descriptor, long address) {
        return new Stage1Leaf(
                address & -1L << site.shift(),
                site.shift(),
                site.level(),
                site.output(),
                permissions.rights(descriptor, site.restrictions(), regime),
                attributes.stage1(descriptor, regime),
                global(descriptor, regime),
                permissions.clean(descriptor, regime));
    }

    /** nG = 0; in a world without ASIDs nG does not count and every entry serves all. */
    @Rule("A-WLK-12")
    @Rule("A-WLK-13")
    protected boolean global(Stage1Descriptor leaf, Stage1Regime regime) {
        return regime.tag().world().usesAsid() && !leaf.nG();
    }
}
