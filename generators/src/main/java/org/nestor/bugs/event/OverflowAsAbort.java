package org.nestor.bugs.event;

import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.interrupt.GlobalError;
import org.nestor.smmu.queue.EventMerging;
import org.nestor.smmu.queue.EventQueue;
import org.nestor.smmu.queue.QueueContext;
import org.nestor.smmu.register.Enable;
import org.nestor.smmu.register.IdRegisters;

/** Reports a record that a full queue cannot take as an abort of the queue. */
public final class OverflowAsAbort extends EventQueue {
    private final QueueContext context;

    public OverflowAsAbort(QueueContext context, IdRegisters ids, EventMerging merging) {
        super(context, ids, merging);
        this.context = context;
    }

    @Override
    protected void refuse(EventRecord event) {
        if (full() && !event.stall()) {
            context.interrupts().error(GlobalError.EVENTQ_ABT_ERR);
        } else {
            super.refuse(event);
        }
    }

    /** What is neither disabled nor aborted, and yet refuses, is full. */
    private boolean full() {
        return context.bank().enabled(Enable.EVENTQEN) && !context.errors().active(GlobalError.EVENTQ_ABT_ERR);
    }
}
