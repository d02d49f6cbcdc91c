package org.nestor.smmu.fault;

import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.fault.Disposition.End;
import org.nestor.smmu.fault.Refusal.Fault;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.transaction.AtsKind;
import org.nestor.smmu.transaction.Transaction;

/**
 * Decides whether a refused transaction is aborted, completed as RAZ/WI or stalled, and whether that is recorded. The rule log has the
 * rule of the refusal from whoever refused.
 */
public class FaultDisposition {
    private static final RuleId INVALID_STREAM_HIDDEN = RuleId.of("A-EVQ-16");
    private static final RuleId ALWAYS_ABORT = RuleId.of("A-FLT-14");
    private static final RuleId GOVERNED = RuleId.of("A-FLT-13");
    private static final RuleId STAGE1 = RuleId.of("A-TRM-01");
    private static final RuleId STAGE2 = RuleId.of("A-TRM-02");
    private static final RuleId STAGE2_STALL = RuleId.of("A-TRM-03");
    private static final RuleId RECORDED_ALWAYS = RuleId.of("A-EVQ-15");
    private static final RuleId MAY_STALL = RuleId.of("A-STL-01");
    private static final RuleId CANNOT_STALL = RuleId.of("A-STL-17");
    private static final RuleId EVERY_CLASS = RuleId.of("A-TRM-04");
    private static final RuleId NEVER_RAZ_WI = RuleId.of("A-TRM-05");

    private final RuleLog rules;

    public FaultDisposition(RuleLog rules) {
        this.rules = rules;
    }

    /**
     * Decides.
     *
     * @param governance the S, R and A bits in force
     * @param recordInvalidStreams CR2.RECINVSID
     */
    @Rule("A-FLT-13")
    public Disposition decide(
            Transaction transaction, Refusal refusal, FaultGovernance governance, boolean recordInvalidStreams) {
        if (!(refusal instanceof Fault fault) || speculative(transaction)) {
            return new Disposition(End.ABORT, false);
        }
        if (!governed(fault.type())) {
            rules.decided(ALWAYS_ABORT);
            rules.decided(NEVER_RAZ_WI);
            return new Disposition(End.ABORT, recordedAlways(fault.type(), recordInvalidStreams));
        }
        rules.decided(GOVERNED);
        rules.followed(EVERY_CLASS, fault.stage2() && fault.faultClass() != FaultClass.IN);
        rules.followed(CANNOT_STALL, governance.stall() && !canStall(transaction));
        if (governance.stall() && canStall(transaction)) {
            rules.decided(MAY_STALL);
            rules.decided(fault.stage2() ? STAGE2_STALL : STAGE1);
            return new Disposition(End.STALL, true);
        }
        rules.decided(fault.stage2() ? STAGE2 : STAGE1);
        return new Disposition(terminate(fault, governance), recorded(governance));
    }

    /** Only these four faults are subject to CD.{A,R,S} and STE.{S2R,S2S}; the others always abort, and are never RAZ/WI. */
    @Rule("A-FLT-14")
    @Rule("A-TRM-05")
    @Rule("A-STL-01")
    protected boolean governed(EventType type) {
        return switch (type) {
            case F_TRANSLATION, F_ADDR_SIZE, F_ACCESS, F_PERMISSION -> true;
            default -> false;
        };
    }

    /** Recording of configuration errors and external aborts is unconditional, C_BAD_STREAMID apart. */
    @Rule("A-EVQ-15")
    @Rule("A-EVQ-16")
    protected boolean recordedAlways(EventType type, boolean recordInvalidStreams) {
        if (type == EventType.C_BAD_STREAMID && !recordInvalidStreams) {
            rules.decided(INVALID_STREAM_HIDDEN);
            return false;
        }
        rules.decided(RECORDED_ALWAYS);
        return true;
    }

    /** The abort bit is CD.A in stage 1, and always set in stage 2, CLASS = CD and TT included. */
    @Rule("A-TRM-01")
    @Rule("A-TRM-02")
    @Rule("A-TRM-04")
    protected End terminate(Fault fault, FaultGovernance governance) {
        return governance.abort() || fault.stage2() ? End.ABORT : End.RAZ_WI;
    }

    @Rule("A-TRM-01")
    @Rule("A-TRM-02")
    protected boolean recorded(FaultGovernance governance) {
        return governance.record();
    }

    /** Every client of this SMMU can stall; ATS accesses never do. */
    @Rule("A-STL-17")
    @Rule("A-STL-21")
    @Rule("A-TRM-03")
    @Rule("A-TRM-08")
    protected boolean canStall(Transaction transaction) {
        return transaction.ats() == AtsKind.UNTRANSLATED;
    }

    /** Whether the transaction is marked speculative, which is IMPLEMENTATION DEFINED: no client of this SMMU does that. */
    @Rule("A-FLT-24")
    protected boolean speculative(Transaction transaction) {
        return false;
    }
}
