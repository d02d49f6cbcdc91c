package org.nestor.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nestor.protocol.Request;
import org.nestor.rule.RuleId;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.register.Profile;

/** What the judge tells the rule log of an implementation that tells nothing, each rule where it decides and not elsewhere. */
class JudgedRulesTests {
    private static final CommandRecord ILLEGAL = new CommandRecord(0xFF, 0);
    private static final CommandRecord RESERVED_BIT = new CommandRecord(0x46 | 1L << 20, 0);
    private static final CommandRecord PREFETCH = new CommandRecord(0x01, 0);
    private static final CommandRecord INTERRUPT = new CommandRecord(0x46 | 1 << 12, 0);
    private static final CommandRecord SYNC = new CommandRecord(0x46, 0);
    private static final CommandRecord INVALIDATE = new CommandRecord(0x04, 31);
    private static final Request IRQS = new Request.Irqs();
    private static final Request EVENTS = new Request.Events();

    private static Arguments of(String rule, Consumer<Session> deciding, Consumer<Session> other) {
        return arguments(rule, deciding, other);
    }

    private static Consumer<Session> complete(CommandRecord... commands) {
        return session -> session.complete(commands);
    }

    private static void failAndAcknowledge(Session session) {
        session.publish(ILLEGAL);
        session.read("GERROR");
        session.write("GERRORN", 1);
    }

    private static void fail(Session session) {
        session.publish(ILLEGAL);
        session.read("GERROR");
    }

    static Stream<Arguments> pairs() {
        return Stream.of(
                of("A-CMQ-01", complete(SYNC), session -> session.publish(SYNC)),
                of("A-CMQ-02", complete(SYNC), session -> session.read("CMDQ_CONS")),
                of("A-CMQ-05", complete(SYNC), complete(INVALIDATE)),
                of("A-SYN-01", complete(SYNC), complete(INVALIDATE)),
                of("A-SYN-02", complete(INVALIDATE, SYNC), complete(SYNC)),
                of("C-CMP-01", complete(INVALIDATE, SYNC), complete(SYNC)),
                of("A-CMQ-03", complete(INVALIDATE), complete(SYNC)),
                of("A-CMQ-10", session -> session.publish(SYNC), session -> session.read("CMDQ_CONS")),
                of("A-CMQ-15", session -> session.publish(RESERVED_BIT), session -> session.publish(SYNC)),
                of("A-CMQ-19", session -> session.publish(ILLEGAL), session -> session.publish(SYNC)),
                of("A-CER-06", session -> session.publish(ILLEGAL), session -> session.publish(SYNC)),
                of("A-GER-01", JudgedRulesTests::fail, session -> session.read("GERROR")),
                of("A-GER-02", JudgedRulesTests::failAndAcknowledge, JudgedRulesTests::fail),
                of("A-CER-04", JudgedRulesTests::failAndAcknowledge, JudgedRulesTests::fail),
                of("A-GER-04", session -> session.write("GERRORN", 1), session -> session.write("GERRORN", 0)),
                of("A-PRF-01", session -> session.publish(PREFETCH), session -> session.publish(SYNC)),
                of("A-CTL-02", session -> session.write("CR0", 0xC), session -> session.write("CR0", 0xD)),
                of(
                        "A-CTL-01",
                        session -> {
                            session.write("CR0", 0xC);
                            session.read("CR0ACK");
                        },
                        session -> session.read("CR0ACK")),
                of("A-CTL-08", JudgedRulesTests::disableCommands, session -> session.write("CR0", 0xC)),
                of("A-CTL-11", JudgedRulesTests::enableCommandsAgain, JudgedRulesTests::disableCommands),
                of("A-GBP-06", session -> session.write("GBPA", 0x8010_0000L), session -> session.write("GBPA", 0)),
                of("A-GBP-07", session -> session.write("GBPA", 0), session -> session.write("GBPA", 0x8010_0000L)),
                of(
                        "A-SYN-06",
                        session -> {
                            session.complete(INTERRUPT);
                            session.conforms(IRQS);
                        },
                        session -> {
                            session.complete(SYNC);
                            session.conforms(IRQS);
                        }),
                of(
                        "A-EVQ-02",
                        session -> {
                            session.conforms(Session.reads(Session.UNMAPPED));
                            session.conforms(EVENTS);
                        },
                        session -> session.conforms(EVENTS)),
                of(
                        "A-EVQ-10",
                        session -> {
                            session.conforms(Session.reads(Session.UNMAPPED));
                            session.conforms(EVENTS);
                        },
                        session -> session.conforms(Session.reads(Session.MAPPED))));
    }

    private static void disableCommands(Session session) {
        session.write("CR0", 0x5);
        session.read("CR0ACK");
    }

    private static void enableCommandsAgain(Session session) {
        disableCommands(session);
        session.write("CR0", 0xD);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void ruleIsToldWhereItDecidesAndNotElsewhere(String rule, Consumer<Session> deciding, Consumer<Session> other) {
        assertEquals(true, isTold(rule, deciding), "where it decides");
        assertEquals(false, isTold(rule, other), "where it does not");
    }

    private static boolean isTold(String rule, Consumer<Session> scenario) {
        Session session = Session.translating(Profile.FULL);
        session.counter.take();
        scenario.accept(session);
        return session.counter.snapshot().containsKey(RuleId.of(rule));
    }
}
