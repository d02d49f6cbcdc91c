package org.nestor.smmu.fault;

import java.util.OptionalInt;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.fault.Refusal.Fault;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.transaction.OutputAccess;
import org.nestor.smmu.transaction.Transaction;

/**
 * Makes the event record of a fault (IHI 0070 section 7.3): exactly the fields that its type has, every other bit 0.
 *
 * <p>Reason is 0 in every record. E_PAGE_REQUEST, an optional hint, is never made.
 */
public class EventComposer {
    private static final RuleId STREAM_ONLY = RuleId.of("A-FLT-17");
    private static final RuleId CLIENT_ACCESS = RuleId.of("A-FLT-23");
    private static final RuleId SUBSTREAM_OF_CLIENT = RuleId.of("A-SSD-10");
    private static final RuleId STAG = RuleId.of("A-FLT-16");
    private static final RuleId FULL_ADDRESS = RuleId.of("A-FLT-09");
    private static final RuleId CLASS_OF_STAGE_1 = RuleId.of("A-FLT-12");
    private static final RuleId IPA_IS_VALID = RuleId.of("A-FLT-08");
    private static final RuleId IPA_OF_PAGE = RuleId.of("A-FLT-10");
    private static final RuleId NON_SECURE = RuleId.of("A-FLT-20");
    private static final RuleId TABLE_ACCESS = RuleId.of("A-FLT-22");

    private final RuleLog rules;

    public EventComposer(RuleLog rules) {
        this.rules = rules;
    }

    /**
     * The record of a fault.
     *
     * @param access PnU and InD of the transaction after the overrides
     * @param stag the STAG if the transaction stalls
     */
    @Rule("A-FLT-18")
    @Rule("A-FLT-21")
    @Rule("A-FLT-22")
    public EventRecord compose(Transaction transaction, Fault fault, OutputAccess access, OptionalInt stag) {
        EventRecord record =
                EventRecord.of(fault.type()).with("StreamID", Integer.toUnsignedLong(transaction.streamId()));
        record = substream(record, fault.type(), transaction);
        return switch (fault.type()) {
            case C_BAD_STREAMID,
                    C_BAD_STE,
                    C_BAD_CD,
                    C_BAD_SUBSTREAMID,
                    F_STREAM_DISABLED,
                    F_CFG_CONFLICT,
                    E_PAGE_REQUEST -> record;
            case F_STE_FETCH, F_CD_FETCH, F_VMS_FETCH -> record.withAddress("FetchAddr", fault.fetchAddress());
            case F_UUT -> input(client(record, transaction, incoming(transaction)), transaction);
            case F_BAD_ATS_TREQ -> atsRequest(record, transaction);
            case F_TRANSL_FORBIDDEN -> input(record.with("RnW", !transaction.isWrite()), transaction);
            case F_WALK_EABT ->
                input(stage(client(record, transaction, access), fault), transaction)
                        .withAddress("FetchAddr", fault.fetchAddress());
            case F_TLB_CONFLICT ->
                intermediate(input(client(record, transaction, access).with("S2", fault.stage2()), transaction), fault);
            case F_TRANSLATION, F_ADDR_SIZE, F_ACCESS, F_PERMISSION ->
                table(
                        intermediate(
                                stage(input(client(stalled(record, stag), transaction, access), transaction), fault),
                                fault),
                        fault);
        };
    }

    /** SSV and SubstreamID are those of the transaction, whatever CD served it. */
    @Rule("A-SSD-10")
    @Rule("A-FLT-17")
    protected EventRecord substream(EventRecord record, EventType type, Transaction transaction) {
        if (type == EventType.F_STREAM_DISABLED) {
            rules.decided(STREAM_ONLY);
            return record;
        }
        if (type == EventType.C_BAD_SUBSTREAMID) {
            rules.decided(STREAM_ONLY);
            return record.with("SubstreamID", transaction.substreamId());
        }
        rules.decided(SUBSTREAM_OF_CLIENT);
        return record.with("SSV", transaction.ssv()).with("SubstreamID", transaction.substreamId());
    }

    @Rule("A-FLT-16")
    protected EventRecord stalled(EventRecord record, OptionalInt stag) {
        rules.followed(STAG, stag.isPresent());
        return stag.isPresent() ? record.with("Stall", true).with("STAG", stag.getAsInt()) : record;
    }

    /** PnU, InD and RnW tell of the client's access, also if the fault met an access to a table or a CD. */
    @Rule("A-FLT-23")
    @Rule("A-NST-05")
    @Rule("A-PRM-02")
    protected EventRecord client(EventRecord record, Transaction transaction, OutputAccess access) {
        rules.decided(CLIENT_ACCESS);
        return record.with("PnU", access.privileged())
                .with("InD", access.instruction() && !transaction.isWrite())
                .with("RnW", !transaction.isWrite());
    }

    private static OutputAccess incoming(Transaction transaction) {
        return new OutputAccess(transaction.privileged(), transaction.instruction());
    }

    /** The full incoming address, tag byte and offset included; the ATS events have no offset. */
    @Rule("A-FLT-09")
    protected EventRecord input(EventRecord record, Transaction transaction) {
        rules.decided(FULL_ADDRESS);
        return record.withAddress("InputAddr", transaction.address());
    }

    @Rule("A-FLT-12")
    protected EventRecord stage(EventRecord record, Fault fault) {
        rules.followed(CLASS_OF_STAGE_1, !fault.stage2());
        return record.with("S2", fault.stage2())
                .with("CLASS", fault.faultClass().code());
    }

    /** IPA[51:12] of a stage 2 fault. NSIPA stays 0, as the record belongs to the Non-secure queue. */
    @Rule("A-FLT-08")
    @Rule("A-FLT-10")
    @Rule("A-FLT-11")
    @Rule("A-FLT-20")
    protected EventRecord intermediate(EventRecord record, Fault fault) {
        if (!fault.stage2()) {
            return record;
        }
        rules.decided(IPA_IS_VALID);
        rules.decided(IPA_OF_PAGE);
        rules.decided(NON_SECURE);
        return record.withAddress("IPA", fault.ipa());
    }

    /** TTRnW, which F_PERMISSION has where a stage 1 table access failed. */
    @Rule("A-FLT-22")
    protected EventRecord table(EventRecord record, Fault fault) {
        boolean tableAccess = fault.type() == EventType.F_PERMISSION && fault.faultClass() == FaultClass.TT;
        rules.followed(TABLE_ACCESS, tableAccess);
        return tableAccess ? record.with("TTRnW", !fault.tableWrite()) : record;
    }

    /** What the endpoint asked for, before overrides: always to read, and by NW = 0 to write; of one translation unit. */
    private EventRecord atsRequest(EventRecord record, Transaction transaction) {
        return input(record, transaction)
                .with("R", true)
                .with("W", transaction.isWrite())
                .with("X", transaction.instruction())
                .with("Priv", transaction.privileged())
                .with("Span", 1);
    }
}
