package org.nestor.generators.structure;

import static org.nestor.generators.structure.Lines.addressBelow;
import static org.nestor.generators.structure.Lines.choose;
import static org.nestor.generators.structure.Lines.get;
import static org.nestor.generators.structure.Lines.set;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.nestor.rule.RuleId;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;

/**
 * STEs for an SMMU with given ID registers.
 *
 * <p>Left out: AArch32 stage 2 tables among the legal ones, since the reference does not walk them; reserved encodings that the
 * architecture treats as another value, such as S1Fmt = 3; and rules that cannot be broken alone under the ID registers.
 */
public final class StreamTableEntries {
    static final int STAGE_1 = 0b101;
    static final int STAGE_2 = 0b110;
    static final int NESTED = 0b111;
    private static final int BYPASS = 0b100;

    private final IdRegisters id;
    private final List<Stage2Shape> shapes;

    public StreamTableEntries(IdRegisters id) {
        this.id = id;
        this.shapes = Stage2Shape.breaking(id, List.of());
    }

    /** Any bits. */
    public Arbitrary<StreamTableEntry> any() {
        return Lines.any().map(StreamTableEntry::new);
    }

    /** Entries that let stage 1, stage 2, both or neither translate, and are legal. */
    public Arbitrary<StreamTableEntry> legal() {
        return Lines.any().map(line -> new StreamTableEntry(legal(line, configurations())));
    }

    /** Entries that break one rule and no other. */
    public Arbitrary<Broken<StreamTableEntry>> broken() {
        return Arbitraries.of(breakages()).flatMap(this::broken);
    }

    /** The rules that {@link #broken()} breaks. */
    public List<RuleId> breakable() {
        return breakages().stream().map(SteBreakage::rule).toList();
    }

    private Arbitrary<Broken<StreamTableEntry>> broken(SteBreakage breakage) {
        return Lines.any().map(line -> {
            Line legal = legal(line, breakage.configurations());
            return new Broken<>(
                    breakage.rule(), new StreamTableEntry(breakage.change().apply(legal)));
        });
    }

    /** The legal entry that some bits become when each field that makes them illegal is mapped onto its legal values. */
    public Line repaired(Line bits) {
        return legal(bits, configurations());
    }

    /** The changes that make of a legal entry, with a Config to which the rule applies, one that breaks a single rule. */
    public List<UnaryOperator<Line>> breakingChanges() {
        return breakages().stream().map(SteBreakage::change).toList();
    }

    private List<SteBreakage> breakages() {
        return SteBreakage.under(id);
    }

    /** What Config may be. */
    private List<Integer> configurations() {
        List<Integer> configurations = new ArrayList<>(List.of(BYPASS));
        if (id.s1p()) {
            configurations.add(STAGE_1);
        }
        if (id.s2p()) {
            configurations.add(STAGE_2);
        }
        if (id.s1p() && id.s2p()) {
            configurations.add(NESTED);
        }
        return configurations;
    }

    private Line legal(Line random, List<Integer> configurations) {
        Line line = set(random, field("V"), true);
        line = choose(line, field("Config"), configurations);
        return ats(stage2(stage1(line)));
    }

    private Line stage1(Line random) {
        boolean nested = get(random, field("Config")) == NESTED;
        Line line = choose(random, field("S1CDMax"), upTo(id.ssidSize()));
        line = choose(line, field("S1Fmt"), id.cd2l() ? List.of(0, 1, 2) : List.of(0));
        line = choose(line, field("STRW"), List.of(0, 2));
        line = id.stallModel() == 0 ? line : set(line, field("S1STALLD"), false);
        return addressBelow(line, field("S1ContextPtr"), nested ? id.ias() : id.oas());
    }

    private Line stage2(Line random) {
        Line line = shaped(random, shapes);
        line = set(line, field("S2AA64"), true);
        line = addressBelow(line, field("S2TTB"), baseBits(id, line));
        line = choose(line, field("S2ENDI"), byteOrders(id));
        line = id.httu() == 0 ? set(line, field("S2HA"), false) : line;
        line = id.httu() < 2 ? set(line, field("S2HD"), false) : line;
        line = choose(line, field("S2S"), stalls(id));
        return id.vmid16() ? line : line.with(field("S2VMID"), get(line, field("S2VMID")) & 0xFF);
    }

    /** EATS depends on what the other fields have become. */
    private Line ats(Line line) {
        boolean stalls = get(line, field("S2S")) != 0;
        boolean split = get(line, field("Config")) == NESTED && !stalls && !id.ns1ats();
        List<Integer> values = new ArrayList<>(List.of(0));
        if (!stalls) {
            values.add(1);
        }
        if (split) {
            values.add(2);
        }
        return choose(line, field("EATS"), values);
    }

    /** The stage 2 table takes one of these shapes. */
    static Line shaped(Line line, List<Stage2Shape> shapes) {
        long random = get(line, field("S2TG")) << 8 | get(line, field("S2T0SZ")) << 2 | get(line, field("S2SL0"));
        Stage2Shape shape = Lines.pick(random, shapes);
        return line.with(field("S2TG"), shape.s2tg())
                .with(field("S2T0SZ"), shape.s2t0sz())
                .with(field("S2SL0"), shape.s2sl0());
    }

    /** Address bits that S2TTB may use: those of S2PS, of the SMMU, and 48 unless the granule is 64 KiB. */
    static int baseBits(IdRegisters id, Line line) {
        long s2ps = get(line, field("S2PS"));
        int code = (int) (s2ps > 5 && !id.atLeastV3(1) ? 5 : s2ps);
        int output = Math.min(IdRegisters.addressBits(code), id.oas());
        return Math.min(output, get(line, field("S2TG")) == 1 ? 52 : 48);
    }

    static List<Integer> byteOrders(IdRegisters id) {
        return switch (id.ttendian()) {
            case 2 -> List.of(0);
            case 3 -> List.of(1);
            default -> List.of(0, 1);
        };
    }

    static List<Integer> stalls(IdRegisters id) {
        return switch (id.stallModel()) {
            case 1 -> List.of(0);
            case 2 -> List.of(1);
            default -> List.of(0, 1);
        };
    }

    private static List<Integer> upTo(int last) {
        return IntStream.rangeClosed(0, last).boxed().toList();
    }

    static Field field(String name) {
        return StreamTableEntry.LAYOUT.field(name);
    }
}
