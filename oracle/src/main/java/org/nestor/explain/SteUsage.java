package org.nestor.explain;

import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;

/** Which fields of an STE have an effect, given its other fields and the ID registers; the rest is IGNORED. */
final class SteUsage {

    private final StreamTableEntry ste;
    private final IdRegisters id;
    private final boolean stage1;
    private final boolean stage2;
    private final boolean substreams;

    SteUsage(StreamTableEntry ste, IdRegisters id) {
        this.ste = ste;
        this.id = id;
        stage1 = ste.stage1Enabled();
        stage2 = ste.stage2Enabled();
        substreams = stage1 && id.ssidSize() != 0 && ste.s1CdMax() != 0;
    }

    boolean uses(String field) {
        if (!ste.v()) {
            return field.equals("V");
        }
        if (ste.aborts()) {
            return field.equals("V") || field.equals("Config");
        }
        return switch (field) {
            case "V", "Config" -> true;
            case "S1ContextPtr", "S1CIR", "S1COR", "S1CSH", "S1STALLD" -> stage1;
            case "S1CDMax" -> stage1 && id.ssidSize() != 0;
            case "S1Fmt", "S1DSS" -> substreams;
            case "STRW" -> stage1 && !stage2 && id.hyp() && id.s1p();
            case "PPAR" -> stage1 && id.pri() && !id.pps();
            case "EATS" -> id.ats() && (stage1 || stage2);
            case "MEV" -> stage1 || stage2;
            case "S2VMID" -> id.s2p() && (stage2 || (stage1 && !leavesEl1()));
            case "PRIVCFG", "INSTCFG" -> id.attrPermsOvr();
            case "MTCFG", "SHCFG" -> id.attrTypesOvr() && !stage1Replaces();
            case "MemAttr" -> id.attrTypesOvr() && !stage1Replaces() && ste.mtcfg();
            case "ALLOCCFG" -> id.attrTypesOvr();
            default -> stage2 && usesOfStage2(field);
        };
    }

    private boolean usesOfStage2(String field) {
        return switch (field) {
            case "S2T0SZ", "S2IR0", "S2OR0", "S2SH0", "S2AA64", "S2ENDI", "S2HD", "S2HA", "S2S", "S2TTB" -> true;
            case "S2SL0", "S2TG", "S2PS" -> true;
            case "S2AFFD" -> !ste.s2ha();
            case "S2R" -> !ste.s2s();
            case "S2PTW" -> stage1;
            case "S2FWB" -> id.fwb();
            default -> false;
        };
    }

    /** Every transaction takes its type and shareability from the stage 1 descriptor. */
    private boolean stage1Replaces() {
        return stage1 && !stage2 && !(substreams && ste.s1dss() == 1);
    }

    private boolean leavesEl1() {
        return !stage2 && id.hyp() && id.s1p() && ste.strw() == 2;
    }
}
