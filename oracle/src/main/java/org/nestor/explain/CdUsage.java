package org.nestor.explain;

import org.nestor.smmu.config.StreamWorld;
import org.nestor.smmu.format.ContextDescriptor;
import org.nestor.smmu.register.IdRegisters;

/** Which fields of a CD have an effect, given its other fields, the StreamWorld and the ID registers. */
final class CdUsage {

    private final ContextDescriptor cd;
    private final IdRegisters id;
    private final StreamWorld world;
    private final boolean lower;
    private final boolean upper;

    CdUsage(ContextDescriptor cd, IdRegisters id, StreamWorld world) {
        this.cd = cd;
        this.id = id;
        this.world = world;
        lower = !world.hasTwoTables() || !cd.epd0();
        upper = world.hasTwoTables() && !cd.epd1();
    }

    boolean uses(String field) {
        if (!cd.v()) {
            return field.equals("V");
        }
        return switch (field) {
            case "V", "AA64", "IPS", "WXN", "S", "A", "MAIR", "AMAIR", "ASET" -> true;
            case "AFFD" -> !(cd.aa64() && cd.ha());
            case "R" -> !cd.s();
            case "EPD0", "EPD1" -> world.hasTwoTables();
            case "PAN" -> world.hasTwoTables();
            case "ASID" -> world.usesAsid();
            case "ENDI" -> lower || upper;
            case "UWXN" -> !cd.aa64();
            case "HA", "HD" -> cd.aa64();
            case "T0SZ", "TG0", "IR0", "OR0", "SH0", "TTB0" -> lower;
            case "T1SZ", "TG1", "IR1", "OR1", "SH1", "TTB1" -> upper;
            case "TBI0" -> true;
            case "TBI1" -> world.hasTwoTables();
            case "HAD0" -> lower && id.had();
            case "HAD1" -> upper && id.had();
            case "E0PD0", "E0PD1" -> world.hasTwoTables() && id.e0pd();
            default -> false;
        };
    }
}
