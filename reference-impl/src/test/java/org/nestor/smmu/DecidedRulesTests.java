package org.nestor.smmu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nestor.smmu.fault.FaultClass;
import org.nestor.smmu.fault.FaultGovernance;
import org.nestor.smmu.fault.Refusal.Fault;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.transaction.AtsKind;
import org.nestor.smmu.transaction.PageRequest;
import org.nestor.smmu.transaction.Transaction;

/** The rule log names the rule that decided. Page 0x5000 has a configuration error, page 0x6000 stalls; 0x40000000 aborts. */
class DecidedRulesTests {
    private static final long OUTSIDE = 0x4000_0000L;
    private static final long GBPA_UPDATE = 0x8000_0000L;

    private static Arguments of(String rule, Consumer<Rig> scenario) {
        return arguments(rule, scenario);
    }

    static Stream<Arguments> registers() {
        return Stream.of(
                of("A-REG-03", rig -> rig.smmu.readRegister(0x20, 2)),
                of("A-REG-03", rig -> rig.smmu.readRegister(0x28, 8)),
                of("A-REG-04", rig -> rig.smmu.readRegister(0x30, 4)),
                of("A-REG-10", rig -> rig.smmu.write(Register.STRTAB_BASE, 0)),
                of("A-REG-11", rig -> rig.smmu.write(Register.CR2, 0)),
                of("A-REG-12", rig -> rig.smmu.write(Register.CMDQ_BASE, 0)),
                of("A-REG-13", rig -> rig.smmu.write(Register.PRIQ_PROD, 0)),
                of("A-REG-16", rig -> {
                    rig.smmu.write(Register.IRQ_CTRL, 4);
                    rig.smmu.write(Register.EVENTQ_IRQ_CFG1, 1);
                }),
                of("A-GBP-07", rig -> rig.smmu.write(Register.GBPA, 0)),
                of("A-GER-01", rig -> rig.command(0xFF, 0)),
                of("A-IRQ-05", DecidedRulesTests::interrupt),
                of("A-IRQ-06", DecidedRulesTests::interrupt),
                of("A-GER-09", rig -> rig.command(0x46 | 1 << 12, OUTSIDE)));
    }

    static Stream<Arguments> commands() {
        return Stream.of(
                of("A-CMQ-02", Rig::sync),
                of("A-SYN-01", Rig::sync),
                of("A-CER-01", rig -> rig.command(0xFF, 0)),
                of("A-CER-02", rig -> {
                    rig.command(0xFF, 0);
                    rig.smmu.step();
                }),
                of("A-CER-03", rig -> {
                    rig.enable(0);
                    rig.smmu.write(Register.CMDQ_BASE, OUTSIDE);
                    rig.enable(Rig.CMDQEN);
                    rig.smmu.write(Register.CMDQ_PROD, 1);
                }),
                of("A-CER-07", rig -> rig.command(0xFF, 0)),
                of("A-CER-07", rig -> rig.command(0x70, 0)),
                of("A-CER-08", rig -> rig.command(0x03 | 1 << 10, 0)),
                of("A-CER-15", rig -> rig.command(0x46 | 3 << 12, 0)),
                of("A-CER-18", rig -> rig.command(0x12, 1 << 10)),
                of("A-CER-19", rig -> {
                    rig.atcTimesOut = true;
                    rig.command(0x40, 52);
                    rig.sync();
                }),
                of("A-CMQ-07", rig -> rig.smmu.write(Register.CMDQ_PROD, 0x1F)),
                of("A-CMQ-13", rig -> rig.command(0x03 | 0x1_0000L << 32, 0)),
                of("A-ATS-10", rig -> rig.command(0x40, 52)),
                of("A-ATS-12", rig -> {
                    rig.enable(Rig.CMDQEN);
                    rig.command(0x40, 52);
                }),
                of("A-PRF-03", rig -> {
                    rig.enable(Rig.CMDQEN);
                    rig.command(0x01, 0);
                }));
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                of("A-EVQ-02", rig -> rig.read(1, 0x5000)),
                of("A-EVQ-03", rig -> readRepeatedly(rig, 5)),
                of("A-EVQ-04", rig -> readRepeatedly(rig, 6)),
                of("A-EVQ-06", rig -> {
                    readRepeatedly(rig, 4);
                    rig.read(1, 0x6000);
                }),
                of("A-EVQ-16", rig -> {
                    rig.errorAt(0x5000, EventType.C_BAD_STREAMID);
                    rig.read(1, 0x5000);
                }),
                of("A-CTL-10", rig -> {
                    rig.enable(Rig.SMMUEN);
                    rig.read(1, 0x5000);
                }),
                of("A-GER-07", DecidedRulesTests::abortTheEventQueue),
                of("A-FLT-13", rig -> rig.read(1, 0x6000)),
                of("A-FLT-14", rig -> rig.read(1, 0x5000)),
                of("A-FLT-17", rig -> {
                    rig.errorAt(0x5000, EventType.F_STREAM_DISABLED);
                    rig.read(1, 0x5000);
                }),
                of("A-FLT-17", rig -> {
                    rig.errorAt(0x5000, EventType.C_BAD_SUBSTREAMID);
                    rig.read(1, 0x5000);
                }),
                of("A-FLT-23", rig -> rig.read(1, 0x6000)),
                of("A-TRM-01", rig -> rig.read(1, 0x6000)),
                of("A-TRM-01", rig -> {
                    rig.faultAt(0x6000, new FaultGovernance(false, true, true));
                    rig.read(1, 0x6000);
                }),
                of("A-TRM-02", rig -> stage2Fault(rig, false)),
                of("A-TRM-03", rig -> stage2Fault(rig, true)));
    }

    static Stream<Arguments> stalls() {
        return Stream.of(
                of("A-STL-04", rig -> {
                    IntStream.range(0, 16).forEach(i -> rig.read(i, 0x6000));
                    rig.decided.clear();
                    rig.read(16, 0x6000);
                }),
                of("A-STL-05", rig -> {
                    rig.read(1, 0x6000);
                    rig.resume(1, 0, true, false);
                }),
                of("A-STL-07", rig -> {
                    rig.read(1, 0x6000);
                    rig.resume(1, 0, false, true);
                }),
                of("A-STL-09", rig -> rig.resume(1, 0, true, false)),
                of("A-STL-11", rig -> rig.command(0x45, 0)),
                of("A-CTL-13", rig -> {
                    rig.read(1, 0x6000);
                    rig.enable(0);
                }));
    }

    static Stream<Arguments> bypassAndPageRequests() {
        return Stream.of(
                of("A-GBP-01", rig -> {
                    rig.enable(0);
                    rig.smmu.write(Register.GBPA, GBPA_UPDATE | 0x10_0000);
                    rig.read(1, 0x9000);
                }),
                of("A-GBP-02", rig -> rig.enable(0).read(1, 0x9000)),
                of("A-GBP-05", rig -> rig.enable(0).read(1, -4096)),
                of(
                        "A-GBP-11",
                        rig -> rig.enable(0)
                                .smmu
                                .dma(Transaction.read(1, 0x9000).withAts(AtsKind.TRANSLATION_REQUEST), new byte[0], 4)),
                of(
                        "A-GBP-11",
                        rig -> rig.enable(0)
                                .smmu
                                .dma(Transaction.read(1, 0x9000).withAts(AtsKind.TRANSLATED), new byte[0], 4)),
                of("A-PRI-01", rig -> request(rig, 1)),
                of("A-PRI-02", rig -> request(rig, 3)),
                of("A-PRI-07", rig -> {
                    request(rig, 3);
                    rig.smmu.write(Register.PRIQ_CONS, 2);
                    rig.decided.clear();
                    request(rig, 1);
                }),
                of("A-PRI-03", rig -> request(rig.enable(Rig.SMMUEN), 1)),
                of("A-CTL-12", rig -> request(rig.enable(Rig.PRIQEN), 1)));
    }

    private static Arguments of(String rule, Consumer<Rig> deciding, Consumer<Rig> other) {
        return arguments(rule, deciding, other);
    }

    private static Consumer<Rig> command(long dw0, long dw1) {
        return rig -> rig.command(dw0, dw1);
    }

    /** Each with a scenario much like it in which the rule has no part. */
    static Stream<Arguments> pairs() {
        return Stream.of(
                of("A-REG-01", rig -> rig.smmu.readRegister(0x20, 4), rig -> rig.smmu.readRegister(0x80, 8)),
                of("A-REG-02", rig -> rig.smmu.readRegister(0x80, 8), rig -> rig.smmu.readRegister(0x20, 4)),
                of("A-REG-05", rig -> rig.smmu.write(Register.IDR0, 0), rig -> rig.smmu.write(Register.CR2, 0)),
                of("A-REG-07", rig -> rig.smmu.readRegister(0x8000, 4), rig -> rig.smmu.readRegister(0xC000, 4)),
                of("A-REG-08", rig -> rig.smmu.readRegister(0x1_00A8, 4), rig -> rig.smmu.readRegister(0xA8, 4)),
                of("A-REG-09", rig -> rig.smmu.readRegister(0xA8, 4), rig -> rig.smmu.readRegister(0x1_00A8, 4)),
                of("A-REG-14", rig -> rig.smmu.write(Register.EVENTQ_CONS, 0), rig -> rig.smmu.write(Register.CR2, 0)),
                of("A-CTL-01", rig -> rig.enable(0), rig -> rig.enable(Rig.ALL)),
                of("A-CTL-05", rig -> rig.enable(0), rig -> rig.enable(Rig.SMMUEN)),
                of("A-CTL-04", rig -> rig.enable(0).enable(Rig.SMMUEN), rig -> rig.enable(0)),
                of("A-GBP-03", rig -> rig.enable(0).read(1, 0x9000), rig -> rig.read(1, 0x5000)),
                of("A-CTL-06", rig -> rig.enable(0).read(1, 0x9000), rig -> rig.read(1, 0x5000)),
                of(
                        "A-GBP-06",
                        rig -> rig.smmu.write(Register.GBPA, GBPA_UPDATE),
                        rig -> rig.smmu.write(Register.GBPA, 0)),
                of(
                        "A-GBP-10",
                        rig -> rig.smmu.write(Register.GBPA, GBPA_UPDATE),
                        rig -> rig.enable(0).smmu.write(Register.GBPA, GBPA_UPDATE)),
                of("A-CMQ-01", Rig::sync, command(0xFF, 0)),
                of("A-CMQ-05", Rig::sync, command(0x03, 0)),
                of("A-CMQ-09", Rig::sync, rig -> rig.read(1, 0x5000)),
                of("A-CMQ-19", command(0xFF, 0), command(0x70, 0)),
                of("A-CER-06", command(0xFF, 0), Rig::sync),
                of("A-CER-12", command(0x18, 0), command(0xFF, 0)),
                of("A-CER-16", command(0x03, 0), command(0x12, 0)),
                of("C-RIL-01", command(0x12, 0), command(0x12, 1 << 10 | 1 << 8)),
                of("C-RIL-07", command(0x12, 1 << 10), command(0x12, 0)),
                of("A-CTL-07", rig -> rig.enable(Rig.CMDQEN).command(0x03, 0), command(0x03, 0)),
                of("A-CTL-08", rig -> rig.enable(0).command(0x03, 0), command(0x03, 0)),
                of("A-CMQ-08", rig -> rig.enable(0).command(0x03, 0), command(0x03, 0)),
                of("A-PRF-01", command(0x01, 0), command(0x02, 0)),
                of("A-PRF-02", command(0x02, 0), command(0x01, 0)),
                of("A-CMQ-14", command(0x01 | 0x1_0000L << 32, 0), command(0x01, 0)),
                of("A-ATS-11", command(0x40, 52), command(0x40 | 1 << 11, 52)),
                of("A-PRI-04", command(0x41, 0), command(0x40, 52)),
                of("A-SYN-06", command(0x46 | 1 << 12, 0), Rig::sync),
                of("A-SYN-07", command(0x46 | 2 << 12, 0), Rig::sync),
                of("A-SYN-08", command(0x46 | 2 << 12, 0), Rig::sync),
                of("A-SYN-09", command(0x46 | 1 << 12, OUTSIDE), command(0x46 | 1 << 12, 0x100)),
                of(
                        "A-SYN-03",
                        rig -> {
                            rig.read(1, 0x6000);
                            rig.sync();
                        },
                        Rig::sync),
                of("A-SYN-04", rig -> rig.resume(1, 0, true, false), Rig::sync),
                of("A-IRQ-01", rig -> rig.read(1, 0x5000), DecidedRulesTests::interrupt),
                of("A-IRQ-02", DecidedRulesTests::interrupt, rig -> rig.read(1, 0x5000)),
                of(
                        "A-GER-05",
                        rig -> {
                            rig.smmu.write(Register.IRQ_CTRL, 1);
                            rig.command(0xFF, 0);
                        },
                        command(0xFF, 0)),
                of("A-EVQ-01", rig -> readRepeatedly(rig, 5), rig -> readRepeatedly(rig, 4)),
                of("A-EVQ-11", rig -> readRepeatedly(rig, 5), rig -> readRepeatedly(rig, 4)),
                of("A-EVQ-13", rig -> readRepeatedly(rig, 5), rig -> readRepeatedly(rig, 4)),
                of(
                        "A-EVQ-07",
                        rig -> {
                            readRepeatedly(rig, 4);
                            rig.read(1, 0x6000);
                        },
                        rig -> readRepeatedly(rig, 5)),
                of(
                        "A-EVQ-08",
                        rig -> {
                            readRepeatedly(rig, 5);
                            rig.smmu.write(Register.EVENTQ_CONS, 4);
                            rig.read(1, 0x5000);
                        },
                        rig -> readRepeatedly(rig, 5)),
                of("A-EVQ-14", DecidedRulesTests::abortTheEventQueue, rig -> rig.read(1, 0x5000)),
                of("A-EVQ-15", rig -> rig.read(1, 0x5000), rig -> rig.read(1, 0x6000)),
                of("A-TRM-05", rig -> rig.read(1, 0x5000), rig -> rig.read(1, 0x6000)),
                of("A-TRM-06", rig -> rig.read(1, 0x5000), rig -> rig.read(1, 0x6000)),
                of("A-STL-01", rig -> rig.read(1, 0x6000), rig -> rig.read(1, 0x5000)),
                of("A-STL-02", rig -> rig.read(1, 0x6000), rig -> rig.read(1, 0x5000)),
                of("A-STL-16", rig -> rig.read(1, 0x6000), rig -> rig.read(1, 0x5000)),
                of(
                        "A-STL-06",
                        rig -> {
                            rig.read(1, 0x6000);
                            rig.resume(1, 0, true, false);
                        },
                        rig -> {
                            rig.read(1, 0x6000);
                            rig.resume(1, 0, false, true);
                        }),
                of(
                        "A-STL-03",
                        rig -> {
                            rig.read(1, 0x6000);
                            rig.resume(2, 0, true, false);
                        },
                        rig -> rig.resume(2, 0, true, false)),
                of("A-FLT-08", rig -> stage2Fault(rig, false), rig -> rig.read(1, 0x6000)),
                of("A-FLT-10", rig -> stage2Fault(rig, false), rig -> rig.read(1, 0x6000)),
                of("A-FLT-20", rig -> stage2Fault(rig, false), rig -> rig.read(1, 0x6000)),
                of("A-FLT-12", rig -> rig.read(1, 0x6000), rig -> stage2Fault(rig, false)),
                of("A-FLT-16", rig -> rig.read(1, 0x6000), rig -> stage2Fault(rig, false)),
                of("A-FLT-09", rig -> rig.read(1, 0x6000), rig -> rig.read(1, 0x5000)),
                of("A-SSD-10", rig -> rig.read(1, 0x5000), rig -> {
                    rig.errorAt(0x5000, EventType.F_STREAM_DISABLED);
                    rig.read(1, 0x5000);
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void ruleIsLoggedWhereItDecidesAndNotElsewhere(String rule, Consumer<Rig> deciding, Consumer<Rig> other) {
        assertEquals(true, decides(rule, deciding), "where it decides");
        assertEquals(false, decides(rule, other), "where it does not");
    }

    private static boolean decides(String rule, Consumer<Rig> scenario) {
        Rig rig = new Rig().enable(Rig.ALL);
        rig.errorAt(0x5000, EventType.C_BAD_STE);
        rig.stallAt(0x6000);
        rig.decided.clear();
        scenario.accept(rig);
        return rig.decided(rule);
    }

    private static void interrupt(Rig rig) {
        rig.smmu.write(Register.IRQ_CTRL, 4);
        rig.read(1, 0x5000);
    }

    private static void readRepeatedly(Rig rig, int times) {
        IntStream.range(0, times).forEach(i -> rig.read(1, 0x5000));
    }

    private static void abortTheEventQueue(Rig rig) {
        rig.enable(0);
        rig.smmu.write(Register.EVENTQ_BASE, OUTSIDE);
        rig.enable(Rig.ALL);
        rig.read(1, 0x5000);
    }

    private static void stage2Fault(Rig rig, boolean stall) {
        rig.translation.set(
                0x6000,
                FakeTranslation.refused(
                        Fault.stage2(EventType.F_ACCESS, FaultClass.IN, 0x6000, Rig.ANY_RULE),
                        new FaultGovernance(stall, true, true)));
        rig.read(1, 0x6000);
    }

    private static void request(Rig rig, int times) {
        IntStream.range(0, times)
                .forEach(i -> rig.smmu.pageRequest(
                        new PageRequest(1, false, 0, 0x9000, true, false, false, false, false, 0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"registers", "commands", "faults", "stalls", "bypassAndPageRequests"})
    void ruleThatDecidesIsLogged(String rule, Consumer<Rig> scenario) {
        Rig rig = new Rig().enable(Rig.ALL);
        rig.errorAt(0x5000, EventType.C_BAD_STE);
        rig.stallAt(0x6000);
        rig.decided.clear();
        scenario.accept(rig);
        assertTrue(rig.decided(rule));
    }
}
