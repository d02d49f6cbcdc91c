package org.nestor.smmu.command;

import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.format.CommandOpcode;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.register.IdRegisters;

/**
 * Which commands are CERROR_ILL. RES0 fields that are not zero are ignored, which is one of the two choices of A-CMQ-15, and an
 * illegal command is an error also where it would be ignored.
 */
public class CommandLegality {
    private static final RuleId UNIMPLEMENTED = RuleId.of("A-CER-07");
    private static final RuleId SECURE = RuleId.of("A-CER-08");
    private static final RuleId BAD_OPERAND = RuleId.of("A-CER-15");
    private static final RuleId RESERVED_RANGE = RuleId.of("A-CER-18");
    private static final RuleId STAGE_1 = RuleId.of("A-CER-09");
    private static final RuleId STAGE_2 = RuleId.of("A-CER-10");
    private static final RuleId EL2 = RuleId.of("A-CER-11");
    private static final RuleId OTHER_QUEUES = RuleId.of("A-CER-12");
    private static final RuleId ENDPOINTS = RuleId.of("A-CER-13");
    private static final RuleId STALLS = RuleId.of("A-CER-14");
    private static final RuleId ALWAYS = RuleId.of("A-CER-16");
    private static final RuleId CONTEXTS = RuleId.of("A-CER-17");
    private static final RuleId RESERVED_VALUE = RuleId.of("A-CMQ-15");
    private static final RuleId RANGE_COMMAND = RuleId.of("C-RIL-07");
    private static final RuleId SINGLE_ADDRESS = RuleId.of("C-RIL-01");
    private static final RuleId NO_HINT = RuleId.of("C-RIL-10");
    private static final int TERMINATE_ONLY = 1;
    private static final int RESERVED = 3;
    private static final int LARGEST_SPAN = 52;

    private final IdRegisters ids;
    private final RuleLog rules;

    public CommandLegality(IdRegisters ids, RuleLog rules) {
        this.ids = ids;
        this.rules = rules;
    }

    @Rule("A-CMQ-15")
    @Rule("A-CMQ-19")
    @Rule("A-CER-07")
    public boolean legal(CommandOpcode opcode, CommandRecord record) {
        if (!implemented(opcode)) {
            rules.decided(UNIMPLEMENTED);
            return false;
        }
        return !secure(opcode, record) && operands(opcode, record);
    }

    /** MPAM and DPT, which have commands of their own, are not modelled. */
    @Rule("A-CER-07")
    @Rule("A-CER-12")
    @Rule("A-CER-16")
    protected boolean implemented(CommandOpcode opcode) {
        return switch (opcode) {
            case CMD_CFGI_STE, CMD_CFGI_STE_RANGE, CMD_TLBI_NSNH_ALL -> always();
            case CMD_PREFETCH_CONFIG, CMD_PREFETCH_ADDR, CMD_SYNC -> true;
            case CMD_CFGI_CD, CMD_CFGI_CD_ALL -> contextDescriptors();
            case CMD_TLBI_NH_ALL, CMD_TLBI_NH_ASID, CMD_TLBI_NH_VA, CMD_TLBI_NH_VAA -> stage1();
            case CMD_TLBI_S12_VMALL, CMD_TLBI_S2_IPA -> stage2();
            case CMD_TLBI_EL2_ALL, CMD_TLBI_EL2_ASID, CMD_TLBI_EL2_VA, CMD_TLBI_EL2_VAA -> el2();
            case CMD_ATC_INV -> ats();
            case CMD_PRI_RESP -> pri();
            case CMD_RESUME, CMD_STALL_TERM -> stalls();
            case CMD_CFGI_VMS_PIDM, CMD_DPTI_ALL, CMD_DPTI_PA -> false;
            case CMD_TLBI_EL3_ALL,
                    CMD_TLBI_EL3_VA,
                    CMD_TLBI_SEL2_ALL,
                    CMD_TLBI_SEL2_ASID,
                    CMD_TLBI_SEL2_VA,
                    CMD_TLBI_SEL2_VAA,
                    CMD_TLBI_S_S12_VMALL,
                    CMD_TLBI_S_S2_IPA,
                    CMD_TLBI_SNH_ALL -> otherQueue();
        };
    }

    @Rule("A-CER-16")
    private boolean always() {
        rules.followed(ALWAYS);
        return true;
    }

    @Rule("A-CER-12")
    private boolean otherQueue() {
        rules.followed(OTHER_QUEUES);
        return false;
    }

    private boolean only(boolean present, RuleId rule) {
        if (!present) {
            rules.followed(rule);
        }
        return present;
    }

    @Rule("A-CER-17")
    protected boolean contextDescriptors() {
        return only(ids.s1p(), CONTEXTS);
    }

    @Rule("A-CER-09")
    protected boolean stage1() {
        return only(ids.s1p(), STAGE_1);
    }

    @Rule("A-CER-10")
    protected boolean stage2() {
        return only(ids.s2p(), STAGE_2);
    }

    @Rule("A-CER-11")
    protected boolean el2() {
        return only(ids.hyp(), EL2);
    }

    @Rule("A-CER-13")
    protected boolean ats() {
        return only(ids.ats(), ENDPOINTS);
    }

    @Rule("A-CER-13")
    protected boolean pri() {
        return only(ids.pri(), ENDPOINTS);
    }

    @Rule("A-CER-14")
    protected boolean stalls() {
        return only(ids.stallModel() != TERMINATE_ONLY, STALLS);
    }

    /** SSec = 1, for a command that has it, whether or not Secure state exists. */
    @Rule("A-CER-08")
    protected boolean secure(CommandOpcode opcode, CommandRecord record) {
        boolean secure = opcode.hasSsec() && record.ssec();
        if (secure) {
            rules.decided(SECURE);
        }
        return secure;
    }

    private boolean operands(CommandOpcode opcode, CommandRecord record) {
        return switch (opcode) {
            case CMD_SYNC -> notReserved(record.cs());
            case CMD_PRI_RESP -> notReserved(record.resp());
            case CMD_ATC_INV -> span(record.atcSize());
            case CMD_TLBI_NH_VA, CMD_TLBI_NH_VAA, CMD_TLBI_EL2_VA, CMD_TLBI_EL2_VAA, CMD_TLBI_S2_IPA -> range(record);
            default -> true;
        };
    }

    @Rule("A-CER-15")
    protected boolean notReserved(int value) {
        if (value == RESERVED) {
            rules.decided(BAD_OPERAND);
        }
        return value != RESERVED;
    }

    /** CMD_ATC_INV.Size above 52: this SMMU takes it as illegal, rather than to invalidate an UNKNOWN span. */
    @Rule("A-CMQ-15")
    protected boolean span(int size) {
        return only(size <= LARGEST_SPAN, RESERVED_VALUE);
    }

    /** A range of one granule without a level hint is a reserved combination. */
    @Rule("A-CER-18")
    @Rule("C-RIL-01")
    @Rule("C-RIL-07")
    @Rule("C-RIL-10")
    protected boolean range(CommandRecord record) {
        if (!ids.ril() || record.tg() == 0) {
            rules.followed(SINGLE_ADDRESS, ids.ril());
            return true;
        }
        rules.followed(NO_HINT, record.ttl() != RangeFields.ttl(record));
        boolean reserved = record.num() == 0 && record.scale() == 0 && RangeFields.ttl(record) == 0;
        if (reserved) {
            rules.decided(RESERVED_RANGE);
            rules.followed(RANGE_COMMAND);
        }
        return !reserved;
    }
}
