package org.nestor.oracle;

import java.util.ArrayList;
import java.util.List;
import org.nestor.memory.Bytes;
import org.nestor.memory.ExternalAbort;
import org.nestor.protocol.Limits;
import org.nestor.protocol.Reply;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.queue.QueueArithmetic;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterLayouts;

/** Takes the records off the event queue as software does: by its registers and memory alone. */
public final class EventQueueSoftware {
    private static final Field LOG2SIZE = RegisterLayouts.OUTPUT_QUEUE_BASE.field("LOG2SIZE");
    private static final Field ADDR = RegisterLayouts.OUTPUT_QUEUE_BASE.field("ADDR");
    private static final Field OVFLG = RegisterLayouts.OUTPUT_QUEUE_PROD.field("OVFLG");
    private static final Field OVACKFLG = RegisterLayouts.OUTPUT_QUEUE_CONS.field("OVACKFLG");

    private static final List<Register> QUEUE =
            List.of(Register.EVENTQ_PROD, Register.EVENTQ_CONS, Register.EVENTQ_BASE);

    private final SoftwareView smmu;
    private final int maximum;
    private final QueueArithmetic arithmetic = new QueueArithmetic();

    /**
     * @param smmu the SMMU
     * @param maximum IDR1.EVENTQS, the log2 of the most entries that the queue can have
     */
    public EventQueueSoftware(SoftwareView smmu, int maximum) {
        this.smmu = smmu;
        this.maximum = maximum;
    }

    /** The records between EVENTQ_CONS and EVENTQ_PROD; afterwards the two are equal, overflow flag included. */
    public Reply take() {
        List<Long> registers = smmu.read(QUEUE);
        long prod = registers.get(0);
        long cons = registers.get(1);
        List<Bytes> records;
        try {
            records = records(registers.get(2), (int) prod, (int) cons);
        } catch (ExternalAbort abort) {
            String message = "expected the event queue within memory, found 0x" + Long.toHexString(abort.address());
            return new Objection("op", message).reply();
        }
        smmu.write(Register.EVENTQ_CONS, prod);
        return new Reply.Events(records, OVFLG.isSet(prod) != OVACKFLG.isSet(cons));
    }

    private List<Bytes> records(long queue, int prod, int cons) {
        int log2Size = arithmetic.log2Size((int) LOG2SIZE.extract(queue), maximum);
        long base = arithmetic.baseAddress(ADDR.inPlace(queue), log2Size, Limits.EVENT_BYTES);
        // Registers that contradict each other leave only the distance of the indexes.
        int filled = arithmetic.filled(prod, cons, log2Size);
        int count = filled > 1 << log2Size ? filled - (1 << log2Size) : filled;
        List<Bytes> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long address = arithmetic.entryAddress(base, cons + i, log2Size, Limits.EVENT_BYTES);
            records.add(Bytes.of(smmu.memory(address, Limits.EVENT_BYTES)));
        }
        return records;
    }
}
