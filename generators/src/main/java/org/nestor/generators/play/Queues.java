package org.nestor.generators.play;

import org.nestor.generators.scenario.Setup.MachinePlan;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.PriQueueEntry;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Register;
import org.nestor.tables.BumpAllocator;

/** The three queues: where they are and how large, as software set them up last. */
final class Queues {
    /** Number of a queue. */
    static final int COMMAND = 0;

    static final int EVENT = 1;
    static final int PRI = 2;

    private static final int LOG2_PLAIN = 6;
    private static final int FORMS = 8;
    private static final int[] BYTES = {CommandRecord.BYTES, EventRecord.BYTES, PriQueueEntry.BYTES};
    private static final Register[] BASES = {Register.CMDQ_BASE, Register.EVENTQ_BASE, Register.PRIQ_BASE};
    private static final Register[] PRODS = {Register.CMDQ_PROD, Register.EVENTQ_PROD, Register.PRIQ_PROD};
    private static final Register[] CONSS = {Register.CMDQ_CONS, Register.EVENTQ_CONS, Register.PRIQ_CONS};

    private final long[] addresses = new long[BYTES.length];
    private final int[] log2Sizes = new int[BYTES.length];
    private final int[] largest;

    /** Takes memory for queues of 64 entries, so that smaller ones fit as well. */
    Queues(IdRegisters ids, MachinePlan plan, BumpAllocator host) {
        this.largest = new int[] {ids.cmdqs(), ids.eventqs(), ids.priqs()};
        int[] sizes = {plan.commandQueue(), plan.eventQueue(), plan.priQueue()};
        for (int queue = 0; queue < BYTES.length; queue++) {
            long bytes = (long) BYTES[queue] << LOG2_PLAIN;
            addresses[queue] = host.allocate(bytes, bytes);
            log2Sizes[queue] = log2Size(queue, sizes[queue]);
        }
    }

    /** log2 of the entries: 0 stands for the plain size, 1 to 4 for 0 to 3, others for sizes between. */
    int log2Size(int queue, int choice) {
        int form = choice % FORMS;
        int wanted = form == 0 ? LOG2_PLAIN : form - 1;
        return Math.min(wanted, Math.min(largest[queue], LOG2_PLAIN));
    }

    void resize(int queue, int log2Size) {
        log2Sizes[queue] = log2Size;
    }

    int log2Size(int queue) {
        return log2Sizes[queue];
    }

    int entries(int queue) {
        return 1 << log2Sizes[queue];
    }

    int entryBytes(int queue) {
        return BYTES[queue];
    }

    /** Physical address of the entry at a position, wrap bit and all. */
    long entry(int queue, int position) {
        return addresses[queue] + (long) BYTES[queue] * (position & entries(queue) - 1);
    }

    /** What the BASE register is to hold. */
    long base(int queue) {
        return addresses[queue] | log2Sizes[queue];
    }

    static Register baseRegister(int queue) {
        return BASES[queue];
    }

    static Register prod(int queue) {
        return PRODS[queue];
    }

    static Register cons(int queue) {
        return CONSS[queue];
    }
}
