package org.nestor.smmu.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.smmu.format.ContextDescriptor;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;

/**
 * Which CDs are ILLEGAL under the ID registers and the STE that leads to them (IHI 0070 section 5.4). One method a condition; the CD
 * is judged as a whole, whichever table the address selects (A-CDV-23).
 */
public class CdLegality {
    private static final RuleId AA64 = RuleId.of("A-CDV-02");
    private static final RuleId AA64_OVER_AARCH32 = RuleId.of("A-CDV-03");
    private static final RuleId AA32_IN_E2H = RuleId.of("A-CDV-04");
    private static final RuleId TXSZ_MAX = RuleId.of("A-CDV-06");
    private static final RuleId TXSZ_MIN = RuleId.of("A-CDV-07");
    private static final RuleId TG = RuleId.of("A-CDV-09");
    private static final RuleId ENDI = RuleId.of("A-CDV-10");
    private static final RuleId TTB = RuleId.of("A-CDV-11");
    private static final RuleId A = RuleId.of("A-CDV-13");
    private static final RuleId S_TERMINATE = RuleId.of("A-CDV-14");
    private static final RuleId S_FORCED = RuleId.of("A-CDV-15");
    private static final RuleId S1STALLD = RuleId.of("A-CDV-16");
    private static final RuleId HTTU = RuleId.of("A-CDV-17");
    private static final RuleId ASID16 = RuleId.of("A-CDV-19");

    private final IdRegisters id;

    public CdLegality(IdRegisters id) {
        this.id = id;
    }

    /** The rules that a CD with V = 1 breaks; empty if it is legal. */
    @Rule("A-CDV-22")
    @Rule("A-CDV-23")
    public List<RuleId> violations(ContextDescriptor cd, StreamTableEntry ste, StreamWorld world) {
        List<RuleId> broken = new ArrayList<>();
        check(broken, AA64, formatNotImplemented(cd));
        check(broken, AA64_OVER_AARCH32, aarch64OverAarch32(cd, ste));
        check(broken, AA32_IN_E2H, aarch32InE2h(cd, world));
        for (TableFields table : tablesInUse(cd, world)) {
            check(broken, TXSZ_MAX, rangeTooSmall(cd, table));
            check(broken, TXSZ_MIN, rangeTooLarge(cd, table));
            check(broken, TG, granuleUnsupported(cd, table));
            check(broken, TTB, baseTooWide(cd, table));
        }
        check(broken, ENDI, byteOrderUnsupported(cd, world));
        check(broken, A, razWiNotImplemented(cd));
        check(broken, S_TERMINATE, stallUnsupported(cd));
        check(broken, S_FORCED, stallMissing(cd));
        check(broken, S1STALLD, stallForbidden(cd, ste));
        check(broken, HTTU, hardwareUpdateUnsupported(cd));
        check(broken, ASID16, asidTooWide(cd, world));
        return broken;
    }

    private static void check(List<RuleId> broken, RuleId rule, boolean violated) {
        if (violated && !broken.contains(rule)) {
            broken.add(rule);
        }
    }

    /** The tables whose fields are examined: those that exist in the world and are not disabled. */
    @Rule("A-CDV-05")
    @Rule("A-CDV-20")
    public List<TableFields> tablesInUse(ContextDescriptor cd, StreamWorld world) {
        boolean lower = !world.hasTwoTables() || !cd.epd0();
        boolean upper = world.hasTwoTables() && !cd.epd1();
        if (lower && upper) {
            return List.of(TableFields.lower(cd), TableFields.upper(cd));
        }
        if (lower) {
            return List.of(TableFields.lower(cd));
        }
        return upper ? List.of(TableFields.upper(cd)) : List.of();
    }

    @Rule("A-CDV-02")
    protected boolean formatNotImplemented(ContextDescriptor cd) {
        return (id.ttf() & (cd.aa64() ? 2 : 1)) == 0;
    }

    @Rule("A-CDV-03")
    protected boolean aarch64OverAarch32(ContextDescriptor cd, StreamTableEntry ste) {
        return cd.aa64() && ste.stage2Enabled() && !ste.s2aa64();
    }

    @Rule("A-CDV-04")
    protected boolean aarch32InE2h(ContextDescriptor cd, StreamWorld world) {
        return !cd.aa64() && world == StreamWorld.EL2_E2H;
    }

    /** An SMMUv3.0 may clamp the value instead; the reference refuses the CD in every version. */
    @Rule("A-CDV-06")
    @Rule("A-CDV-08")
    protected boolean rangeTooSmall(ContextDescriptor cd, TableFields table) {
        int most = !id.stt() ? 39 : GranuleCodes.is64k(table.granule()) ? 47 : 48;
        return cd.aa64() && table.txsz() > most;
    }

    @Rule("A-CDV-07")
    @Rule("A-CDV-08")
    protected boolean rangeTooLarge(ContextDescriptor cd, TableFields table) {
        boolean large = id.vax() == 1 && GranuleCodes.is64k(table.granule());
        return cd.aa64() && table.txsz() < (large ? 12 : 16);
    }

    @Rule("A-CDV-09")
    protected boolean granuleUnsupported(ContextDescriptor cd, TableFields table) {
        return cd.aa64()
                && table.granule().filter(granule -> id.supports(granule)).isEmpty();
    }

    @Rule("A-CDV-11")
    protected boolean baseTooWide(ContextDescriptor cd, TableFields table) {
        boolean small = cd.aa64() && !GranuleCodes.is64k(table.granule());
        return table.ttb() >>> Math.min(outputBits(cd), small ? 48 : 52) != 0;
    }

    @Rule("A-CDV-10")
    protected boolean byteOrderUnsupported(ContextDescriptor cd, StreamWorld world) {
        return !tablesInUse(cd, world).isEmpty() && SteLegality.byteOrderUnsupported(id, cd.endi());
    }

    @Rule("A-CDV-13")
    @Rule("A-CDV-24")
    protected boolean razWiNotImplemented(ContextDescriptor cd) {
        return id.termModel() && !cd.a();
    }

    @Rule("A-CDV-14")
    protected boolean stallUnsupported(ContextDescriptor cd) {
        return cd.s() && id.stallModel() == 1;
    }

    @Rule("A-CDV-15")
    protected boolean stallMissing(ContextDescriptor cd) {
        return !cd.s() && id.stallModel() == 2;
    }

    @Rule("A-CDV-16")
    @Rule("A-STL-18")
    protected boolean stallForbidden(ContextDescriptor cd, StreamTableEntry ste) {
        return cd.s() && ste.s1stalld();
    }

    @Rule("A-CDV-17")
    @Rule("A-CDV-18")
    protected boolean hardwareUpdateUnsupported(ContextDescriptor cd) {
        boolean either = cd.ha() || cd.hd();
        return cd.aa64() && ((either && id.httu() == 0) || (cd.hd() && id.httu() == 1));
    }

    @Rule("A-CDV-19")
    protected boolean asidTooWide(ContextDescriptor cd, StreamWorld world) {
        return world.usesAsid() && !id.asid16() && cd.asid() > 0xFF;
    }

    /** The effective IPS in bits. */
    @Rule("A-CDV-12")
    public int outputBits(ContextDescriptor cd) {
        if (!cd.aa64()) {
            return Math.min(40, id.oas());
        }
        int code = cd.ips() > 5 && !id.atLeastV3(1) ? 5 : cd.ips();
        return Math.min(IdRegisters.addressBits(code), id.oas());
    }

    /**
     * The fields of a CD that exist once for each table.
     *
     * @param granule empty if TGx is reserved
     */
    public record TableFields(
            boolean upper, int txsz, Optional<Granule> granule, long ttb, boolean tbi, boolean had, boolean e0pd) {

        static TableFields lower(ContextDescriptor cd) {
            return new TableFields(
                    false, cd.t0sz(), GranuleCodes.ofTg0(cd.tg0()), cd.ttb0(), cd.tbi0(), cd.had0(), cd.e0pd0());
        }

        static TableFields upper(ContextDescriptor cd) {
            return new TableFields(
                    true, cd.t1sz(), GranuleCodes.ofTg1(cd.tg1()), cd.ttb1(), cd.tbi1(), cd.had1(), cd.e0pd1());
        }
    }
}
