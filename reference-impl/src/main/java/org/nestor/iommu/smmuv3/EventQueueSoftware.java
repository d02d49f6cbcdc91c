package org.nestor.iommu.smmuv3;

import java.util.ArrayList;
import java.util.List;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.register.Register;

/** The driver's side of the event queue. */
final class EventQueueSoftware {
    private static final int LOG2_ENTRIES = 7;
    private static final int ENTRIES = 1 << LOG2_ENTRIES;
    private static final int POSITIONS = 2 * ENTRIES;
    private static final long OVERFLOW = 1L << 31;

    private final SmmuPort port;
    private long base;

    EventQueueSoftware(SmmuPort port) {
        this.port = port;
    }

    static int order() {
        return LOG2_ENTRIES + 5;
    }

    void start(long address) {
        base = address;
        port.write(Register.EVENTQ_BASE, address | LOG2_ENTRIES);
        port.write(Register.EVENTQ_PROD, 0);
        port.write(Register.EVENTQ_CONS, 0);
    }

    /** The records between CONS and PROD, which are then equal, overflow flag included. */
    List<EventRecord> take() {
        long prod = port.read(Register.EVENTQ_PROD);
        long cons = port.read(Register.EVENTQ_CONS);
        if (prod == cons) {
            return List.of();
        }
        List<EventRecord> records = new ArrayList<>();
        for (long at = cons % POSITIONS; at != (prod & ~OVERFLOW) % POSITIONS; at = (at + 1) % POSITIONS) {
            long entry = base + EventRecord.BYTES * (at % ENTRIES);
            records.add(new EventRecord(
                    port.memory().read64(entry),
                    port.memory().read64(entry + 8),
                    port.memory().read64(entry + 16),
                    port.memory().read64(entry + 24)));
        }
        port.write(Register.EVENTQ_CONS, prod);
        return records;
    }
}
