package org.nestor.smmu.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nestor.rule.RuleId;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Stage2Bits;
import org.nestor.tables.Ste;

/** The rule log is told of the rules on the way to an outcome: in one scenario that a rule decides, and not in one like it. */
class FollowedRulesTests {
    private static final long PAGE = 0x1000;
    private static final long FAR = 0x40_0000_0000L;
    private static final long UPPER_HALF = -1L << 39;

    private static Arguments of(String rule, Consumer<Machine> deciding, Consumer<Machine> other) {
        return arguments(rule, deciding, other);
    }

    private static UnaryOperator<Ste> asItIs() {
        return UnaryOperator.identity();
    }

    private static Consumer<Machine> bypass(UnaryOperator<Ste> change, long address) {
        return machine -> machine.ste(change.apply(Ste.bypass())).read(address);
    }

    private static Consumer<Machine> bypass() {
        return bypass(asItIs(), PAGE);
    }

    /** A page behind stage 1. */
    private static Consumer<Machine> stage1(UnaryOperator<Cd> change, long attributes, Transaction transaction) {
        return machine -> {
            PageTable table = PageTable.stage1(machine.host, Granule.KB4, 39).map(PAGE, 0x9000, 3, attributes);
            machine.stage1(change.apply(Cd.of(table))).translate(transaction);
        };
    }

    private static Consumer<Machine> stage1(UnaryOperator<Cd> change, long attributes) {
        return stage1(change, attributes, read(PAGE));
    }

    private static Consumer<Machine> stage1(long attributes) {
        return stage1(cd -> cd, attributes);
    }

    private static Consumer<Machine> stage1() {
        return stage1(Stage1Bits.READ_WRITE);
    }

    private static Consumer<Machine> stage1(UnaryOperator<Cd> change) {
        return stage1(change, Stage1Bits.READ_WRITE);
    }

    private static Consumer<Machine> restricted(UnaryOperator<Cd> change, long tableBits) {
        return machine -> {
            PageTable table =
                    PageTable.stage1(machine.host, Granule.KB4, 39).map(PAGE, 0x9000, 3, Stage1Bits.READ_WRITE);
            machine.stage1(change.apply(Cd.of(table.set(PAGE, 2, tableBits)))).read(PAGE);
        };
    }

    private static Consumer<Machine> invalidBelow(long tableBits) {
        return machine -> {
            PageTable table =
                    PageTable.stage1(machine.host, Granule.KB4, 39).map(PAGE, 0x9000, 3, Stage1Bits.READ_WRITE);
            machine.stage1(Cd.of(table.set(PAGE, 2, tableBits))).read(2 * PAGE);
        };
    }

    /** A page behind stage 2 alone. */
    private static Consumer<Machine> stage2(UnaryOperator<Ste> change, long attributes, Transaction transaction) {
        return machine -> {
            PageTable table = PageTable.stage2(machine.host, Granule.KB4, 39, 1).map(PAGE, 0x9000, 3, attributes);
            machine.ste(change.apply(Ste.stage2(table))).translate(transaction);
        };
    }

    private static Consumer<Machine> stage2(UnaryOperator<Ste> change, long attributes) {
        return stage2(change, attributes, read(PAGE));
    }

    private static Consumer<Machine> stage2() {
        return stage2(asItIs(), Stage2Bits.READ_WRITE);
    }

    /** A page behind both stages, which stage 2 maps with these attributes. */
    private static Consumer<Machine> nested(UnaryOperator<Ste> change, long attributes, Transaction transaction) {
        return machine -> {
            PageTable table =
                    PageTable.stage1(machine.guest, Granule.KB4, 39).map(PAGE, 0x5000, 3, Stage1Bits.READ_WRITE);
            PageTable stage2 = machine.guestStage2().map(0x5000, 0x9000, 3, attributes);
            Ste ste = Ste.nested(LinearCdTable.single(machine.guest, Cd.of(table)), stage2);
            machine.ste(change.apply(ste)).translate(transaction);
        };
    }

    private static Consumer<Machine> nested(long attributes, Transaction transaction) {
        return nested(asItIs(), attributes, transaction);
    }

    private static Consumer<Machine> nested() {
        return nested(Stage2Bits.READ_WRITE, read(PAGE));
    }

    private static Transaction read(long address) {
        return Transaction.read(Machine.STREAM, address);
    }

    private static Transaction write(long address) {
        return Transaction.write(Machine.STREAM, address);
    }

    static Stream<Arguments> configuration() {
        return Stream.of(
                of("A-SID-02", bypass(), machine -> {}),
                of("A-STE-05", bypass(), stage1()),
                of(
                        "A-BYP-02",
                        machine ->
                                machine.ste(Ste.bypass()).translate(read(PAGE).withSubstream(1)),
                        bypass()),
                of("A-STE-15", bypass(ste -> ste.strw(2), PAGE), bypass()),
                of("A-RGM-01", stage1(), bypass()),
                of("A-RGM-04", stage2(), stage1()),
                of("A-RGM-05", stage1(), nested()),
                of("A-SSD-01", stage1(), bypass()),
                of("A-CDF-01", stage1(), bypass()),
                of("A-CDF-04", nested(), stage1()),
                of("A-STE-28", stage2(ste -> ste.s2hd(true), Stage2Bits.READ_WRITE), stage2()),
                of("A-NST-08", stage2(ste -> ste.s2ptw(true), Stage2Bits.READ_WRITE), stage2()),
                of("A-CDV-05", stage1(cd -> cd.epd1(true)), stage1(FollowedRulesTests::bothTables)),
                of("A-CDV-18", stage1(cd -> cd.hd(true)), stage1()),
                of("A-EVQ-17", machine -> machine.ste(Ste.aborting()).read(PAGE), bypass()),
                of("A-STE-39", stage2(ste -> ste.s2tg(3).s2t0sz(1), 0), stage2(ste -> ste.s2tg(3), 0)));
    }

    private static Cd bothTables(Cd cd) {
        return cd.epd1(false).with("T1SZ", 25).tg1(2);
    }

    static Stream<Arguments> walks() {
        return Stream.of(
                of("A-ADR-01", stage1(cd -> cd.tbi0(true), Stage1Bits.READ_WRITE, read(1L << 60 | PAGE)), stage1()),
                of("A-ADR-02", stage1(), stage1(cd -> cd, Stage1Bits.READ_WRITE, read(UPPER_HALF))),
                of("A-ADR-09", stage1(cd -> cd.epd1(true), Stage1Bits.READ_WRITE, read(UPPER_HALF)), stage1()),
                of("A-ADR-08", bypass(asItIs(), 1L << 60), bypass(asItIs(), 1L << 50)),
                of("A-WLK-01", stage1(), stage2()),
                of("A-WLK-03", stage2(), stage1()),
                of("A-WLK-02", stage1(), bypass()),
                of("A-WLK-10", stage1(Stage1Bits.READ_WRITE | Stage1Bits.CONTIGUOUS), stage1()),
                of("A-WLK-12", stage1(), stage2()),
                of("A-WLK-14", FollowedRulesTests::block, stage1()),
                of("A-AFD-02", stage1(cd -> cd.affd(true), Stage1Bits.ap(1)), stage1(Stage1Bits.ap(1))),
                of("C-TLB-04", stage1(cd -> cd.affd(true), Stage1Bits.ap(1)), stage1()),
                of("A-AFD-03", stage1(cd -> cd.ha(true), Stage1Bits.ap(1)), stage1(cd -> cd.ha(true))),
                of("A-AFD-05", dirtying(write(PAGE)), stage1(Stage1Bits.READ_WRITE)),
                of("A-AFD-08", stage1(dirty(3)), stage1()),
                of("A-PRM-03", stage1(Stage1Bits.AF), stage1()),
                of("A-PRM-04", stage1(Stage1Bits.AF | Stage1Bits.ap(3)), stage1()),
                of("A-PRM-05", stage1(Stage1Bits.READ_WRITE | Stage1Bits.UXN), stage1()),
                of("A-PRM-06", stage1(), stage1(Stage1Bits.AF)),
                of("A-PRM-07", stage1(cd -> cd.wxn(true)), stage1()),
                of("A-PRM-09", stage1(cd -> cd.pan(true)), stage1()),
                of("A-PRM-11", restricted(cd -> cd, Stage1Bits.apTable(2)), stage1()),
                of("A-PRM-12", invalidBelow(Stage1Bits.apTable(2)), invalidBelow(0)),
                of("A-PRM-13", restricted(cd -> cd.had0(true), Stage1Bits.apTable(2)), stage1()),
                of("A-PRM-17", stage2(asItIs(), Stage2Bits.READ_WRITE | Stage2Bits.xn(2)), stage2()),
                of("A-PRM-18", stage2(asItIs(), Stage2Bits.AF | Stage2Bits.s2ap(1)), stage2()),
                of("A-FLT-04", stage2(asItIs(), Stage2Bits.s2ap(0)), stage2(asItIs(), Stage2Bits.s2ap(3))));
    }

    private static long dirty(int ap) {
        return Stage1Bits.AF | Stage1Bits.DBM | Stage1Bits.ap(ap);
    }

    private static Consumer<Machine> dirtying(Transaction transaction) {
        return stage1(cd -> cd.ha(true).hd(true), dirty(3), transaction);
    }

    private static void block(Machine machine) {
        PageTable table = PageTable.stage1(machine.host, Granule.KB4, 39).map(0, 0, 2, Stage1Bits.READ_WRITE);
        machine.stage1(Cd.of(table)).read(PAGE);
    }

    static Stream<Arguments> nesting() {
        return Stream.of(
                of("A-NST-01", nested(), stage1()),
                of("A-NST-04", nested(Stage2Bits.s2ap(3), read(PAGE)), nested()),
                of("A-NST-05", nested(Stage2Bits.s2ap(3), read(PAGE)), stage1(Stage1Bits.ap(1))),
                of("A-FLT-06", nested(Stage2Bits.READ_WRITE, read(2 * PAGE)), nested()),
                of("A-FLT-11", stage2(asItIs(), Stage2Bits.s2ap(3)), nested(Stage2Bits.s2ap(3), read(PAGE))),
                of("A-ATT-02", bypass(), stage1()),
                of("A-ATT-03", stage1(), nested()),
                of("A-ATT-04", stage2(), nested()),
                of("A-ATT-05", nested(), stage1()),
                of(
                        "A-ATT-06",
                        nested(),
                        nested(ste -> ste.s2fwb(true), Stage2Bits.READ_WRITE & ~0x3C | 6 << 2, read(PAGE))),
                of("A-ATT-09", stage2(ste -> ste.s2fwb(true), Stage2Bits.AF | Stage2Bits.s2ap(3) | 6 << 2), stage2()),
                of("A-ATT-11", stage2(ste -> ste.s2fwb(true), Stage2Bits.AF | Stage2Bits.s2ap(3) | 6 << 2), stage2()),
                of("A-ATT-16", stage2(ste -> ste.s2fwb(true), Stage2Bits.AF | Stage2Bits.s2ap(3)), stage2()),
                of("A-ADR-11", bypass(asItIs(), FAR << 20), stage1(Stage1Bits.ap(1))),
                of("A-NST-10", FollowedRulesTests::unmappedCd, nested()),
                of("A-CDF-06", FollowedRulesTests::unmappedCd, nested(Stage2Bits.s2ap(3), read(PAGE))),
                of("A-TRM-04", FollowedRulesTests::unmappedCd, nested(Stage2Bits.s2ap(3), read(PAGE))));
    }

    private static void unmappedCd(Machine machine) {
        PageTable empty = PageTable.stage2(machine.host, Granule.KB4, 39, 1);
        machine.nested(Cd.aarch64(), empty).read(PAGE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"configuration", "walks", "nesting"})
    void ruleThatDecidesOnTheWayIsTold(String rule, Consumer<Machine> deciding, Consumer<Machine> other) {
        assertEquals(true, isTold(rule, deciding), "where it decides");
        assertEquals(false, isTold(rule, other), "where it does not");
    }

    private static boolean isTold(String rule, Consumer<Machine> scenario) {
        Machine machine = new Machine("HTTU=2");
        scenario.accept(machine);
        return machine.followed.contains(RuleId.of(rule));
    }
}
