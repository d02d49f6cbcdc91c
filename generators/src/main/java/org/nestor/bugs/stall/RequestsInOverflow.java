package org.nestor.bugs.stall;

import org.nestor.smmu.queue.PriQueue;
import org.nestor.smmu.queue.QueueContext;
import org.nestor.smmu.register.IdRegisters;

/** Queues page requests while an overflow is not acknowledged. */
public final class RequestsInOverflow extends PriQueue {

    public RequestsInOverflow(QueueContext context, IdRegisters ids) {
        super(context, ids);
    }

    @Override
    protected boolean blockedByOverflow() {
        return false;
    }
}
