package org.nestor.smmu.fault;

/**
 * What governs a fault: the S, R and A bits that apply to it (IHI 0070 section 5.5).
 *
 * @param stall CD.S for stage 1 faults, STE.S2S for stage 2 faults
 * @param record CD.R or STE.S2R
 * @param abort CD.A; always true for stage 2
 */
public record FaultGovernance(boolean stall, boolean record, boolean abort) {

    /** Configuration errors, external aborts, and stage 1 faults without a CD: aborted and recorded. */
    public static final FaultGovernance ALWAYS_RECORD = new FaultGovernance(false, true, true);
}
