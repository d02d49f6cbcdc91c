package org.nestor.smmu.walk;

import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.fault.Refusal;
import org.nestor.smmu.fault.Refusal.Fault;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.transaction.Transaction;

/** Which CD a transaction uses, if any (IHI 0070 sections 3.9 and 5.2). */
public class SubstreamRules {
    private static final RuleId NO_SUBSTREAMS = RuleId.of("A-SSD-02");
    private static final RuleId OUT_OF_RANGE = RuleId.of("A-SSD-03");
    private static final RuleId TERMINATED = RuleId.of("A-SSD-04");
    private static final RuleId ZERO_RESERVED = RuleId.of("A-SSD-07");
    private static final RuleId STAGE_1_OFF = RuleId.of("A-SSD-09");
    private static final RuleId NOT_IMPLEMENTED = RuleId.of("A-SSD-11");
    private static final RuleId SINGLE = RuleId.of("A-SSD-01");
    private static final RuleId SKIPS_STAGE_1 = RuleId.of("A-SSD-05");
    private static final RuleId CD_0_BY_DEFAULT = RuleId.of("A-SSD-06");
    private static final RuleId CD_0_BY_SUBSTREAM = RuleId.of("A-SSD-08");
    private static final RuleId BYPASS_UNEXAMINED = RuleId.of("A-STE-05");
    private static final RuleId FORMAT_IGNORED = RuleId.of("A-STE-09");
    private static final RuleId RESERVED_DEFAULT = RuleId.of("A-STE-10");
    private static final RuleId SUBSTREAM_IN_BYPASS = RuleId.of("A-BYP-02");

    private final IdRegisters id;
    private final RuleLog rules;

    public SubstreamRules(IdRegisters id, RuleLog rules) {
        this.id = id;
        this.rules = rules;
    }

    /** What stage 1 does with a transaction. */
    public sealed interface Selection {

        /** The CD of that SubstreamID translates. */
        record Context(int substreamId) implements Selection {}

        /** Stage 1 is off, by Config or by S1DSS. */
        record Bypass() implements Selection {}

        /** The transaction is refused. */
        record Refused(Refusal refusal) implements Selection {}
    }

    /** Decides for an STE that is valid and does not abort. */
    @Rule("A-STE-05")
    @Rule("A-STE-09")
    public Selection select(Transaction transaction, StreamTableEntry ste) {
        if (!ste.stage1Enabled()) {
            return withoutStage1(transaction, ste);
        }
        if (s1CdMax(ste) == 0) {
            rules.followed(FORMAT_IGNORED, (ste.s1Fmt() | ste.s1dss()) != 0);
            return singleContext(transaction);
        }
        return transaction.ssv() ? withSubstream(transaction, ste) : withoutSubstream(ste);
    }

    /** log2 of the number of CDs; 0 where substreams are off. */
    @Rule("A-SSD-11")
    public int s1CdMax(StreamTableEntry ste) {
        return id.ssidSize() == 0 ? 0 : ste.s1CdMax();
    }

    @Rule("A-SSD-09")
    @Rule("A-BYP-02")
    protected Selection withoutStage1(Transaction transaction, StreamTableEntry ste) {
        if (!ste.stage2Enabled()) {
            rules.followed(transaction.ssv() ? SUBSTREAM_IN_BYPASS : BYPASS_UNEXAMINED);
        }
        return transaction.ssv() ? badSubstream(STAGE_1_OFF) : new Selection.Bypass();
    }

    @Rule("A-SSD-01")
    @Rule("A-SSD-02")
    @Rule("A-SSD-11")
    protected Selection singleContext(Transaction transaction) {
        if (transaction.ssv()) {
            return badSubstream(id.ssidSize() == 0 ? NOT_IMPLEMENTED : NO_SUBSTREAMS);
        }
        rules.followed(SINGLE);
        return new Selection.Context(0);
    }

    @Rule("A-SSD-03")
    @Rule("A-SSD-07")
    @Rule("A-SSD-08")
    protected Selection withSubstream(Transaction transaction, StreamTableEntry ste) {
        if (transaction.substreamId() >>> ste.s1CdMax() != 0) {
            return badSubstream(OUT_OF_RANGE);
        }
        if (transaction.substreamId() == 0 && ste.s1dss() == 2) {
            return disabled(ZERO_RESERVED);
        }
        rules.followed(CD_0_BY_SUBSTREAM, transaction.substreamId() == 0);
        return new Selection.Context(transaction.substreamId());
    }

    @Rule("A-SSD-04")
    @Rule("A-SSD-05")
    @Rule("A-SSD-06")
    @Rule("A-STE-10")
    protected Selection withoutSubstream(StreamTableEntry ste) {
        return switch (ste.s1dss()) {
            case 1 -> by(SKIPS_STAGE_1, new Selection.Bypass());
            case 2 -> by(CD_0_BY_DEFAULT, new Selection.Context(0));
            case 3 -> by(RESERVED_DEFAULT, disabled(TERMINATED));
            default -> disabled(TERMINATED);
        };
    }

    private Selection by(RuleId rule, Selection selection) {
        rules.followed(rule);
        return selection;
    }

    private static Selection badSubstream(RuleId rule) {
        return new Selection.Refused(Fault.configuration(EventType.C_BAD_SUBSTREAMID, rule));
    }

    private static Selection disabled(RuleId rule) {
        return new Selection.Refused(Fault.configuration(EventType.F_STREAM_DISABLED, rule));
    }
}
