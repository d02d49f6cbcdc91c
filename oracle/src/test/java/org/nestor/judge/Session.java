package org.nestor.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.nestor.memory.Bytes;
import org.nestor.oracle.Caching;
import org.nestor.oracle.EmbeddedReference;
import org.nestor.oracle.ReferenceConfiguration;
import org.nestor.protocol.Access;
import org.nestor.protocol.Ats;
import org.nestor.protocol.ByteStrings;
import org.nestor.protocol.DmaResult;
import org.nestor.protocol.RegisterRef;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.rule.RuleCounter;
import org.nestor.rule.RuleId;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.register.Profile;

/** A session with the reference that a judge follows. What the reference replies can be changed on its way to the judge. */
final class Session {
    static final long STREAMS = 0x4010_0000L;
    static final long COMMANDS = 0x4020_0000L;
    static final long EVENTS = 0x4030_0000L;
    static final long TABLE = 0x4100_0000L;
    static final long CD = 0x4100_4000L;
    static final long PAGE = 0x4080_0000L;
    static final long OTHER_PAGE = 0x4090_0000L;
    static final long MAPPED = 0x8020_1000L;
    static final long UNMAPPED = 0x8020_2000L;
    static final long LEAF = TABLE + 0x2008;
    static final int STREAM = 0x10;
    private static final int COMMAND_ENTRIES = 16;

    private final EmbeddedReference reference;
    /** What the judge alone decides by: the implementation has no part in it. */
    final RuleCounter counter = new RuleCounter();

    private final Judge judge;
    private int produced;

    private Session(Profile profile, Caching caching) {
        reference = new ReferenceConfiguration(profile, caching, 0).create();
        judge = Judge.of(Platform.of((Reply.Introduction) reference.send(new Request.Hello())), counter);
    }

    /** With SMMUEN = 0, nothing set up. */
    static Session afterReset(Profile profile) {
        Session session = new Session(profile, Caching.NEVER);
        session.conforms(new Request.Reset(Map.of()));
        return session;
    }

    /** Stream 0x10 translates one page by stage 1; its neighbours are not mapped. Queues of 16 entries are on. */
    static Session translating(Profile profile) {
        Session session = afterReset(profile);
        session.store(TABLE + 0x10, TABLE + 0x1003);
        session.store(TABLE + 0x1008, TABLE + 0x2003);
        session.store(LEAF, PAGE | 0xF43);
        session.store(CD, 0x0005_6202_C000_0019L);
        session.store(CD + 8, TABLE);
        session.store(CD + 24, 0xFF);
        session.store(STREAMS + 64 * STREAM, CD | 0xB);
        session.write("STRTAB_BASE", STREAMS);
        session.write("STRTAB_BASE_CFG", 6);
        session.write("CMDQ_BASE", COMMANDS | 4);
        session.write("EVENTQ_BASE", EVENTS | 4);
        session.write("CR0", 0xD);
        session.read("CR0ACK");
        return session;
    }

    Reply send(Request request) {
        return reference.send(request);
    }

    Verdict judge(Request request, Reply reply) {
        return judge.judge(request, reply);
    }

    /** The reference's reply, which must conform. */
    Reply conforms(Request request) {
        Reply reply = reference.send(request);
        assertEquals(Verdict.CONFORMS, judge.judge(request, reply), () -> request + " got " + reply);
        return reply;
    }

    /** The reference's reply as it was changed must conform. */
    void conforms(Request request, UnaryOperator<Reply> change) {
        Reply reply = change.apply(reference.send(request));
        assertEquals(Verdict.CONFORMS, judge.judge(request, reply), () -> request + " got " + reply);
    }

    /** The reference's reply as it was changed must diverge, by this rule. */
    Verdict.Diverges diverges(String rule, Request request, UnaryOperator<Reply> change) {
        Reply original = reference.send(request);
        Reply reply = change.apply(original);
        assertTrue(!reply.equals(original), "nothing was changed in " + original);
        Verdict verdict = judge.judge(request, reply);
        Verdict.Diverges divergence =
                assertInstanceOf(Verdict.Diverges.class, verdict, () -> request + " got " + reply);
        assertTrue(divergence.rules().contains(RuleId.of(rule)), divergence::toString);
        return divergence;
    }

    void store(long address, long value) {
        conforms(new Request.MemWrite(address, ByteStrings.littleEndian(value, 8), Request.MemWrite.Form.VALUE));
    }

    void write(String register, long value) {
        conforms(new Request.RegWrite(new RegisterRef.Named(register), value));
    }

    long read(String register) {
        return ((Reply.Value) conforms(reading(register))).value();
    }

    static Request.RegRead reading(String register) {
        return new Request.RegRead(new RegisterRef.Named(register));
    }

    static Request.MemRead reading(long address, int length) {
        return new Request.MemRead(address, length);
    }

    /** Puts commands into the queue and hands them over. */
    void publish(CommandRecord... commands) {
        for (CommandRecord command : commands) {
            long entry = COMMANDS + 16L * (produced % COMMAND_ENTRIES);
            conforms(new Request.MemWrite(entry, Bytes.of(command.toBytes()), Request.MemWrite.Form.DATA));
            produced = (produced + 1) % (2 * COMMAND_ENTRIES);
        }
        write("CMDQ_PROD", produced);
    }

    /** Hands over commands and sees that they were consumed. */
    void complete(CommandRecord... commands) {
        publish(commands);
        assertEquals(produced, read("CMDQ_CONS"));
    }

    static Request.Dma reads(long iova) {
        return dma(iova, Access.READ, Optional.empty());
    }

    static Request.Dma writes(long iova) {
        return dma(iova, Access.WRITE, Optional.of(ByteStrings.ofHex("11223344")));
    }

    static Request.Dma dma(long iova, Access access, Optional<Bytes> data) {
        return new Request.Dma(
                STREAM, iova, access, Optional.empty(), 4, data, false, false, Ats.UNTRANSLATED, List.of());
    }

    static UnaryOperator<Reply> to(Reply reply) {
        return original -> reply;
    }

    static UnaryOperator<Reply> value(long value) {
        return original -> new Reply.Value(value);
    }

    static UnaryOperator<Reply> ends(DmaResult result) {
        return original -> Reply.Dma.of(result);
    }

    /** An {@code ok} with the address and data changed. */
    static UnaryOperator<Reply> lands(long pa, Optional<Bytes> data) {
        return original -> new Reply.Dma(
                DmaResult.OK,
                Optional.of(pa),
                data,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The first event record with a byte changed. */
    static UnaryOperator<Reply> flips(int index, int bits) {
        return original -> {
            Reply.Events events = (Reply.Events) original;
            byte[] record = events.events().get(0).toArray();
            record[index] ^= (byte) bits;
            return new Reply.Events(List.of(Bytes.of(record)), events.overflow());
        };
    }
}
