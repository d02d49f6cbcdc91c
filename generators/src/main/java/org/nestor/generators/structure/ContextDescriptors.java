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
import org.nestor.smmu.format.ContextDescriptor;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.register.IdRegisters;

/**
 * CDs of the StreamWorld NS-EL1 under a stage 1 only STE that limits nothing, for an SMMU with given ID registers.
 *
 * <p>Left out: AArch32 CDs among the legal ones, since the reference does not walk their tables; and the rules about a CD and
 * its STE or its StreamWorld together.
 */
public final class ContextDescriptors {
    private final IdRegisters id;

    public ContextDescriptors(IdRegisters id) {
        this.id = id;
    }

    /** Any bits. */
    public Arbitrary<ContextDescriptor> any() {
        return Lines.any().map(ContextDescriptor::new);
    }

    /** Descriptors that are legal, with both tables, one or none in use. */
    public Arbitrary<ContextDescriptor> legal() {
        return Lines.any().map(line -> new ContextDescriptor(legal(line)));
    }

    /** Descriptors that break one rule and no other. */
    public Arbitrary<Broken<ContextDescriptor>> broken() {
        return Arbitraries.of(CdBreakage.under(id))
                .flatMap(breakage -> Lines.any()
                        .map(line -> new Broken<>(
                                breakage.rule(),
                                new ContextDescriptor(breakage.change().apply(legal(line))))));
    }

    /** The rules that {@link #broken()} breaks. */
    public List<RuleId> breakable() {
        return CdBreakage.under(id).stream().map(CdBreakage::rule).toList();
    }

    /** The legal descriptor that some bits become when each field that makes them illegal is mapped onto its legal values. */
    public Line repaired(Line bits) {
        return legal(bits);
    }

    /** The changes that make of a legal descriptor one that breaks a single rule. */
    public List<UnaryOperator<Line>> breakingChanges() {
        return CdBreakage.under(id).stream().map(CdBreakage::change).toList();
    }

    private Line legal(Line random) {
        Line line = set(set(random, field("V"), true), field("AA64"), true);
        line = table(table(line, 0), 1);
        line = choose(line, field("ENDI"), StreamTableEntries.byteOrders(id));
        line = choose(line, field("S"), StreamTableEntries.stalls(id));
        line = id.termModel() ? set(line, field("A"), true) : line;
        line = id.httu() == 0 ? set(line, field("HA"), false) : line;
        line = id.httu() < 2 ? set(line, field("HD"), false) : line;
        return id.asid16() ? line : line.with(field("ASID"), get(line, field("ASID")) & 0xFF);
    }

    private Line table(Line random, int half) {
        Line line = choose(random, field("TG" + half), granules(id, half));
        line = choose(line, field("T" + half + "SZ"), sizes(id, large(line, half)));
        return addressBelow(line, field("TTB" + half), baseBits(id, line, half));
    }

    /** The codes of TG0 or TG1 for the granules that there are. */
    static List<Integer> granules(IdRegisters id, int half) {
        List<Integer> codes = new ArrayList<>();
        if (id.gran4k()) {
            codes.add(half == 0 ? 0 : 2);
        }
        if (id.gran16k()) {
            codes.add(half == 0 ? 2 : 1);
        }
        if (id.gran64k()) {
            codes.add(large(half));
        }
        return codes;
    }

    private static int large(int half) {
        return half == 0 ? 1 : 3;
    }

    static boolean large(Line line, int half) {
        return get(line, field("TG" + half)) == large(half);
    }

    static List<Integer> sizes(IdRegisters id, boolean large) {
        return IntStream.rangeClosed(smallestSize(id, large), largestSize(id, large))
                .boxed()
                .toList();
    }

    static int smallestSize(IdRegisters id, boolean large) {
        return large && id.vax() == 1 ? 12 : 16;
    }

    static int largestSize(IdRegisters id, boolean large) {
        return !id.stt() ? 39 : large ? 47 : 48;
    }

    /** Address bits that TTB0 or TTB1 may use: those of IPS, of the SMMU, and 48 unless the granule is 64 KiB. */
    static int baseBits(IdRegisters id, Line line, int half) {
        long ips = get(line, field("IPS"));
        int code = (int) (ips > 5 && !id.atLeastV3(1) ? 5 : ips);
        return Math.min(Math.min(IdRegisters.addressBits(code), id.oas()), large(line, half) ? 52 : 48);
    }

    static Field field(String name) {
        return ContextDescriptor.LAYOUT.field(name);
    }
}
