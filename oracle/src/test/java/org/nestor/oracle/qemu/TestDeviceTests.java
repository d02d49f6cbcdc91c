package org.nestor.oracle.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.nestor.protocol.RegisterRef;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;

/** The iommu-testdev of QEMU 11; QEMU 10 has none. */
@RequiresQemu
@TestInstance(Lifecycle.PER_CLASS)
class TestDeviceTests {
    private static final long SID = 0x30;
    private static final long PAGE = 0x4080_0000L;

    private final QemuImplementation qemu = new QemuLauncher(QemuLocator.find(), Duration.ofSeconds(30)).start();

    @AfterAll
    void end() {
        qemu.close();
    }

    @BeforeEach
    void requireTheDevice() {
        Reply.Introduction hello = (Reply.Introduction) qemu.send(new Request.Hello());
        assumeTrue(hello.sids().contains(SID), "QEMU " + hello.version() + " has no iommu-testdev");
        assertEquals(new Reply.Done(), qemu.send(new Request.Reset(Map.of())));
    }

    private void gbpa(long value) {
        qemu.send(new Request.RegWrite(new RegisterRef.Named("GBPA"), value));
    }

    private Reply dma(Access access, Optional<Bytes> data, Long... probe) {
        return qemu.send(new Request.Dma(
                SID, PAGE, access, Optional.empty(), 6, data, false, false, Ats.UNTRANSLATED, List.of(probe)));
    }

    @Test
    void itWritesItsPatternAndTells() {
        gbpa(0x8000_0000L);
        Reply.Dma dma = (Reply.Dma) dma(Access.WRITE, Optional.empty(), PAGE + 8, PAGE);
        assertEquals(Optional.of(PAGE), dma.pa());
        assertEquals("785634127856", dma.data().orElseThrow().toString());
        assertEquals(new Reply.Data(ByteStrings.ofHex("7856341278560000")), qemu.send(new Request.MemRead(PAGE, 8)));
    }

    @Test
    void aWriteThatLandedWhereNobodyLooksIsStillOk() {
        gbpa(0x8000_0000L);
        Reply.Dma dma = (Reply.Dma) dma(Access.WRITE, Optional.of(ByteStrings.ofHex("785634127856")), PAGE + 8);
        assertEquals(DmaResult.OK, dma.result());
        assertEquals(Optional.empty(), dma.pa());
    }

    @Test
    void aRejectedWriteIsAnAbort() {
        gbpa(0x8010_0000L);
        assertEquals(DmaResult.ABORT, ((Reply.Dma) dma(Access.WRITE, Optional.empty(), PAGE)).result());
    }

    @Test
    void readsAndOtherDataAreUnsupported() {
        List.of(dma(Access.READ, Optional.empty()), dma(Access.WRITE, Optional.of(ByteStrings.ofHex("000000000000"))))
                .forEach(reply -> assertEquals(ErrorCode.UNSUPPORTED, ((Reply.Failure) reply).code()));
    }
}
