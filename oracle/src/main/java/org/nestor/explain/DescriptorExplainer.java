package org.nestor.explain;

import java.util.ArrayList;
import java.util.List;
import org.nestor.rule.RuleId;
import org.nestor.smmu.config.TableGeometry;
import org.nestor.smmu.format.DescriptorKind;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.format.Layout;
import org.nestor.smmu.format.OutputAddress;
import org.nestor.smmu.format.Stage1Descriptor;
import org.nestor.smmu.format.Stage2Descriptor;
import org.nestor.smmu.register.IdRegisters;

/** Explains a translation table descriptor at its level, little-endian, under ID registers. */
final class DescriptorExplainer {

    private static final RuleId NOT_VALID = RuleId.of("A-WLK-04");
    private static final RuleId NO_BLOCK = RuleId.of("A-WLK-05");
    private static final RuleId ACCESS_FLAG = RuleId.of("A-AFD-01");
    private static final long NAMED_ADDRESS_BITS = (1L << 48) - (1L << 12);
    private static final List<String> SIZE_UNITS = List.of("", "K", "M", "G", "T");

    private final IdRegisters id;
    private final boolean stage1;
    private final Granule granule;
    private final int level;

    DescriptorExplainer(IdRegisters id, boolean stage1, Granule granule, int level) {
        this.id = id;
        this.stage1 = stage1;
        this.granule = granule;
        this.level = level;
    }

    Explanation explain(long raw, String title) {
        TableGeometry geometry = new TableGeometry(granule, 48, level, 0, id.oas(), false);
        DescriptorKind kind = DescriptorKind.of(raw, level, geometry.blocksAllowed(level, id.oas() == 52));
        int shift = kind.isLeaf() ? granule.coverage(level) : granule.shift();
        long address = OutputAddress.of(raw, granule, shift);
        List<RuleId> broken = broken(raw, kind, address);
        List<Row> rows = new ArrayList<>();
        long reserved = kind == DescriptorKind.INVALID ? 0 : NAMED_ADDRESS_BITS & ~addressBits(shift);
        for (Row row : Rows.of(
                new long[] {raw}, layout(kind), reserved, meanings(kind), field -> status(field, kind, broken))) {
            rows.add(isAddress(row) ? withAddress(row, address) : row);
        }
        return new Explanation(title, rows, notes(raw, kind), broken, verdict(kind, address, broken));
    }

    private Layout layout(DescriptorKind kind) {
        if (kind == DescriptorKind.TABLE) {
            return stage1 ? Stage1Descriptor.TABLE : Stage2Descriptor.TABLE;
        }
        return stage1 ? Stage1Descriptor.LEAF : Stage2Descriptor.LEAF;
    }

    private Meanings meanings(DescriptorKind kind) {
        Meanings meanings = stage1 ? DescriptorMeanings.STAGE_1 : DescriptorMeanings.STAGE_2;
        Meanings typed = meanings.with("Type", type -> switch (kind) {
            case INVALID -> (type & 1) == 0 ? "invalid" : "no block at level " + level + ", invalid";
            case TABLE -> "table";
            case BLOCK -> "block";
            case PAGE -> "page";
        });
        return id.xnx() || stage1 ? typed : typed.with("XN", xn -> xn >= 2 ? "never executable" : "executable");
    }

    private Status status(Field field, DescriptorKind kind, List<RuleId> broken) {
        boolean type = field.name().equals("Type");
        if (kind == DescriptorKind.INVALID) {
            return type ? Status.illegal(broken) : Status.IGNORED;
        }
        boolean address = field.name().equals("OutputAddress") || field.name().equals("NextTable");
        if (address && !broken.isEmpty()) {
            return Status.illegal(broken);
        }
        return switch (field.name()) {
            case "NS", "NSTable", "Software", "Ignored", "HWU" -> Status.IGNORED;
            case "DBM" -> Status.usedIf(id.httu() >= 2);
            default -> Status.NONE;
        };
    }

    private List<RuleId> broken(long raw, DescriptorKind kind, long address) {
        if (kind == DescriptorKind.INVALID) {
            return List.of((raw & 1) == 0 ? NOT_VALID : NO_BLOCK);
        }
        if (address >>> id.oas() == 0) {
            return List.of();
        }
        String stage1Rule = kind.isLeaf() ? "A-ADR-14" : "A-ADR-15";
        return List.of(RuleId.of(stage1 ? stage1Rule : "A-ADR-17"));
    }

    private static boolean isAddress(Row row) {
        return row.name().equals("OutputAddress") || row.name().equals("NextTable");
    }

    private Row withAddress(Row row, long address) {
        return new Row(row.bits(), row.name(), address, row.meaning(), row.mark(), row.rules());
    }

    private long addressBits(int shift) {
        long high = granule == Granule.KB64 ? 0xF000 : 0;
        return high | (1L << 48) - 1 & -1L << shift;
    }

    private List<String> notes(long raw, DescriptorKind kind) {
        List<String> notes = new ArrayList<>();
        if (!id.supports(granule)) {
            notes.add("IDR5 does not name this granule");
        }
        boolean accessed = stage1 ? new Stage1Descriptor(raw).af() : new Stage2Descriptor(raw).af();
        if (kind.isLeaf() && !accessed) {
            String unless = stage1 ? "CD.HA or CD.AFFD" : "STE.S2HA or STE.S2AFFD";
            notes.add("AF = 0 gives F_ACCESS (" + ACCESS_FLAG + ") unless " + unless + " is 1");
        }
        return notes;
    }

    private String verdict(DescriptorKind kind, long address, List<RuleId> broken) {
        if (kind == DescriptorKind.INVALID) {
            return "F_TRANSLATION";
        }
        if (!broken.isEmpty()) {
            return "F_ADDR_SIZE: the address needs more than " + id.oas() + " bits";
        }
        return kind == DescriptorKind.TABLE
                ? "table of level %d at 0x%x".formatted(level + 1, address)
                : "%s %s at 0x%x"
                        .formatted(
                                size(granule.coverage(level)), kind == DescriptorKind.PAGE ? "page" : "block", address);
    }

    private static String size(int log2) {
        return (1 << log2 % 10) + " " + SIZE_UNITS.get(log2 / 10) + "iB";
    }
}
