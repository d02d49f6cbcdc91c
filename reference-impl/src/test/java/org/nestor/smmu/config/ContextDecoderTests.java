package org.nestor.smmu.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.fault.Refusal.Fault;
import org.nestor.smmu.format.ContextDescriptor;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Ids;
import org.nestor.tables.Cd;
import org.nestor.tables.Changes;
import org.nestor.tables.Ste;

class ContextDecoderTests {
    private static final Cd BOTH = Changes.cd(
            new Cd(Line.ZERO),
            "V=1 AA64=1 T0SZ=25 TG0=0 T1SZ=30 TG1=1 IPS=4 TTB0=0x1000 TTB1=0x40000 A=1 R=1 ASID=7 MAIR=0x44FF");

    private static Configuration decode(String ids, String ste, boolean e2h, Cd cd) {
        IdRegisters id = Ids.full(ids);
        StreamTableEntry entry =
                new StreamTableEntry(Changes.ste(new Ste(Line.ZERO), "V=1 S2VMID=9 S2AA64=1 S2T0SZ=25 S2SL0=1 " + ste)
                        .line());
        StreamConfiguration stream = new StreamDecoder(id, new SteLegality(id), RuleLog.NONE).decode(entry, e2h);
        return new ContextDecoder(id, new CdLegality(id), RuleLog.NONE)
                .decode(new ContextDescriptor(cd.line()), stream);
    }

    private static Stage1Regime stage1(String ids, String ste, boolean e2h, String cd) {
        return decode(ids, ste, e2h, Changes.cd(BOTH, cd)).stage1().orElseThrow();
    }

    @Test
    @Rule("A-CDV-01")
    void invalidCdIsABadCd() {
        Configuration configuration = decode("", "Config=5", false, BOTH.v(false));
        assertEquals(
                Optional.of(Fault.configuration(EventType.C_BAD_CD, RuleId.of("A-CDV-01"))), configuration.refusal());
        assertEquals(Optional.empty(), configuration.stage1());
    }

    @Test
    @Rule("A-CDV-23")
    void cdThatIsIllegalInOneTableIsABadCdForBothHalves() {
        Configuration configuration = decode("", "Config=5", false, BOTH.t1sz(40));
        assertEquals(
                Optional.of(Fault.configuration(EventType.C_BAD_CD, RuleId.of("A-CDV-06"))), configuration.refusal());
    }

    @Test
    void bothHalvesAreSetUpAsTheFieldsSay() {
        Stage1Regime regime = stage1("", "Config=5", false, "TBI1=1 HAD0=1 E0PD1=1 AFFD=1 WXN=1 PAN=1 ENDI=1 ASET=1");
        TableGeometry lower = new TableGeometry(Granule.KB4, 39, 1, 0x1000, 44, true);
        TableGeometry upper = new TableGeometry(Granule.KB16, 34, 2, 0x40000, 44, true);
        assertEquals(
                new Stage1Regime(
                        new Stage1Tag(StreamWorld.NS_EL1, 9, 7, true, false),
                        Optional.of(new Stage1Half(false, lower, false, true, false)),
                        Optional.of(new Stage1Half(true, upper, true, false, true)),
                        true,
                        false,
                        false,
                        true,
                        true,
                        0x44FF),
                regime);
    }

    @ParameterizedTest
    @CsvSource({
        "'', Config=5, false, NS_EL1, 9, 7, false",
        "S2P=0, Config=5, false, NS_EL1, 0, 7, false",
        "'', Config=7, false, NS_EL1, 9, 7, true",
        "'', Config=5 STRW=2, false, EL2, 0, 0, false",
        "'', Config=5 STRW=2, true, EL2_E2H, 0, 7, false",
    })
    @Rule("A-RGM-02")
    @Rule("A-RGM-03")
    @Rule("A-RGM-05")
    @Rule("A-RGM-06")
    @Rule("C-KEY-01")
    void tagCarriesWhatTheWorldHas(
            String ids, String ste, boolean e2h, StreamWorld world, int vmid, int asid, boolean nested) {
        assertEquals(
                new Stage1Tag(world, vmid, asid, false, nested),
                stage1(ids, ste, e2h, "").tag());
    }

    @ParameterizedTest
    @CsvSource({
        "EPD0=0 EPD1=0, true, true",
        "EPD0=1 EPD1=0, false, true",
        "EPD0=0 EPD1=1, true, false",
        "EPD0=1 EPD1=1, false, false"
    })
    @Rule("A-CDV-05")
    void disabledTableIsNoHalf(String changes, boolean lower, boolean upper) {
        Stage1Regime regime = stage1("", "Config=5", false, changes);
        assertEquals(
                List.of(lower, upper),
                List.of(regime.lower().isPresent(), regime.upper().isPresent()));
    }

    @Test
    @Rule("A-CDV-20")
    @Rule("A-RGM-02")
    void el2HasTheLowerTableAloneAndNeverDisablesIt() {
        Stage1Regime regime = stage1("", "Config=5 STRW=2", false, "EPD0=1 EPD1=0 PAN=1 E0PD0=1");
        assertEquals(
                List.of(true, false),
                List.of(regime.lower().isPresent(), regime.upper().isPresent()));
        assertFalse(regime.privilegedAccessNever());
        assertFalse(regime.lower().orElseThrow().unprivilegedDenied());
    }

    @ParameterizedTest
    @CsvSource({"HAD=1 E0PD=1, true, true", "HAD=0 E0PD=1, false, true", "HAD=1 E0PD=0, true, false"})
    @Rule("A-CDV-21")
    void bitsOfFeaturesThatAreMissingAreIgnored(String ids, boolean had, boolean e0pd) {
        Stage1Half half =
                stage1(ids, "Config=5", false, "HAD0=1 E0PD0=1").lower().orElseThrow();
        assertEquals(List.of(had, e0pd), List.of(half.hierarchyDisabled(), half.unprivilegedDenied()));
    }

    @ParameterizedTest
    @CsvSource({"HA=0 HD=0, false, false", "HA=1 HD=0, true, false", "HA=1 HD=1, true, true", "HA=0 HD=1, false, false"
    })
    @Rule("A-CDV-18")
    void dirtyUpdatesNeedAccessFlagUpdates(String changes, boolean access, boolean dirty) {
        Stage1Regime regime = stage1("", "Config=5", false, changes);
        assertEquals(List.of(access, dirty), List.of(regime.hardwareAccess(), regime.hardwareDirty()));
    }

    /** T0SZ and TTB0 as written, and the base after the bits below the table's size are taken as zero. */
    @ParameterizedTest
    @CsvSource({
        "0, 16, 0x7FFFFFFFFF0, 0x7FFFFFFF000",
        "0, 24, 0x7FFFFFFFFF0, 0x7FFFFFFFFF0",
        "0, 39, 0x7FFFFFFFFF0, 0x7FFFFFFFF80",
        "2, 17, 0x7FFFFFFFFF0, 0x7FFFFFFC000",
        "1, 22, 0x7FFFFFFFFF0, 0x7FFFFFF0000",
    })
    @Rule("A-WLK-01")
    void baseIsAlignedToTheStartLevelTable(int tg, int t0sz, String ttb, String base) {
        Cd cd = BOTH.tg0(tg).t0sz(t0sz).ttb0(Long.decode(ttb));
        Stage1Half half =
                decode("", "Config=5", false, cd).stage1().orElseThrow().lower().orElseThrow();
        assertEquals(Long.decode(base), half.geometry().base());
    }

    @Test
    @Rule("A-WLK-01")
    void baseOf52BitAddressesIsAlignedTo64Bytes() {
        Cd cd = BOTH.tg0(1).t0sz(21).ips(6).ttb0(0x8_0000_0000_0070L);
        Stage1Half half = decode("OAS=6", "Config=5", false, cd)
                .stage1()
                .orElseThrow()
                .lower()
                .orElseThrow();
        assertEquals(0x8_0000_0000_0040L, half.geometry().base());
    }
}
