package org.nestor.smmu.register;

import org.nestor.rule.Rule;

/** When a change that software asked for takes effect: in this SMMU at once, before the next access of any kind. */
public class Acknowledgement {

    /**
     * The next value of CR0ACK.
     *
     * @param requested CR0
     * @param acknowledged CR0ACK now
     */
    @Rule("A-CTL-01")
    @Rule("A-CTL-02")
    public long control(long requested, long acknowledged) {
        return requested;
    }

    /** The next value of IRQ_CTRLACK, as {@link #control}. */
    @Rule("A-IRQ-01")
    public long interrupts(long requested, long acknowledged) {
        return requested;
    }

    /** Whether a GBPA value written with Update = 1 now applies to every later transaction, so that Update may clear. */
    @Rule("A-GBP-06")
    public boolean bypassAttributes() {
        return true;
    }
}
