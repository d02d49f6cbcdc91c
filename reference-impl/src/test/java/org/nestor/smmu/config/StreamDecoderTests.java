package org.nestor.smmu.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.smmu.fault.Refusal;
import org.nestor.smmu.fault.Refusal.Fault;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Ids;
import org.nestor.tables.Changes;
import org.nestor.tables.Ste;

class StreamDecoderTests {
    private static final Ste NESTED = Changes.ste(
            new Ste(Line.ZERO),
            "V=1 Config=7 S1ContextPtr=0x1000 S2VMID=9 S2AA64=1 S2T0SZ=25 S2SL0=1 S2PS=5 S2TTB=0x2000");

    private final List<RuleId> decided = new ArrayList<>();

    private StreamConfiguration decode(String ids, String changes, boolean e2h) {
        IdRegisters id = Ids.full(ids);
        StreamTableEntry ste = new StreamTableEntry(Changes.ste(NESTED, changes).line());
        return new StreamDecoder(id, new SteLegality(id), decided::add).decode(ste, e2h);
    }

    private Stage2Regime stage2(String ids, String changes) {
        return decode(ids, changes, false).stage2().orElseThrow();
    }

    @Test
    @Rule("A-STE-01")
    void invalidEntryIsABadSte() {
        Optional<Refusal> refusal = decode("", "V=0 Config=0", false).refusal();
        assertEquals(Optional.of(Fault.configuration(EventType.C_BAD_STE, RuleId.of("A-STE-01"))), refusal);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    @Rule("A-STE-02")
    @Rule("A-EVQ-17")
    void configWithoutItsHighBitAbortsSilently(int config) {
        Optional<Refusal> refusal = decode("", "S2TG=3 Config=" + config, false).refusal();
        assertEquals(Optional.of(new Refusal.SilentAbort(RuleId.of("A-STE-02"))), refusal);
    }

    @Test
    @Rule("A-STE-39")
    void illegalEntryIsABadSteWhateverIsWrongAndHoweverMuch() {
        Optional<Refusal> refusal =
                decode("HTTU=0", "S2HA=1 S2TG=3 S2SL0=0", false).refusal();
        assertEquals(Optional.of(Fault.configuration(EventType.C_BAD_STE, RuleId.of("A-STE-19"))), refusal);
        assertEquals(List.of(RuleId.of("A-STE-27")), decided, "the rules that the refusal does not name");
    }

    @ParameterizedTest
    @CsvSource({
        "HYP=1, Config=5 STRW=0, false, NS_EL1",
        "HYP=1, Config=5 STRW=0, true, NS_EL1",
        "HYP=1, Config=5 STRW=2, false, EL2",
        "HYP=1, Config=5 STRW=2, true, EL2_E2H",
        "HYP=0, Config=5 STRW=2, true, NS_EL1",
        "HYP=0, Config=5 STRW=1, false, NS_EL1",
        "HYP=1, Config=6 STRW=2, true, NS_EL1",
        "HYP=1, Config=7 STRW=2, true, NS_EL1",
        "HYP=1, Config=7 STRW=3, false, NS_EL1",
        "HYP=1, Config=4 STRW=2, true, NS_EL1",
    })
    @Rule("A-RGM-01")
    @Rule("A-RGM-02")
    @Rule("A-RGM-03")
    @Rule("A-RGM-04")
    @Rule("A-STE-13")
    @Rule("A-STE-14")
    @Rule("A-STE-15")
    void worldFollowsStrwOnlyForStage1AloneWithHyp(String ids, String changes, boolean e2h, StreamWorld world) {
        assertEquals(world, decode(ids, changes, e2h).world());
    }

    @Test
    @Rule("A-RGM-01")
    @Rule("A-RGM-02")
    @Rule("A-RGM-03")
    void worldsDifferInTablesAndTags() {
        assertEquals(List.of(true, true, true), traits(StreamWorld.NS_EL1));
        assertEquals(List.of(false, false, false), traits(StreamWorld.EL2));
        assertEquals(List.of(true, true, false), traits(StreamWorld.EL2_E2H));
    }

    private static List<Boolean> traits(StreamWorld world) {
        return List.of(world.hasTwoTables(), world.usesAsid(), world.usesVmid());
    }

    @Test
    void stage2IsSetUpAsTheFieldsSay() {
        Stage2Regime regime = stage2("OAS=6", "S2TG=1 S2SL0=2 S2T0SZ=12 S2PS=6 S2TTB=0x40000 S2ENDI=1 S2AFFD=1");
        TableGeometry expected = new TableGeometry(Granule.KB64, 52, 1, 0x40000, 52, true);
        assertEquals(new Stage2Regime(9, expected, true, false, false, false, false), regime);
    }

    @ParameterizedTest
    @CsvSource({"5, false", "4, false", "6, true", "7, true"})
    void stage2ExistsOnlyWhereConfigAsksForIt(int config, boolean present) {
        assertEquals(present, decode("", "Config=" + config, false).stage2().isPresent());
    }

    /** IA 39 from level 2 of 4 KiB tables is not possible; 34 needs 16 tables: 64 KiB. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 30, 0x7FFFFFFFFFFF, 0x7FFFFFFF0000",
        "0, 0, 34, 0x7FFFFFFFFFFF, 0x7FFFFFFFF000",
        "0, 0, 39, 0x7FFFFFFFFFFF, 0x7FFFFFFFFF80",
        "0, 1, 25, 0x7FFFFFFFFFFF, 0x7FFFFFFFF000",
        "0, 1, 21, 0x7FFFFFFFFFFF, 0x7FFFFFFF0000",
        "2, 1, 24, 0x7FFFFFFFFFFF, 0x7FFFFFFC0000",
        "1, 1, 18, 0x7FFFFFFFFFFF, 0x7FFFFFF00000",
    })
    @Rule("A-WLK-03")
    void baseIsAlignedToAllConcatenatedTables(int tg, int sl0, int t0sz, String ttb, String base) {
        long written = Long.decode(ttb) & ~0xFL;
        Ste ste = NESTED.s2tg(tg).s2sl0(sl0).s2t0sz(t0sz).s2ttb(written);
        IdRegisters id = Ids.full("");
        StreamConfiguration stream = new StreamDecoder(id, new SteLegality(id), decided::add)
                .decode(new StreamTableEntry(ste.line()), false);
        assertEquals(Long.decode(base), stream.stage2().orElseThrow().geometry().base());
    }

    @ParameterizedTest
    @CsvSource({
        "S2HA=0 S2HD=0, false, false",
        "S2HA=1 S2HD=0, true, false",
        "S2HA=1 S2HD=1, true, true",
        "S2HA=0 S2HD=1, false, false"
    })
    @Rule("A-STE-28")
    void dirtyUpdatesNeedAccessFlagUpdates(String changes, boolean access, boolean dirty) {
        Stage2Regime regime = stage2("", changes);
        assertEquals(List.of(access, dirty), List.of(regime.hardwareAccess(), regime.hardwareDirty()));
    }

    @ParameterizedTest
    @CsvSource({"FWB=1, S2FWB=1, true", "FWB=1, S2FWB=0, false", "FWB=0, S2FWB=1, false"})
    @Rule("A-STE-32")
    void forcedWriteBackNeedsItsFeature(String ids, String changes, boolean forced) {
        assertEquals(forced, stage2(ids, changes).forceWriteBack());
    }

    @ParameterizedTest
    @CsvSource({"Config=7 S2PTW=1, true", "Config=7 S2PTW=0, false", "Config=6 S2PTW=1, false"})
    @Rule("A-NST-08")
    void tableWalkIsProtectedOnlyWhereStage1Walks(String changes, boolean protectedWalk) {
        assertEquals(protectedWalk, stage2("", changes).protectTableWalk());
    }

    @Test
    void legalEntryIsNotRefused() {
        assertTrue(decode("", "", false).refusal().isEmpty());
        assertTrue(decided.isEmpty());
    }
}
