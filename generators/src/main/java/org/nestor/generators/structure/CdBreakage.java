package org.nestor.generators.structure;

import static org.nestor.generators.structure.ContextDescriptors.baseBits;
import static org.nestor.generators.structure.ContextDescriptors.field;
import static org.nestor.generators.structure.ContextDescriptors.granules;
import static org.nestor.generators.structure.ContextDescriptors.large;
import static org.nestor.generators.structure.ContextDescriptors.largestSize;
import static org.nestor.generators.structure.ContextDescriptors.smallestSize;
import static org.nestor.generators.structure.Lines.addressBelow;
import static org.nestor.generators.structure.Lines.addressReaches;
import static org.nestor.generators.structure.Lines.get;
import static org.nestor.generators.structure.Lines.set;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.nestor.rule.RuleId;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.register.IdRegisters;

/**
 * How one rule of CDs is broken.
 *
 * @param rule the rule
 * @param change makes of a legal CD one that breaks the rule alone
 */
record CdBreakage(RuleId rule, UnaryOperator<Line> change) {
    private static final int LARGEST_AARCH32_BASE = 32;

    /** Those that are possible under the ID registers. */
    static List<CdBreakage> under(IdRegisters id) {
        List<CdBreakage> all = new ArrayList<>();
        for (int half : new int[] {0, 1}) {
            addTable(id, half, all);
        }
        addFaults(id, all);
        if (id.ttf() == 2) {
            all.add(of("A-CDV-02", CdBreakage::aarch32));
        }
        if (id.ttendian() >= 2) {
            all.add(of(
                    "A-CDV-10",
                    line -> set(line.with(field("ENDI"), 1 - get(line, field("ENDI"))), field("EPD0"), false)));
        }
        if (id.httu() < 2) {
            all.add(of("A-CDV-17", line -> set(line, field("HD"), true)));
        }
        if (!id.asid16()) {
            all.add(of(
                    "A-CDV-19",
                    line -> line.with(field("ASID"), get(line, field("ASID")) | 0x100L << get(line, field("IPS")))));
        }
        return all;
    }

    private static CdBreakage of(String rule, UnaryOperator<Line> change) {
        return new CdBreakage(RuleId.of(rule), change);
    }

    private static void addTable(IdRegisters id, int half, List<CdBreakage> all) {
        all.add(of("A-CDV-06", line -> size(line, half, largestSize(id, large(line, half)) + 1, 63)));
        all.add(of("A-CDV-07", line -> size(line, half, 0, smallestSize(id, large(line, half)) - 1)));
        all.add(of("A-CDV-09", line -> granule(id, line, half)));
        if (id.oas() < 52) {
            all.add(of(
                    "A-CDV-11",
                    line -> used(addressReaches(line, field("TTB" + half), baseBits(id, line, half)), half)));
        }
    }

    /** The table is used, whatever else the CD says. */
    private static Line used(Line line, int half) {
        return set(line, field("EPD" + half), false);
    }

    private static Line size(Line line, int half, int least, int most) {
        Line sized = Lines.choose(
                line,
                field("T" + half + "SZ"),
                IntStream.rangeClosed(least, most).boxed().toList());
        return used(sized, half);
    }

    /** A granule that is not there counts as a small one, whose limits the other fields must keep. */
    private static Line granule(IdRegisters id, Line line, int half) {
        List<Integer> there = granules(id, half);
        Line other = Lines.choose(
                line,
                field("TG" + half),
                IntStream.range(0, 4)
                        .filter(code -> !there.contains(code))
                        .boxed()
                        .toList());
        int least = smallestSize(id, large(other, half));
        int most = largestSize(id, large(other, half));
        Line sized = size(other, half, least, most);
        return addressBelow(sized, field("TTB" + half), baseBits(id, sized, half));
    }

    private static void addFaults(IdRegisters id, List<CdBreakage> all) {
        if (id.termModel()) {
            all.add(of("A-CDV-13", line -> set(line, field("A"), false)));
        }
        if (id.stallModel() == 1) {
            all.add(of("A-CDV-14", line -> set(line, field("S"), true)));
        }
        if (id.stallModel() == 2) {
            all.add(of("A-CDV-15", line -> set(line, field("S"), false)));
        }
    }

    /** AArch32 tables have their own, smaller limits. */
    private static Line aarch32(Line line) {
        Line low = addressBelow(line, field("TTB0"), LARGEST_AARCH32_BASE);
        return set(addressBelow(low, field("TTB1"), LARGEST_AARCH32_BASE), field("AA64"), false);
    }
}
