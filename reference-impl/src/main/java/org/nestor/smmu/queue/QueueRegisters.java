package org.nestor.smmu.queue;

import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.format.PriQueueEntry;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterBank;
import org.nestor.smmu.register.RegisterLayouts;

/** The BASE, PROD and CONS registers of one queue, read through the index arithmetic. */
public final class QueueRegisters {
    private static final Field LOG2SIZE = RegisterLayouts.CMDQ_BASE.field("LOG2SIZE");
    private static final Field ADDR = RegisterLayouts.CMDQ_BASE.field("ADDR");
    private static final Field WR = RegisterLayouts.CMDQ_PROD.field("WR");
    private static final Field RD = RegisterLayouts.CMDQ_CONS.field("RD");

    private final RegisterBank bank;
    private final QueueArithmetic arithmetic;
    private final Register base;
    private final Register prod;
    private final Register cons;
    private final int maximumLog2Size;
    private final int entryBytes;

    private QueueRegisters(
            QueueContext context, Register base, Register prod, Register cons, int maximumLog2Size, int entryBytes) {
        this.bank = context.bank();
        this.arithmetic = context.arithmetic();
        this.base = base;
        this.prod = prod;
        this.cons = cons;
        this.maximumLog2Size = maximumLog2Size;
        this.entryBytes = entryBytes;
    }

    static QueueRegisters commands(QueueContext context, IdRegisters ids) {
        return new QueueRegisters(
                context, Register.CMDQ_BASE, Register.CMDQ_PROD, Register.CMDQ_CONS, ids.cmdqs(), CommandRecord.BYTES);
    }

    static QueueRegisters events(QueueContext context, IdRegisters ids) {
        return new QueueRegisters(
                context,
                Register.EVENTQ_BASE,
                Register.EVENTQ_PROD,
                Register.EVENTQ_CONS,
                ids.eventqs(),
                EventRecord.BYTES);
    }

    static QueueRegisters pageRequests(QueueContext context, IdRegisters ids) {
        return new QueueRegisters(
                context, Register.PRIQ_BASE, Register.PRIQ_PROD, Register.PRIQ_CONS, ids.priqs(), PriQueueEntry.BYTES);
    }

    private int log2Size() {
        return arithmetic.log2Size((int) bank.get(base, LOG2SIZE), maximumLog2Size);
    }

    private int wr() {
        return (int) bank.get(prod, WR);
    }

    private int rd() {
        return (int) bank.get(cons, RD);
    }

    boolean empty() {
        return arithmetic.empty(wr(), rd(), log2Size());
    }

    boolean full() {
        return arithmetic.full(wr(), rd(), log2Size());
    }

    /** No more entries are published than the queue has. */
    boolean consistent() {
        int log2Size = log2Size();
        return arithmetic.filled(wr(), rd(), log2Size) <= 1 << log2Size;
    }

    /** Address of the entry at RD. */
    long readAddress() {
        return address(rd());
    }

    /** Address of the entry at WR. */
    long writeAddress() {
        return address(wr());
    }

    private long address(int pointer) {
        int log2Size = log2Size();
        long start = arithmetic.baseAddress(ADDR.inPlace(bank.get(base)), log2Size, entryBytes);
        return arithmetic.entryAddress(start, pointer, log2Size, entryBytes);
    }

    void advanceRead() {
        bank.set(cons, RD, arithmetic.increment(rd(), log2Size()));
    }

    void advanceWrite() {
        bank.set(prod, WR, arithmetic.increment(wr(), log2Size()));
    }
}
