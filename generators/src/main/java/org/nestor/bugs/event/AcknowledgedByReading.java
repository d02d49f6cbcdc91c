package org.nestor.bugs.event;

import org.nestor.smmu.queue.Overflow;
import org.nestor.smmu.queue.QueueContext;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterBank;

/** Takes an overflow as acknowledged once EVENTQ_CONS has changed at all, whatever OVACKFLG was written. */
public final class AcknowledgedByReading extends Overflow {
    private final RegisterBank bank;
    private long consumedAtReport = -1;

    public AcknowledgedByReading(QueueContext context) {
        super(context.bank(), Register.EVENTQ_PROD, Register.EVENTQ_CONS, context.rules());
        this.bank = context.bank();
    }

    @Override
    public boolean unacknowledged() {
        return bank.get(Register.EVENTQ_CONS) == consumedAtReport;
    }

    @Override
    public void report() {
        super.report();
        consumedAtReport = bank.get(Register.EVENTQ_CONS);
    }
}
