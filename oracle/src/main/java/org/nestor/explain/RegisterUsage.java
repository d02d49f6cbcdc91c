package org.nestor.explain;

import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterLayouts;

/** Which fields of a register exist and have an effect, given its other fields and the ID registers. */
final class RegisterUsage {

    private static final int TWO_LEVEL = 1;
    private static final int WRITE_BACK_OR_THROUGH = 3;

    private final Register register;
    private final long value;
    private final IdRegisters id;

    RegisterUsage(Register register, long value, IdRegisters id) {
        this.register = register;
        this.value = value;
        this.id = id;
    }

    Status status(String field) {
        return switch (register) {
            case CR0, CR0ACK -> control0(field);
            case CR1 -> control1(field);
            case CR2 -> control2(field);
            case GBPA -> bypass(field);
            case IRQ_CTRL, IRQ_CTRLACK -> existsIf(!field.equals("PRIQ_IRQEN") || id.pri());
            case GERROR, GERRORN -> errors(field);
            case STRTAB_BASE_CFG -> streamTable(field);
            case PRIQ_BASE, PRIQ_PROD, PRIQ_CONS, PRIQ_IRQ_CFG0, PRIQ_IRQ_CFG1, PRIQ_IRQ_CFG2 -> existsIf(id.pri());
            default -> Status.NONE;
        };
    }

    private static Status existsIf(boolean exists) {
        return exists ? Status.NONE : Status.RES0;
    }

    private Status control0(String field) {
        return switch (field) {
            case "PRIQEN" -> existsIf(id.pri());
            case "ATSCHK" -> existsIf(id.ats());
            case "VMW" -> existsIf(id.vmw());
            case "DPT_WALK_EN" -> Status.RES0;
            default -> Status.NONE;
        };
    }

    private Status control1(String field) {
        boolean queue = (value & WRITE_BACK_OR_THROUGH) != 0 || (value >>> 2 & WRITE_BACK_OR_THROUGH) != 0;
        boolean table = (value >>> 6 & WRITE_BACK_OR_THROUGH) != 0 || (value >>> 8 & WRITE_BACK_OR_THROUGH) != 0;
        return switch (field) {
            case "QUEUE_SH" -> Status.usedIf(queue);
            case "TABLE_SH" -> Status.usedIf(table);
            default -> Status.NONE;
        };
    }

    private Status control2(String field) {
        return switch (field) {
            case "E2H" -> existsIf(id.hyp());
            case "PTM" -> existsIf(id.btm());
            case "REC_CFG_ATS" -> existsIf(id.atsrecerr());
            default -> Status.NONE;
        };
    }

    private Status bypass(String field) {
        return switch (field) {
            case "MemAttr" -> Status.usedIf(id.attrTypesOvr() && (value & 1 << 4) != 0);
            case "MTCFG", "SHCFG", "ALLOCCFG" -> Status.usedIf(id.attrTypesOvr());
            case "PRIVCFG", "INSTCFG" -> Status.usedIf(id.attrPermsOvr());
            default -> Status.NONE;
        };
    }

    private Status errors(String field) {
        return switch (field) {
            case "PRIQ_ABT_ERR" -> existsIf(id.pri());
            case "MSI_PRIQ_ABT_ERR" -> existsIf(id.pri() && id.msi());
            case "MSI_CMDQ_ABT_ERR", "MSI_EVENTQ_ABT_ERR", "MSI_GERROR_ABT_ERR" -> existsIf(id.msi());
            case "CMDQP_ERR", "DPT_ERR" -> Status.RES0;
            default -> Status.NONE;
        };
    }

    private Status streamTable(String field) {
        boolean twoLevel = RegisterLayouts.STRTAB_BASE_CFG.field("FMT").extract(value) == TWO_LEVEL;
        return switch (field) {
            case "FMT" -> existsIf(id.stLevel() != 0);
            case "SPLIT" -> id.stLevel() == 0 ? Status.RES0 : Status.usedIf(twoLevel);
            default -> Status.NONE;
        };
    }
}
