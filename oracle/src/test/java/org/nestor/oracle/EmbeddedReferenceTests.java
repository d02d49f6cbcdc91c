package org.nestor.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nestor.memory.Bytes;
import org.nestor.protocol.Access;
import org.nestor.protocol.Ats;
import org.nestor.protocol.ByteStrings;
import org.nestor.protocol.DmaResult;
import org.nestor.protocol.ErrorCode;
import org.nestor.protocol.RegisterRef;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.protocol.Request.MemWrite.Form;
import org.nestor.smmu.register.Profile;

/** What the adapter adds to the SMMU: refusals, the event queue's software side, picked data. */
class EmbeddedReferenceTests {
    private static final long OUTSIDE = 0xffff_ffff_f000L;

    private final EmbeddedReference reference = ReferenceConfiguration.DEFAULT.create();

    private long register(String name) {
        return ((Reply.Value) reference.send(new Request.RegRead(new RegisterRef.Named(name)))).value();
    }

    private void register(String name, long value) {
        assertEquals(new Reply.Done(), reference.send(new Request.RegWrite(new RegisterRef.Named(name), value)));
    }

    private Bytes memory(long addr, int len) {
        return ((Reply.Data) reference.send(new Request.MemRead(addr, len))).data();
    }

    private static Request write(long addr, String hex) {
        return new Request.MemWrite(addr, ByteStrings.ofHex(hex), Form.DATA);
    }

    private static Request.Dma dma(Access access, long iova, int len, Optional<Bytes> data) {
        return new Request.Dma(1, iova, access, Optional.empty(), len, data, false, false, Ats.UNTRANSLATED, List.of());
    }

    static Stream<Arguments> senseless() {
        RegisterRef.Named cr0 = new RegisterRef.Named("CR0");
        return Stream.of(
                Arguments.of("addr", write(OUTSIDE, "00")),
                Arguments.of("addr", write(0xffff_ffffL, "0000")),
                Arguments.of("addr", new Request.MemWrite(2, ByteStrings.littleEndian(1, 4), Form.VALUE)),
                Arguments.of("addr", new Request.MemRead(-1, 2)),
                Arguments.of("reg", new Request.RegRead(new RegisterRef.Named("CRO"))),
                Arguments.of("reg", new Request.RegRead(new RegisterRef.Offset(0x22, 4))),
                Arguments.of("reg", new Request.RegRead(new RegisterRef.Offset(0x84, 8))),
                Arguments.of("reg", new Request.RegRead(new RegisterRef.Offset(0x20000, 4))),
                Arguments.of("reg", new Request.RegWrite(new RegisterRef.Offset(-8, 8), 0)),
                Arguments.of("value", new Request.RegWrite(cr0, 0x1_0000_0000L)),
                Arguments.of("len", dma(Access.READ, 0, 4097, Optional.empty())),
                Arguments.of("idr", new Request.Reset(Map.of("IDR9", 0L))),
                Arguments.of("idr", new Request.Reset(Map.of("IDR0", 0x1_0000_0000L))),
                Arguments.of("idr", new Request.Reset(Map.of("IDR5", 0L))));
    }

    @ParameterizedTest
    @MethodSource("senseless")
    void aSenselessRequestIsRefusedByNameOfItsMember(String member, Request request) {
        assertEquals(member, reference.objection(request).orElseThrow().member());
        Reply.Failure failure = assertInstanceOf(Reply.Failure.class, reference.send(request));
        assertEquals(ErrorCode.BAD_REQUEST, failure.code());
        assertTrue(failure.message().startsWith(member + ": "), failure.message());
    }

    @Test
    void aWriteThatCrossesTheEndOfMemoryChangesNothing() {
        reference.send(write(0xffff_ffffL, "ffff"));
        assertEquals("00", memory(0xffff_ffffL, 1).toString());
    }

    @Test
    void aRefusedResetKeepsRegistersAndMemory() {
        reference.send(write(0x100, "ab"));
        reference.send(new Request.Reset(Map.of("IDR5", 0L)));
        assertEquals("ab", memory(0x100, 1).toString());
    }

    @Test
    void aResetClearsMemoryAndSetsIdRegisters() {
        reference.send(write(0x100, "ab"));
        long before = register("IDR1");
        reference.send(new Request.Reset(Map.of("IDR1", before ^ 1 << 6)));
        assertEquals("00", memory(0x100, 1).toString());
        assertEquals(before ^ 1 << 6, register("IDR1"));
        reference.send(new Request.Reset(Map.of()));
        assertEquals(before ^ 1 << 6, register("IDR1"));
    }

    @Test
    void anOffsetReachesTheSameRegisterAsItsName() {
        register("STRTAB_BASE", 0x4000_0000_1234_0000L & 0x4000_000f_ffff_ffc0L);
        Reply low = reference.send(new Request.RegRead(new RegisterRef.Offset(0x80, 4)));
        Reply high = reference.send(new Request.RegRead(new RegisterRef.Offset(0x84, 4)));
        long value = ((Reply.Value) high).value() << 32 | ((Reply.Value) low).value();
        assertEquals(register("STRTAB_BASE"), value);
        assertNotEquals(0, value);
    }

    @ParameterizedTest
    @EnumSource
    void helloTellsTheIdRegistersThatReadsGive(Profile profile) {
        EmbeddedReference sut = new ReferenceConfiguration(profile, Caching.INFINITE, 0).create();
        Reply.Introduction hello = (Reply.Introduction) sut.send(new Request.Hello());
        assertEquals(8, hello.idr().size());
        hello.idr()
                .forEach((name, value) -> assertEquals(
                        new Reply.Value(value), sut.send(new Request.RegRead(new RegisterRef.Named(name)))));
        assertTrue(hello.sids().size() > 1);
    }

    @Test
    void aWriteWithoutDataReportsWhatItWrote() {
        Reply.Dma first = (Reply.Dma) reference.send(dma(Access.WRITE, 0x2000, 6, Optional.empty()));
        Reply.Dma second = (Reply.Dma) reference.send(dma(Access.WRITE, 0x3000, 6, Optional.empty()));
        assertEquals(DmaResult.OK, first.result());
        assertEquals(Optional.of(memory(0x2000, 6)), first.data());
        assertNotEquals(first.data(), second.data());
    }

    @Test
    void aWriteWithDataDoesNotRepeatIt() {
        Bytes data = ByteStrings.ofHex("0102");
        Reply.Dma reply = (Reply.Dma) reference.send(dma(Access.WRITE, 0x2000, 2, Optional.of(data)));
        assertEquals(Optional.empty(), reply.data());
        assertEquals(data, memory(0x2000, 2));
    }

    @Test
    void eventsAreTheRecordsBetweenTheIndexesAcrossTheWrap() {
        register("EVENTQ_BASE", 0x10002);
        register("EVENTQ_PROD", 5);
        register("EVENTQ_CONS", 3);
        reference.send(write(0x10060, "aa".repeat(32)));
        reference.send(write(0x10000, "bb".repeat(32)));
        Reply.Events events = (Reply.Events) reference.send(new Request.Events());
        assertEquals(
                List.of("aa".repeat(32), "bb".repeat(32)),
                events.events().stream().map(Bytes::toString).toList());
        assertEquals(5, register("EVENTQ_CONS"));
        assertEquals(new Reply.Events(List.of(), false), reference.send(new Request.Events()));
    }

    @Test
    void anOverflowIsReportedOnceAndAcknowledged() {
        register("EVENTQ_BASE", 0x10002);
        register("EVENTQ_PROD", 0x8000_0004L);
        assertEquals(
                4,
                ((Reply.Events) reference.send(new Request.Events())).events().size());
        assertEquals(0x8000_0004L, register("EVENTQ_CONS"));
        register("EVENTQ_CONS", 4);
        assertTrue(((Reply.Events) reference.send(new Request.Events())).overflow());
        assertEquals(new Reply.Events(List.of(), false), reference.send(new Request.Events()));
    }

    @Test
    void anEventQueueOutsideMemoryIsRefusedAndKept() {
        register("EVENTQ_BASE", OUTSIDE | 2);
        register("EVENTQ_PROD", 1);
        assertInstanceOf(Reply.Failure.class, reference.send(new Request.Events()));
        assertEquals(0, register("EVENTQ_CONS"));
    }
}
