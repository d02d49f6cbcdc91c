package org.nestor.smmu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.transaction.AtsKind;
import org.nestor.smmu.transaction.MemoryAttributes;
import org.nestor.smmu.transaction.OutputAccess;
import org.nestor.smmu.transaction.Shareability;
import org.nestor.smmu.transaction.Transaction;

class GlobalBypassTests {
    private static final long UPDATE = 0x8000_0000L;
    private static final long ABORT = 0x10_0000;

    private final Rig rig = new Rig().enable(Rig.EVENTQEN);

    private OutputAttributes attributes(Transaction transaction) {
        DmaResult.Ok ok = assertInstanceOf(DmaResult.Ok.class, rig.smmu.dma(transaction, new byte[0], 4));
        return ok.attributes();
    }

    @Test
    @Rule("A-GBP-01")
    void abortBitAbortsEveryTransactionSilently() {
        rig.smmu.write(Register.GBPA, UPDATE | ABORT);
        assertEquals(new DmaResult.Abort(), rig.read(1, 0x5000));
        assertEquals(new DmaResult.Abort(), rig.write(1, 0x5000, 1));
        assertEquals(0, rig.memory.read64(0x5000));
        assertEquals(List.of(), rig.events());
    }

    @Test
    @Rule("A-GBP-02")
    @Rule("A-GBP-03")
    void addressPassesUnchangedWhateverTheStream() {
        rig.memory.write64(0x5678, 0x0102_0304);
        Transaction transaction = Transaction.read(-1, 0x5678).withSubstream(0xF_FFFF);
        DmaResult.Ok ok = assertInstanceOf(DmaResult.Ok.class, rig.smmu.dma(transaction, new byte[0], 4));
        assertEquals(0x5678, ok.physicalAddress());
        assertEquals("04030201", ok.data().toString());
        assertEquals(List.of(), rig.events());
    }

    @Test
    @Rule("A-GBP-04")
    void attributesAreIncomingAtReset() {
        Transaction transaction = Transaction.read(1, 0x5000).withPrivilege(true, true);
        assertEquals(
                new OutputAttributes(MemoryAttributes.WRITE_BACK, new OutputAccess(true, true)),
                attributes(transaction));
    }

    /** MTCFG with MemAttr = iWT-oWB, SHCFG = NSH, PRIVCFG = privileged, INSTCFG = instruction. */
    @Test
    @Rule("A-GBP-04")
    void attributesAreOverridden() {
        rig.smmu.write(Register.GBPA, UPDATE | 0b1110 | 1 << 4 | 3 << 16 | 3 << 18);
        assertEquals(
                new OutputAttributes(
                        new MemoryAttributes(0b1110, Shareability.NON_SHAREABLE), new OutputAccess(true, true)),
                attributes(Transaction.read(1, 0x5000)));
    }

    @Test
    @Rule("A-GBP-05")
    void addressBeyondTheOutputSizeAbortsSilently() {
        assertEquals(new DmaResult.Abort(), rig.read(1, 1L << 48));
        assertEquals(new DmaResult.Abort(), rig.read(1, 1L << 63));
        assertEquals(List.of(), rig.events());
    }

    @Test
    @Rule("A-GBP-10")
    void bypassAttributesDoNotMatterWhileTheSmmuIsEnabled() {
        rig.enable(Rig.SMMUEN);
        rig.smmu.write(Register.GBPA, UPDATE | ABORT);
        assertInstanceOf(DmaResult.Ok.class, rig.read(1, 0x5000));
        rig.enable(0);
        assertEquals(new DmaResult.Abort(), rig.read(1, 0x5000));
    }

    @Test
    @Rule("A-GBP-11")
    void translationRequestIsUnsupportedAndRecorded() {
        Transaction request = Transaction.read(7, 0x5000).withAts(AtsKind.TRANSLATION_REQUEST);
        assertEquals(new DmaResult.AtsFailed(true), rig.smmu.dma(request, new byte[0], 0));
        EventRecord event = rig.events().get(0);
        assertEquals(0x05, event.code());
        assertEquals(7, event.streamId());
        assertEquals(0x5000, event.dw2());
    }

    @Test
    @Rule("A-GBP-11")
    void translatedTransactionIsForbiddenAndRecorded() {
        Transaction translated = Transaction.read(7, 0x5008).withAts(AtsKind.TRANSLATED);
        assertEquals(new DmaResult.Abort(), rig.smmu.dma(translated, new byte[0], 4));
        assertEquals(List.of(new EventRecord(0x7L | 7L << 32, 1L << 35, 0x5008, 0)), rig.events());
    }
}
