package org.nestor.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nestor.memory.MemoryRegion;
import org.nestor.protocol.Access;
import org.nestor.protocol.Ats;
import org.nestor.protocol.ByteStrings;
import org.nestor.protocol.DmaResult;
import org.nestor.protocol.RegisterRef;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.smmu.register.Profile;

/** Below RAM are devices: what they hold nobody knows, and not all of their window may answer. */
class DeviceWindowTests {
    private static final int STREAM = 0x10;
    private static final long STREAMS = 0x4010_0000L;
    private static final long STE = STREAMS + 64 * STREAM;
    private static final long IN_DEVICE = 0x80_A000L;
    private static final long BYPASS = 9;
    private static final long STAGE_1 = 0xB;

    private final Judge judge = Judge.of(new Platform(
            Profile.QEMU.idRegisters(),
            List.of(new MemoryRegion(0, 0x4000_0000L, true), MemoryRegion.ram(0x4000_0000L, 0x1000_0000L)),
            Set.of(),
            Set.of()));

    private Verdict write(String register, long value) {
        return judge.judge(new Request.RegWrite(new RegisterRef.Named(register), value), new Reply.Done());
    }

    private void enable(long ste) {
        judge.judge(
                new Request.MemWrite(STE, ByteStrings.littleEndian(ste, 8), Request.MemWrite.Form.VALUE),
                new Reply.Done());
        write("STRTAB_BASE", STREAMS);
        write("STRTAB_BASE_CFG", 6);
        write("CR0", 1);
        judge.judge(Session.reading("CR0ACK"), new Reply.Value(1));
    }

    private Verdict read(long iova, DmaResult result, Optional<String> data) {
        Reply.Dma reply = new Reply.Dma(
                result,
                Optional.empty(),
                data.map(ByteStrings::ofHex),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return judge.judge(
                new Request.Dma(
                        STREAM,
                        iova,
                        Access.READ,
                        Optional.empty(),
                        4,
                        Optional.empty(),
                        false,
                        false,
                        Ats.UNTRANSLATED,
                        new ArrayList<>()),
                reply);
    }

    @Test
    void aReadFromADeviceMayDeliverAnything() {
        enable(BYPASS);
        assertEquals(Verdict.CONFORMS, read(IN_DEVICE, DmaResult.OK, Optional.of("12345678")));
    }

    @Test
    void aReadFromADeviceMayAbort() {
        enable(BYPASS);
        assertEquals(Verdict.CONFORMS, read(IN_DEVICE, DmaResult.ABORT, Optional.empty()));
    }

    @Test
    void aReadFromWhereNothingIsMayOnlyAbort() {
        enable(BYPASS);
        assertInstanceOf(Verdict.Diverges.class, read(0x8000_0000L, DmaResult.OK, Optional.of("12345678")));
    }

    @Test
    void aCdInADeviceMayBeAnything() {
        enable(STAGE_1 | IN_DEVICE);
        assertInstanceOf(Verdict.Indeterminate.class, read(0x4000_0000L, DmaResult.OK, Optional.of("12345678")));
    }

    @Test
    void aCdWhereNothingIsAborts() {
        enable(STAGE_1 | 0x8000_0000L);
        assertInstanceOf(Verdict.Diverges.class, read(0x4000_0000L, DmaResult.OK, Optional.of("12345678")));
    }

    @Test
    void anAbortBeyondTheAddressesDoesNotTellOfGbpa() {
        assertEquals(Verdict.CONFORMS, read(1L << 50, DmaResult.UNSEEN, Optional.empty()));
        assertEquals(Verdict.CONFORMS, read(0x4000_0000L, DmaResult.UNSEEN, Optional.empty()));
        judge.judge(
                new Request.MemWrite(0x4000_0000L, ByteStrings.littleEndian(-1, 8), Request.MemWrite.Form.VALUE),
                new Reply.Done());
        assertEquals(Verdict.CONFORMS, read(0x4000_0000L, DmaResult.OK, Optional.of("ffffffff")));
    }

    /** The first page is memory, and after it there is nothing. */
    @Test
    void aReadWithoutStatusMayDeliverOnePageOfTwo() {
        enable(BYPASS);
        long last = 0x5000_0000L - 2;
        judge.judge(
                new Request.MemWrite(last, ByteStrings.ofHex("1234"), Request.MemWrite.Form.DATA), new Reply.Done());
        assertEquals(Verdict.CONFORMS, read(last, DmaResult.OK, Optional.of("12340000")));
        assertInstanceOf(Verdict.Diverges.class, read(last, DmaResult.OK, Optional.of("12345678")));
    }
}
