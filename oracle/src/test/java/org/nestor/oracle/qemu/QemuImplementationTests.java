package org.nestor.oracle.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.nestor.memory.Bytes;
import org.nestor.protocol.Access;
import org.nestor.protocol.Ats;
import org.nestor.protocol.ByteStrings;
import org.nestor.protocol.DmaResult;
import org.nestor.protocol.ErrorCode;
import org.nestor.protocol.Interrupt;
import org.nestor.protocol.RegisterRef;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;

/** What the adapter adds to QEMU: looking for DMA, reset to power-on, and leaving no traces of its own. */
@RequiresQemu
@TestInstance(Lifecycle.PER_CLASS)
class QemuImplementationTests {
    private static final long SID = 0x10;
    private static final long PAGE = 0x4080_0000L;
    private static final long COMMANDS = 0x4020_0000L;
    private static final long EVENTS = 0x4030_0000L;
    private static final long LAST_PAGE = 0x4fff_f000L;
    private static final int MEGABYTE = 1 << 20;
    private static final String NO_OPERATION = "30000000000000000000000000000000";

    private final QemuImplementation qemu = new QemuLauncher(QemuLocator.find(), Duration.ofSeconds(30)).start();

    @AfterAll
    void end() {
        qemu.close();
    }

    @BeforeEach
    void reset() {
        done(new Request.Reset(Map.of()));
    }

    private void done(Request request) {
        assertEquals(new Reply.Done(), qemu.send(request));
    }

    private void reg(String name, long value) {
        done(new Request.RegWrite(new RegisterRef.Named(name), value));
    }

    private long reg(String name) {
        return ((Reply.Value) qemu.send(new Request.RegRead(new RegisterRef.Named(name)))).value();
    }

    private void mem(long address, String hex) {
        done(new Request.MemWrite(address, ByteStrings.ofHex(hex), Request.MemWrite.Form.DATA));
    }

    private String mem(long address, int length) {
        return ((Reply.Data) qemu.send(new Request.MemRead(address, length)))
                .data()
                .toString();
    }

    private static Request.Dma dma(long iova, Access access, int len, Optional<Bytes> data, Long... probe) {
        return new Request.Dma(
                SID, iova, access, Optional.empty(), len, data, false, false, Ats.UNTRANSLATED, List.of(probe));
    }

    private Reply.Dma write(long iova, String data, Long... probe) {
        Bytes bytes = ByteStrings.ofHex(data);
        return (Reply.Dma) qemu.send(dma(iova, Access.WRITE, bytes.length(), Optional.of(bytes), probe));
    }

    private Reply.Dma read(long iova, int length, Long... probe) {
        return (Reply.Dma) qemu.send(dma(iova, Access.READ, length, Optional.empty(), probe));
    }

    private List<String> events() {
        return ((Reply.Events) qemu.send(new Request.Events()))
                .events().stream().map(Bytes::toString).toList();
    }

    private void passEverything() {
        reg("GBPA", 0x8000_0000L);
    }

    private void abortEverything() {
        reg("GBPA", 0x8010_0000L);
    }

    private void queues() {
        reg("CMDQ_BASE", COMMANDS | 8);
        reg("EVENTQ_BASE", EVENTS | 2);
        reg("CR0", 0xc);
    }

    /** SMMUEN = 1 with a stream table of one STE, which makes StreamID 0x10 C_BAD_STREAMID. */
    private void translation() {
        queues();
        reg("STRTAB_BASE", 0x4010_0000L);
        reg("CR0", 0xd);
    }

    @Test
    void aWriteIsFoundAtTheAddressItWentTo() {
        passEverything();
        assertEquals(
                Optional.of(PAGE + 8),
                write(PAGE + 8, "01020304", PAGE, PAGE + 8).pa());
        assertEquals("01020304", mem(PAGE + 8, 4));
        assertEquals("00000000", mem(PAGE, 4));
    }

    @Test
    void aWriteOfWhatWasThereIsFoundAsWell() {
        passEverything();
        mem(PAGE, "0102030401020304");
        assertEquals(
                Optional.of(PAGE + 4),
                write(PAGE + 4, "01020304", PAGE, PAGE + 4).pa());
        assertEquals("0102030401020304", mem(PAGE, 8));
    }

    @Test
    void aWriteThatWentElsewhereIsUnseenAndLeavesTheProbesAlone() {
        passEverything();
        mem(PAGE, "01020304");
        assertEquals(Reply.Dma.of(DmaResult.UNSEEN), write(PAGE + 64, "01020304", PAGE, 0L));
        assertEquals("01020304", mem(PAGE, 4));
    }

    @Test
    void theDataOfAWriteIsPickedAndToldWhenTheRequestLeavesItOpen() {
        passEverything();
        Reply.Dma first = (Reply.Dma) qemu.send(dma(PAGE, Access.WRITE, 6, Optional.empty(), PAGE));
        Reply.Dma second = (Reply.Dma) qemu.send(dma(PAGE, Access.WRITE, 6, Optional.empty(), PAGE));
        assertEquals("0000edfe0000", first.data().orElseThrow().toString());
        assertEquals("0100edfe0100", second.data().orElseThrow().toString());
        assertEquals("0100edfe0100", mem(PAGE, 6));
    }

    @Test
    void aReadDeliversItsDataAndTheProbeThatAloneHoldsIt() {
        passEverything();
        mem(PAGE, "0a0b0c0d");
        mem(PAGE + 16, "0a0b0c0d");
        assertEquals(Optional.of(PAGE), read(PAGE, 4, PAGE, PAGE + 8).pa());
        Reply.Dma twice = read(PAGE, 4, PAGE, PAGE + 16);
        assertEquals(Optional.empty(), twice.pa());
        assertEquals("0a0b0c0d", twice.data().orElseThrow().toString());
    }

    @Test
    void aReadOfZerosIsUnseen() {
        passEverything();
        assertEquals(Reply.Dma.of(DmaResult.UNSEEN), read(PAGE, 4, PAGE));
    }

    @Test
    void aWholePageIsWrittenAndRead() {
        passEverything();
        String page = "00112233445566778899aabbccddeeff".repeat(256);
        assertEquals(Optional.of(PAGE), write(PAGE, page, PAGE).pa());
        assertEquals(page, read(PAGE, 4096, PAGE).data().orElseThrow().toString());
        assertEquals(
                Optional.of(PAGE + 4096), write(PAGE + 4096, page, PAGE + 4096).pa());
    }

    @Test
    void lookingAtWhatAReadDeliveredChangesNoRegisterAndNoMemory() {
        mem(LAST_PAGE, "5a".repeat(4096));
        mem(PAGE, "01020304");
        queues();
        abortEverything();
        List<Long> before = registers();
        assertEquals(DmaResult.UNSEEN, read(PAGE, 4096).result());
        assertEquals(DmaResult.UNSEEN, write(PAGE, "ffffffff", PAGE).result());
        assertEquals(before, registers());
        assertEquals("5a".repeat(4096), mem(LAST_PAGE, 4096));
        assertEquals("01020304", mem(PAGE, 4));
    }

    private List<Long> registers() {
        return LongStream.of(0x20, 0x24, 0x28, 0x2c, 0x44, 0x50, 0x60, 0x64, 0x98, 0x9c, 0x100a8, 0x100ac)
                .mapToObj(offset -> qemu.send(new Request.RegRead(new RegisterRef.Offset(offset, 4))))
                .map(reply -> ((Reply.Value) reply).value())
                .toList();
    }

    @Test
    void lookingAtWhatAReadDeliveredConsumesNoCommandsThatWait() {
        translation();
        mem(COMMANDS, NO_OPERATION.repeat(2));
        reg("CMDQ_PROD", 2);
        reg("CMDQ_CONS", 1);
        read(PAGE, 4);
        assertEquals(1, reg("CMDQ_CONS"));
        reg("CR0", 0xd);
        assertEquals(2, reg("CMDQ_CONS"), "they did wait");
    }

    @Test
    void eachPartOfARejectedTransferIsOneEvent() {
        translation();
        write(0x1000, "0102030405060708");
        List<String> events = events();
        assertEquals(2, events.size());
        assertTrue(events.get(0).startsWith("0200000010000000"), events::toString);
        assertEquals(List.of(), events());
    }

    /** QEMU loses records without OVFLG, so the test sets it. */
    @Test
    void anOverflowOfTheEventQueueIsToldAndAcknowledged() {
        queues();
        mem(EVENTS + 32, "02".repeat(32));
        reg("EVENTQ_CONS", 1);
        reg("EVENTQ_PROD", 0x8000_0002L);
        Reply.Events events = (Reply.Events) qemu.send(new Request.Events());
        assertEquals(new Reply.Events(List.of(ByteStrings.ofHex("02".repeat(32))), true), events);
        assertEquals(0x8000_0002L, reg("EVENTQ_CONS"));
        assertEquals(new Reply.Events(List.of(), false), qemu.send(new Request.Events()));
    }

    @Test
    void interruptsAreToldOnceByName() {
        reg("IRQ_CTRL", 5);
        translation();
        write(0x1000, "01020304");
        assertEquals(new Reply.Irqs(List.of(Interrupt.EVENTQ)), qemu.send(new Request.Irqs()));
        mem(COMMANDS, "46100000000000000000000000000000" + "ff".repeat(16));
        reg("CMDQ_PROD", 2);
        assertEquals(new Reply.Irqs(List.of(Interrupt.CMDQ_SYNC, Interrupt.GERROR)), qemu.send(new Request.Irqs()));
        assertEquals(new Reply.Irqs(List.of()), qemu.send(new Request.Irqs()));
    }

    @Test
    void aResetIsPowerOn() {
        List<Long> before = registers();
        translation();
        reg("CR0", 0);
        reg("CR1", 0xd75);
        reg("CR2", 7);
        reg("STRTAB_BASE", 0x4010_0000L);
        reg("STRTAB_BASE_CFG", 0x1_0189);
        passEverything();
        write(PAGE, "01020304");
        mem(LAST_PAGE, "ff");
        reset();
        assertEquals(before, registers());
        assertEquals(0, reg("STRTAB_BASE"));
        assertEquals(0, reg("STRTAB_BASE_CFG"));
        assertEquals("00".repeat(4), mem(PAGE, 4));
        assertEquals("00", mem(LAST_PAGE, 1));
        for (int chunk = 0; chunk < 8; chunk++) {
            assertEquals("00".repeat(MEGABYTE / 8), mem(0x4000_0000L + (long) chunk * MEGABYTE / 8, MEGABYTE / 8));
        }
    }

    @Test
    void aWriteToMemoryWaitsForTheCommandsBeforeIt() {
        queues();
        for (int i = 0; i < 100; i++) {
            mem(COMMANDS + 16L * i, NO_OPERATION);
            reg("CMDQ_PROD", i + 1);
            mem(COMMANDS + 16L * i, "ff".repeat(16));
        }
        assertEquals(0, reg("GERROR"));
        assertEquals(100, reg("CMDQ_CONS"));
    }

    @Test
    void longAndShortWritesToMemoryKeepTheirOrder() {
        reg("CR1", 1);
        mem(PAGE, "11".repeat(512));
        mem(PAGE, "22".repeat(513));
        reg("CR1", 2);
        mem(PAGE + 1, "33");
        mem(PAGE + 2, "44".repeat(1000));
        assertEquals("2233" + "44".repeat(1000) + "00", mem(PAGE, 1003));
    }

    private ErrorCode refusal(Request request) {
        return assertInstanceOf(Reply.Failure.class, qemu.send(request)).code();
    }

    private static Request.Dma special(long sid, Optional<Integer> ssid, int len, boolean privileged, Ats ats) {
        return new Request.Dma(sid, 0, Access.READ, ssid, len, Optional.empty(), privileged, false, ats, List.of());
    }

    @Test
    void whatTheDevicesCannotDoIsUnsupported() {
        Optional<Integer> none = Optional.empty();
        List<Request> beyond = List.of(
                special(0x18, none, 4, false, Ats.UNTRANSLATED),
                special(SID, Optional.of(1), 4, false, Ats.UNTRANSLATED),
                special(SID, none, 4097, false, Ats.UNTRANSLATED),
                special(SID, none, 4, true, Ats.UNTRANSLATED),
                special(SID, none, 4, false, Ats.REQUEST),
                special(SID, none, 4, false, Ats.TRANSLATED),
                new Request.PageRequest(SID, 0, List.of(), none, false, 0, true),
                new Request.Reset(Map.of("IDR0", 0L)));
        beyond.forEach(request -> assertEquals(ErrorCode.UNSUPPORTED, refusal(request), request::toString));
    }

    @Test
    void whatMakesNoSenseIsABadRequest() {
        List<Request> senseless = List.of(
                new Request.MemRead(0x3fff_ffffL, 2),
                new Request.MemRead(0x4fff_ffffL, 2),
                new Request.RegRead(new RegisterRef.Named("NONE")),
                new Request.RegRead(new RegisterRef.Offset(0x2_0000, 4)),
                new Request.RegWrite(new RegisterRef.Named("CR0"), 1L << 32));
        senseless.forEach(request -> assertEquals(ErrorCode.BAD_REQUEST, refusal(request), request::toString));
    }
}
