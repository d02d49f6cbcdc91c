package org.nestor.smmu.register;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.nestor.smmu.format.Layout;

/**
 * The Non-secure register map (IHI 0070 section 6.2): name, offset from the base of page 0, width and layout.
 *
 * <p>Offsets without a register are RES0, those of the Secure registers (0x8000 to 0xBFFC) included.
 */
public enum Register {
    IDR0(0x0000, 32, Kind.READ_ONLY, IdRegisters.IDR0),
    IDR1(0x0004, 32, Kind.READ_ONLY, IdRegisters.IDR1),
    IDR2(0x0008, 32, Kind.READ_ONLY, IdRegisters.IDR2),
    IDR3(0x000C, 32, Kind.READ_ONLY, IdRegisters.IDR3),
    IDR4(0x0010, 32, Kind.READ_ONLY, RegisterLayouts.IMPLEMENTATION_DEFINED),
    IDR5(0x0014, 32, Kind.READ_ONLY, IdRegisters.IDR5),
    IIDR(0x0018, 32, Kind.READ_ONLY, IdRegisters.IIDR),
    AIDR(0x001C, 32, Kind.READ_ONLY, IdRegisters.AIDR),
    CR0(0x0020, 32, Kind.READ_WRITE, RegisterLayouts.CR0),
    CR0ACK(0x0024, 32, Kind.READ_ONLY, RegisterLayouts.CR0),
    CR1(0x0028, 32, Kind.GUARDED, RegisterLayouts.CR1),
    CR2(0x002C, 32, Kind.GUARDED, RegisterLayouts.CR2),
    STATUSR(0x0040, 32, Kind.READ_ONLY, RegisterLayouts.STATUSR),
    GBPA(0x0044, 32, Kind.UPDATE, RegisterLayouts.GBPA),
    AGBPA(0x0048, 32, Kind.READ_WRITE, RegisterLayouts.IMPLEMENTATION_DEFINED),
    IRQ_CTRL(0x0050, 32, Kind.READ_WRITE, RegisterLayouts.IRQ_CTRL),
    IRQ_CTRLACK(0x0054, 32, Kind.READ_ONLY, RegisterLayouts.IRQ_CTRL),
    GERROR(0x0060, 32, Kind.READ_ONLY, RegisterLayouts.GERROR),
    GERRORN(0x0064, 32, Kind.READ_WRITE, RegisterLayouts.GERROR),
    GERROR_IRQ_CFG0(0x0068, 64, Kind.GUARDED, RegisterLayouts.IRQ_CFG0),
    GERROR_IRQ_CFG1(0x0070, 32, Kind.GUARDED, RegisterLayouts.IRQ_CFG1),
    GERROR_IRQ_CFG2(0x0074, 32, Kind.GUARDED, RegisterLayouts.IRQ_CFG2),
    STRTAB_BASE(0x0080, 64, Kind.GUARDED, RegisterLayouts.STRTAB_BASE),
    STRTAB_BASE_CFG(0x0088, 32, Kind.GUARDED, RegisterLayouts.STRTAB_BASE_CFG),
    CMDQ_BASE(0x0090, 64, Kind.GUARDED, RegisterLayouts.CMDQ_BASE),
    CMDQ_PROD(0x0098, 32, Kind.READ_WRITE, RegisterLayouts.CMDQ_PROD),
    CMDQ_CONS(0x009C, 32, Kind.GUARDED, RegisterLayouts.CMDQ_CONS),
    EVENTQ_BASE(0x00A0, 64, Kind.GUARDED, RegisterLayouts.OUTPUT_QUEUE_BASE),
    EVENTQ_PROD(0x100A8, 32, Kind.GUARDED, RegisterLayouts.OUTPUT_QUEUE_PROD),
    EVENTQ_CONS(0x100AC, 32, Kind.READ_WRITE, RegisterLayouts.OUTPUT_QUEUE_CONS),
    EVENTQ_IRQ_CFG0(0x00B0, 64, Kind.GUARDED, RegisterLayouts.IRQ_CFG0),
    EVENTQ_IRQ_CFG1(0x00B8, 32, Kind.GUARDED, RegisterLayouts.IRQ_CFG1),
    EVENTQ_IRQ_CFG2(0x00BC, 32, Kind.GUARDED, RegisterLayouts.IRQ_CFG2),
    PRIQ_BASE(0x00C0, 64, Kind.GUARDED, RegisterLayouts.OUTPUT_QUEUE_BASE),
    PRIQ_PROD(0x100C8, 32, Kind.GUARDED, RegisterLayouts.OUTPUT_QUEUE_PROD),
    PRIQ_CONS(0x100CC, 32, Kind.READ_WRITE, RegisterLayouts.OUTPUT_QUEUE_CONS),
    PRIQ_IRQ_CFG0(0x00D0, 64, Kind.GUARDED, RegisterLayouts.IRQ_CFG0),
    PRIQ_IRQ_CFG1(0x00D8, 32, Kind.GUARDED, RegisterLayouts.IRQ_CFG1),
    PRIQ_IRQ_CFG2(0x00DC, 32, Kind.GUARDED, RegisterLayouts.PRIQ_IRQ_CFG2),
    GATOS_CTRL(0x0100, 32, Kind.READ_WRITE, RegisterLayouts.GATOS_CTRL),
    GATOS_SID(0x0108, 64, Kind.READ_WRITE, RegisterLayouts.GATOS_SID),
    GATOS_ADDR(0x0110, 64, Kind.READ_WRITE, RegisterLayouts.GATOS_ADDR),
    GATOS_PAR(0x0118, 64, Kind.READ_ONLY, RegisterLayouts.GATOS_PAR),
    /** RES0 here: MPAM is not modelled. */
    MPAMIDR(0x0130, 32, Kind.READ_ONLY, RegisterLayouts.RES0),
    /** RES0 here: MPAM is not modelled. */
    GMPAM(0x0138, 32, Kind.READ_WRITE, RegisterLayouts.RES0),
    /** RES0 here: MPAM is not modelled. */
    GBPMPAM(0x013C, 32, Kind.READ_WRITE, RegisterLayouts.RES0),
    /** RES0 here: the virtual ATOS page is not modelled. */
    VATOS_SEL(0x0180, 32, Kind.READ_WRITE, RegisterLayouts.RES0),
    /** RES0 here: enhanced command queues are not modelled. */
    IDR6(0x0190, 32, Kind.READ_ONLY, RegisterLayouts.RES0);

    /** The offset of page 1 from page 0. */
    public static final int PAGE_1 = 0x10000;

    private static final Map<Integer, Register> BY_OFFSET = byOffset();
    private static final Map<String, Register> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Register::name, register -> register));

    private final int offset;
    private final int width;
    private final Kind kind;
    private final Layout layout;

    Register(int offset, int width, Kind kind, Layout layout) {
        this.offset = offset;
        this.width = width;
        this.kind = kind;
        this.layout = layout;
    }

    /** How software may access a register. */
    public enum Kind {
        /** Writes are ignored. */
        READ_ONLY,
        READ_WRITE,
        /** Writable only while what uses it is disabled. */
        GUARDED,
        /** Written with the Update bit as 1, and taken over when Update reads 0. */
        UPDATE
    }

    /** The register of that name, which is case-sensitive and has no {@code SMMU_} prefix. */
    public static Optional<Register> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The register that starts at that offset. */
    public static Optional<Register> at(int offset) {
        return Optional.ofNullable(BY_OFFSET.get(offset));
    }

    /** The register of page 1 whose image on page 0, where there is one, starts at that offset. */
    public static Optional<Register> imagedAt(int offset) {
        return offset < PAGE_1 ? at(offset + PAGE_1) : Optional.empty();
    }

    private static Map<Integer, Register> byOffset() {
        Map<Integer, Register> map = new HashMap<>();
        for (Register register : values()) {
            map.put(register.offset, register);
        }
        return Map.copyOf(map);
    }

    /** Offset in bytes from the base of page 0. */
    public int offset() {
        return offset;
    }

    /** 32 or 64 bits. */
    public int width() {
        return width;
    }

    public Kind kind() {
        return kind;
    }

    public Layout layout() {
        return layout;
    }
}
