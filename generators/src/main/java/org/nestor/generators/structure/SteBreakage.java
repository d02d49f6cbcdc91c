package org.nestor.generators.structure;

import static org.nestor.generators.structure.Lines.addressReaches;
import static org.nestor.generators.structure.Lines.get;
import static org.nestor.generators.structure.Lines.set;
import static org.nestor.generators.structure.StreamTableEntries.NESTED;
import static org.nestor.generators.structure.StreamTableEntries.STAGE_1;
import static org.nestor.generators.structure.StreamTableEntries.STAGE_2;
import static org.nestor.generators.structure.StreamTableEntries.baseBits;
import static org.nestor.generators.structure.StreamTableEntries.field;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.nestor.rule.RuleId;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.register.IdRegisters;

/**
 * How one rule of STEs is broken.
 *
 * @param rule the rule
 * @param configurations values of Config under which the rule applies
 * @param change makes of a legal entry with such a Config one that breaks the rule alone
 */
record SteBreakage(RuleId rule, List<Integer> configurations, UnaryOperator<Line> change) {

    /** Those that are possible under the ID registers. */
    static List<SteBreakage> under(IdRegisters id) {
        List<SteBreakage> all = new ArrayList<>();
        if (id.s1p()) {
            addStage1(id, all);
        } else {
            all.add(of("A-STE-03", List.of(STAGE_1), line -> line));
        }
        if (!id.s2p()) {
            all.add(of("A-STE-04", List.of(STAGE_2), line -> line));
        } else {
            addStage2(id, all);
            addStage2Shapes(id, all);
            addStage2Faults(id, all);
        }
        if (id.ats() && id.s1p() && id.s2p()) {
            all.add(of("A-STE-33", List.of(STAGE_1, STAGE_2), line -> line.with(field("EATS"), 2)));
        }
        return all;
    }

    private static SteBreakage of(String rule, List<Integer> configurations, UnaryOperator<Line> change) {
        return new SteBreakage(RuleId.of(rule), configurations, change);
    }

    private static void addStage1(IdRegisters id, List<SteBreakage> all) {
        List<Integer> both = id.s2p() ? List.of(STAGE_1, NESTED) : List.of(STAGE_1);
        int ssidSize = id.ssidSize();
        if (ssidSize > 0 && ssidSize < 31) {
            all.add(of(
                    "A-STE-06",
                    both,
                    line -> line.with(field("S1CDMax"), ssidSize + 1 + get(line, field("S1CDMax")) % (31 - ssidSize))));
        }
        if (ssidSize > 0 && !id.cd2l()) {
            all.add(of(
                    "A-STE-07",
                    both,
                    line -> line.with(field("S1CDMax"), 1 + get(line, field("S1CDMax")) % ssidSize)
                            .with(field("S1Fmt"), 1 + get(line, field("S1CIR")) % 2)));
        }
        if (id.stallModel() != 0) {
            all.add(of("A-STE-11", both, line -> set(line, field("S1STALLD"), true)));
        }
        if (id.hyp()) {
            all.add(of("A-STE-12", List.of(STAGE_1), line -> line.with(field("STRW"), get(line, field("STRW")) | 1)));
        }
        if (id.oas() < 52) {
            all.add(of("A-STE-16", List.of(STAGE_1), line -> addressReaches(line, field("S1ContextPtr"), id.oas())));
        }
        if (id.s2p() && id.ias() < 52) {
            all.add(of("A-STE-17", List.of(NESTED), line -> addressReaches(line, field("S1ContextPtr"), id.ias())));
        }
    }

    private static void addStage2(IdRegisters id, List<SteBreakage> all) {
        if (id.ttf() == 2) {
            all.add(of("A-STE-18", stage2(id), SteBreakage::aarch32));
        }
        if (id.oas() < 52) {
            all.add(of("A-STE-21", stage2(id), line -> addressReaches(line, field("S2TTB"), baseBits(id, line))));
        }
        if (id.ttendian() >= 2) {
            all.add(of("A-STE-26", stage2(id), line -> line.with(field("S2ENDI"), 1 - get(line, field("S2ENDI")))));
        }
        if (id.httu() < 2) {
            all.add(of("A-STE-27", stage2(id), line -> set(line, field("S2HD"), true)));
        }
        if (!id.vmid16()) {
            all.add(of(
                    "A-STE-31",
                    stage2(id),
                    line -> line.with(
                            field("S2VMID"), get(line, field("S2VMID")) | 0x100L << get(line, field("S2PS")))));
        }
    }

    /** What else AArch32 would be illegal with is taken away. */
    private static Line aarch32(Line line) {
        Line plain = set(set(line, field("S2HA"), false), field("S2HD"), false);
        return set(set(plain, field("S2FWB"), false), field("S2AA64"), false);
    }

    private static void addStage2Shapes(IdRegisters id, List<SteBreakage> all) {
        for (String rule : List.of("A-STE-19", "A-STE-22", "A-STE-23", "A-STE-24", "A-STE-25")) {
            List<Stage2Shape> shapes = Stage2Shape.breaking(id, List.of(rule));
            if (!shapes.isEmpty()) {
                all.add(of(rule, stage2(id), line -> reshaped(id, line, shapes)));
            }
        }
    }

    /** Another granule may allow fewer bits of S2TTB. */
    private static Line reshaped(IdRegisters id, Line line, List<Stage2Shape> shapes) {
        Line shaped = StreamTableEntries.shaped(line, shapes);
        return Lines.addressBelow(shaped, field("S2TTB"), baseBits(id, shaped));
    }

    private static void addStage2Faults(IdRegisters id, List<SteBreakage> all) {
        if (id.stallModel() == 1) {
            all.add(of("A-STE-29", stage2(id), line -> set(line.with(field("EATS"), 0), field("S2S"), true)));
        }
        if (id.stallModel() == 2) {
            all.add(of("A-STE-30", stage2(id), line -> set(line, field("S2S"), false)));
        }
        if (id.ats() && id.stallModel() != 1) {
            all.add(of("A-STE-34", stage2(id), line -> set(line.with(field("EATS"), 1), field("S2S"), true)));
        }
    }

    private static List<Integer> stage2(IdRegisters id) {
        return id.s1p() ? List.of(STAGE_2, NESTED) : List.of(STAGE_2);
    }
}
