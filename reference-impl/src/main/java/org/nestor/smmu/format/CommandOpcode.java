package org.nestor.smmu.format;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The opcodes of the command queue (IHI 0070 section 4.1.1); opcodes not listed are reserved or IMPLEMENTATION DEFINED. */
public enum CommandOpcode {
    CMD_PREFETCH_CONFIG(0x01, CommandLayouts.PREFETCH_CONFIG),
    CMD_PREFETCH_ADDR(0x02, CommandLayouts.PREFETCH_ADDR),
    CMD_CFGI_STE(0x03, CommandLayouts.CFGI_STE),
    /** With Range = 31 it is named CMD_CFGI_ALL. */
    CMD_CFGI_STE_RANGE(0x04, CommandLayouts.CFGI_STE_RANGE),
    CMD_CFGI_CD(0x05, CommandLayouts.CFGI_CD),
    CMD_CFGI_CD_ALL(0x06, CommandLayouts.STREAM),
    CMD_CFGI_VMS_PIDM(0x07, CommandLayouts.VMID_ONLY),
    CMD_TLBI_NH_ALL(0x10, CommandLayouts.VMID_ONLY),
    CMD_TLBI_NH_ASID(0x11, CommandLayouts.VMID_ASID),
    CMD_TLBI_NH_VA(0x12, CommandLayouts.VA_BY_VMID_ASID),
    CMD_TLBI_NH_VAA(0x13, CommandLayouts.VA_BY_VMID),
    CMD_TLBI_EL3_ALL(0x18, CommandLayouts.OPCODE_ONLY),
    CMD_TLBI_EL3_VA(0x1A, CommandLayouts.OPCODE_ONLY),
    CMD_TLBI_EL2_ALL(0x20, CommandLayouts.OPCODE_ONLY),
    CMD_TLBI_EL2_ASID(0x21, CommandLayouts.ASID_ONLY),
    CMD_TLBI_EL2_VA(0x22, CommandLayouts.VA_BY_ASID),
    CMD_TLBI_EL2_VAA(0x23, CommandLayouts.VA),
    CMD_TLBI_S12_VMALL(0x28, CommandLayouts.VMID_ONLY),
    CMD_TLBI_S2_IPA(0x2A, CommandLayouts.IPA_BY_VMID),
    CMD_TLBI_NSNH_ALL(0x30, CommandLayouts.OPCODE_ONLY),
    CMD_ATC_INV(0x40, CommandLayouts.ATC_INV),
    CMD_PRI_RESP(0x41, CommandLayouts.PRI_RESP),
    CMD_RESUME(0x44, CommandLayouts.RESUME),
    CMD_STALL_TERM(0x45, CommandLayouts.STREAM),
    CMD_SYNC(0x46, CommandLayouts.SYNC),
    CMD_TLBI_SEL2_ALL(0x50, CommandLayouts.OPCODE_ONLY),
    CMD_TLBI_SEL2_ASID(0x51, CommandLayouts.OPCODE_ONLY),
    CMD_TLBI_SEL2_VA(0x52, CommandLayouts.OPCODE_ONLY),
    CMD_TLBI_SEL2_VAA(0x53, CommandLayouts.OPCODE_ONLY),
    CMD_TLBI_S_S12_VMALL(0x58, CommandLayouts.OPCODE_ONLY),
    CMD_TLBI_S_S2_IPA(0x5A, CommandLayouts.OPCODE_ONLY),
    CMD_TLBI_SNH_ALL(0x60, CommandLayouts.OPCODE_ONLY),
    CMD_DPTI_ALL(0x70, CommandLayouts.OPCODE_ONLY),
    CMD_DPTI_PA(0x73, CommandLayouts.OPCODE_ONLY);

    private static final Map<Integer, CommandOpcode> BY_CODE = byCode();

    private final int code;
    private final Layout layout;

    CommandOpcode(int code, Layout layout) {
        this.code = code;
        this.layout = layout;
    }

    /** The command of that opcode, empty if it is reserved or IMPLEMENTATION DEFINED (0x80 to 0x8F). */
    public static Optional<CommandOpcode> of(int code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    private static Map<Integer, CommandOpcode> byCode() {
        Map<Integer, CommandOpcode> map = new HashMap<>();
        for (CommandOpcode opcode : values()) {
            map.put(opcode.code, opcode);
        }
        return Map.copyOf(map);
    }

    public int code() {
        return code;
    }

    public Layout layout() {
        return layout;
    }

    /** The command has the SSec bit, which must be 0 on the Non-secure queue. */
    public boolean hasSsec() {
        return layout.find("SSec").isPresent();
    }

    /** The command names EL3 or the Secure state and belongs to the Secure queue. */
    public boolean isSecureOnly() {
        return this == CMD_TLBI_EL3_ALL
                || this == CMD_TLBI_EL3_VA
                || (code >= CMD_TLBI_SEL2_ALL.code && code <= CMD_TLBI_SNH_ALL.code);
    }
}
