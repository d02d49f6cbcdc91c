package org.nestor.smmu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nestor.memory.Bytes;
import org.nestor.memory.PhysicalMemory;
import org.nestor.memory.SparseMemory;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.fault.FaultClass;
import org.nestor.smmu.fault.FaultGovernance;
import org.nestor.smmu.fault.Refusal.Fault;
import org.nestor.smmu.fault.StalledTransactions;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.interrupt.GlobalErrors;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterBank;
import org.nestor.smmu.transaction.AtsKind;
import org.nestor.smmu.transaction.MemoryAttributes;
import org.nestor.smmu.transaction.OutputAccess;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.TranslationOutcome;
import org.nestor.smmu.walk.TranslationOutcome.AtsAnswer;
import org.nestor.smmu.walk.TranslationOutcome.Permission;

class DmaTests {
    private static final long PAGE = 0x6000;
    private static final Transaction REQUEST = Transaction.read(5, PAGE).withAts(AtsKind.TRANSLATION_REQUEST);

    private final Rig rig = new Rig().enable(Rig.ALL);

    private DmaResult request() {
        return rig.smmu.dma(REQUEST, new byte[0], 0);
    }

    @Test
    @Rule("A-PRM-22")
    void eachPageOfADmaIsTranslatedByItself() {
        rig.translation.set(0x6000, FakeTranslation.to(0x9000));
        rig.translation.set(0x7000, FakeTranslation.to(0x8000));
        rig.write(5, 0x6FFE, 1, 2, 3, 4);
        assertEquals(0x0201L << 48, rig.memory.read64(0x9FF8));
        assertEquals(0x0403, rig.memory.read64(0x8000));
        assertEquals(
                List.of(0x6FFEL, 0x7000L),
                rig.translation.transactions.stream().map(Transaction::address).toList());
    }

    @Test
    void longDmaIsSplitAtEveryPage() {
        byte[] data = new byte[3 * 4096];
        data[4096] = 7;
        rig.smmu.dma(Transaction.write(5, 0x6800), data, data.length);
        assertEquals(4, rig.translation.transactions.size());
        assertEquals(7, rig.memory.read64(0x7800));
    }

    @Test
    void outputAttributesAreThoseOfTheTranslationAndTheStream() {
        DmaResult result = rig.smmu.dma(Transaction.read(5, PAGE).withPrivilege(true, false), new byte[0], 1);
        assertEquals(
                new DmaResult.Ok(
                        PAGE,
                        Bytes.of(new byte[1]),
                        new OutputAttributes(MemoryAttributes.WRITE_BACK, new OutputAccess(true, false))),
                result);
    }

    @Test
    void argumentsMustFitTheAccess() {
        Transaction read = Transaction.read(5, PAGE);
        Transaction write = Transaction.write(5, PAGE);
        assertThrows(IllegalArgumentException.class, () -> rig.smmu.dma(read, new byte[0], 0));
        assertThrows(IllegalArgumentException.class, () -> rig.smmu.dma(read, new byte[4], 4));
        assertThrows(IllegalArgumentException.class, () -> rig.smmu.dma(write, new byte[3], 4));
    }

    @Test
    void registerAccessMustLieWithinThePages() {
        assertThrows(IllegalArgumentException.class, () -> rig.smmu.readRegister(0x20000, 4));
        assertThrows(IllegalArgumentException.class, () -> rig.smmu.readRegister(-4, 4));
        assertThrows(IllegalArgumentException.class, () -> rig.smmu.writeRegister(0x1FFFC, 8, 0));
        assertThrows(IllegalArgumentException.class, () -> rig.smmu.readRegister(0, 3));
        assertEquals(0, rig.smmu.readRegister(0x1FFFC, 4));
    }

    @Test
    void translationAloneNeitherRecordsNorStalls() {
        rig.translation.set(0x7000, FakeTranslation.to(0x9000));
        assertEquals(FakeTranslation.to(0x9000), rig.smmu.translate(Transaction.read(5, 0x7040)));
        rig.stallAt(PAGE);
        assertInstanceOf(TranslationOutcome.Refused.class, rig.smmu.translate(Transaction.read(5, PAGE)));
        assertEquals(List.of(), rig.events());
        rig.enable(Rig.EVENTQEN);
        assertEquals(List.of(), rig.smmu.step());
    }

    @Test
    void translationRequestReturnsWhatTheTranslatorAnswers() {
        Set<Permission> permissions = Set.of(Permission.READ);
        rig.translation.set(PAGE, new AtsAnswer.Completed(FakeTranslation.to(0x9000), permissions));
        assertEquals(new DmaResult.AtsCompleted(FakeTranslation.to(0x9000), permissions), request());
    }

    @Test
    @Rule("A-STL-17")
    void failedTranslationRequestIsRecordedOnlyIfTheTranslatorSaysSo() {
        Fault walk = Fault.fetch(EventType.F_WALK_EABT, 0x9000, Rig.ANY_RULE);
        rig.translation.set(PAGE, new AtsAnswer.Failed(false, walk, false));
        assertEquals(new DmaResult.AtsFailed(false), request());
        assertEquals(List.of(), rig.events());
        rig.translation.set(PAGE, new AtsAnswer.Failed(false, walk, true));
        request();
        assertEquals(List.of(new EventRecord(0x0B | 5L << 32, 1L << 35 | 2L << 40, PAGE, 0x9000)), rig.events());
    }

    @Test
    @Rule("A-FLT-02")
    void unsupportedTransactionWouldBeRecordedAsSuchAlsoWhileDisabled() {
        PhysicalMemory memory = SparseMemory.ram(0, 0x10_0000);
        Smmu smmu = new Smmu(Rig.FULL, memory, new RefusingParts(), RuleLog.NONE);
        smmu.write(Register.EVENTQ_BASE, 0x1000 | 2);
        smmu.write(Register.CR0, Rig.EVENTQEN);
        assertEquals(
                new DmaResult.Abort(), smmu.dma(Transaction.read(5, PAGE).withPrivilege(true, true), new byte[0], 4));
        assertEquals(
                new EventRecord(0x01 | 5L << 32, 7L << 33, PAGE, 0), EventRecord.fromBytes(memory.read(0x1000, 32)));
    }

    /** A replaced part: every transaction is one that the SMMU does not support. */
    private static final class RefusingParts extends SmmuParts {
        RefusingParts() {
            super((ids, memory, rules) -> {
                FakeTranslation translation = new FakeTranslation();
                return new TranslationUnit(translation, translation);
            });
        }

        @Override
        protected DmaEngine dmaEngine(
                TranslationPath path,
                PhysicalMemory memory,
                FaultHandling faults,
                StalledTransactions<Dma> stalls,
                GlobalErrors errors,
                RuleLog rules) {
            return new DmaEngine(path, memory, faults, stalls, errors, rules) {
                @Override
                protected boolean unsupported(Transaction transaction) {
                    return true;
                }
            };
        }
    }

    @Test
    @Rule("A-GER-08")
    void serviceFailureModeIsNeverEntered() {
        assertEquals(false, new GlobalErrors(new RegisterBank(), RuleLog.NONE).serviceFailure());
    }

    @Test
    @Rule("A-GER-08")
    void serviceFailureModeWouldAbortEveryAccessWithoutTranslatingIt() {
        FakeTranslation translation = new FakeTranslation();
        PhysicalMemory memory = SparseMemory.ram(0, 0x10_0000);
        Smmu failing = new Smmu(Rig.FULL, memory, new FailingParts(translation), RuleLog.NONE);
        failing.write(Register.CR0, Rig.SMMUEN);
        assertEquals(new DmaResult.Abort(), failing.dma(Transaction.write(5, PAGE), new byte[] {1, 2, 3, 4}, 4));
        assertEquals(0, memory.read64(PAGE));
        assertEquals(List.of(), translation.transactions);
    }

    /** A replaced part: the SMMU is in service failure mode. */
    private static final class FailingParts extends SmmuParts {
        FailingParts(FakeTranslation translation) {
            super((ids, memory, rules) -> new TranslationUnit(translation, translation));
        }

        @Override
        protected GlobalErrors globalErrors(RegisterBank bank, RuleLog rules) {
            return new GlobalErrors(bank, rules) {
                @Override
                public boolean serviceFailure() {
                    return true;
                }
            };
        }
    }

    @Test
    @Rule("A-TRM-02")
    void stage2FaultWithoutRecordAbortsSilently() {
        rig.translation.set(
                PAGE,
                FakeTranslation.refused(
                        Fault.stage2(EventType.F_TRANSLATION, FaultClass.IN, PAGE, Rig.ANY_RULE),
                        new FaultGovernance(false, false, true)));
        assertInstanceOf(DmaResult.Abort.class, rig.read(5, PAGE));
        assertEquals(List.of(), rig.events());
    }
}
