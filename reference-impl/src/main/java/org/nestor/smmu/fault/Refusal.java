package org.nestor.smmu.fault;

import org.nestor.rule.RuleId;
import org.nestor.smmu.format.EventType;

/** Why the translation procedure did not let a transaction through. */
public sealed interface Refusal {

    /** The rule that decided. */
    RuleId rule();

    /** Aborted without an event: STE.Config = 0b0xx, GBPA.ABORT and the like. */
    record SilentAbort(RuleId rule) implements Refusal {}

    /**
     * A fault or configuration error; what becomes of it is decided by CD.{A,R,S} and STE.{S2R,S2S}.
     *
     * @param type the event
     * @param stage2 the S2 field
     * @param faultClass the CLASS field, {@code IN} where the event has none
     * @param ipa intermediate address of the access that failed in stage 2; meaningless unless {@code stage2}
     * @param fetchAddress physical address of the access that was aborted; 0 where the event has none
     * @param tableWrite the access to the stage 1 table was a hardware update (TTRnW = 0)
     */
    record Fault(
            EventType type,
            boolean stage2,
            FaultClass faultClass,
            long ipa,
            long fetchAddress,
            boolean tableWrite,
            RuleId rule)
            implements Refusal {

        /** A configuration error, which has no further fields. */
        public static Fault configuration(EventType type, RuleId rule) {
            return new Fault(type, false, FaultClass.IN, 0, 0, false, rule);
        }

        /** An aborted fetch of an L1STD, STE, L1CD or CD. */
        public static Fault fetch(EventType type, long fetchAddress, RuleId rule) {
            return new Fault(type, false, FaultClass.IN, 0, fetchAddress, false, rule);
        }

        public static Fault stage1(EventType type, RuleId rule) {
            return new Fault(type, false, FaultClass.IN, 0, 0, false, rule);
        }

        public static Fault stage2(EventType type, FaultClass faultClass, long ipa, RuleId rule) {
            return new Fault(type, true, faultClass, ipa, 0, false, rule);
        }
    }
}
