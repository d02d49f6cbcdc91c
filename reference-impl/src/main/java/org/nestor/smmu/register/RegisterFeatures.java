package org.nestor.smmu.register;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.Field;

/**
 * Which bits of which registers exist, by the ID registers. A bit that does not exist reads as zero and ignores writes, which is
 * one of the two choices of A-REG-06.
 */
public class RegisterFeatures {
    private final IdRegisters ids;
    private final Map<Register, Long> implemented = new EnumMap<>(Register.class);

    public RegisterFeatures(IdRegisters ids) {
        this.ids = ids;
    }

    /** The bits of the register that hold what software writes, while nothing guards it. */
    public final long implemented(Register register) {
        return implemented.computeIfAbsent(register, this::fieldsOf);
    }

    /** The value of a read-only register that only tells about the implementation; 0 for the others. */
    @Rule("A-REG-05")
    public long identification(Register register) {
        return Integer.toUnsignedLong(
                switch (register) {
                    case IDR0 -> ids.idr0();
                    case IDR1 -> ids.idr1();
                    case IDR2 -> ids.idr2();
                    case IDR3 -> ids.idr3();
                    case IDR4 -> ids.idr4();
                    case IDR5 -> ids.idr5();
                    case IIDR -> ids.iidr();
                    case AIDR -> ids.aidr();
                    default -> 0;
                });
    }

    /** ATOS, the IMPLEMENTATION DEFINED registers and what depends on them are not implemented, whatever the ID registers say. */
    @Rule("A-REG-06")
    protected long fieldsOf(Register register) {
        return switch (register) {
            case CR0 -> controlBits();
            case CR2 ->
                without(
                        register,
                        Stream.of(
                                ids.hyp() ? "" : "E2H", ids.btm() ? "" : "PTM", ids.atsrecerr() ? "" : "REC_CFG_ATS"));
            case STRTAB_BASE_CFG -> ids.stLevel() == 0 ? without(register, Stream.of("SPLIT", "FMT")) : all(register);
            case GERRORN -> without(register, Stream.of("CMDQP_ERR", "DPT_ERR"));
            case GERROR_IRQ_CFG0, GERROR_IRQ_CFG1, GERROR_IRQ_CFG2, EVENTQ_IRQ_CFG0, EVENTQ_IRQ_CFG1, EVENTQ_IRQ_CFG2 ->
                ids.msi() ? all(register) : 0;
            case PRIQ_IRQ_CFG0, PRIQ_IRQ_CFG1 -> ids.msi() && ids.pri() ? all(register) : 0;
            case PRIQ_IRQ_CFG2 -> pageRequestInterrupt();
            case PRIQ_BASE, PRIQ_PROD, PRIQ_CONS -> ids.pri() ? all(register) : 0;
            case IRQ_CTRL -> ids.pri() ? all(register) : without(register, Stream.of("PRIQ_IRQEN"));
            case CR1, GBPA, STRTAB_BASE, CMDQ_BASE, CMDQ_PROD, CMDQ_CONS, EVENTQ_BASE, EVENTQ_PROD, EVENTQ_CONS ->
                all(register);
            default -> 0;
        };
    }

    private long controlBits() {
        return without(
                Register.CR0,
                Stream.of(ids.pri() ? "" : "PRIQEN", ids.ats() ? "" : "ATSCHK", ids.vmw() ? "" : "VMW", "DPT_WALK_EN"));
    }

    /** LO matters to wired interrupts too, so that it exists without MSIs. */
    private long pageRequestInterrupt() {
        if (!ids.pri()) {
            return 0;
        }
        return ids.msi()
                ? all(Register.PRIQ_IRQ_CFG2)
                : Register.PRIQ_IRQ_CFG2.layout().field("LO").mask();
    }

    private static long all(Register register) {
        return ~register.layout().reserved(0);
    }

    private static long without(Register register, Stream<String> absent) {
        return absent.filter(name -> !name.isEmpty())
                .map(register.layout()::field)
                .mapToLong(Field::mask)
                .reduce(all(register), (bits, mask) -> bits & ~mask);
    }
}
