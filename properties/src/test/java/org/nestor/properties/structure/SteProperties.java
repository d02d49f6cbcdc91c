package org.nestor.properties.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.nestor.generators.structure.Broken;
import org.nestor.generators.structure.StreamTableEntries;
import org.nestor.properties.spec.PairedWith;
import org.nestor.properties.structure.Settings.Case;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.Stage2Regime;
import org.nestor.smmu.config.SteLegality;
import org.nestor.smmu.config.StreamConfiguration;
import org.nestor.smmu.config.StreamDecoder;
import org.nestor.smmu.config.StreamWorld;
import org.nestor.smmu.fault.Refusal;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;

/**
 * Each assert of the Alloy module {@code smmu/ste}, under its name, of the reference: STEs of any bits, legal ones, ones that break a rule,
 * and legal ones with a few bits inverted. AArch32 stage 2 tables are left out where an STE has to be decoded, which the reference does not.
 */
@PairedWith("smmu/ste")
class SteProperties {
    private static final Set<Integer> STAGE_2 = Set.of(6, 7);

    /** An STE with the ID registers that it was made for, and what the reference makes of it. */
    record Decoded(IdRegisters id, StreamTableEntry ste, StreamConfiguration configuration) {
        boolean accepted() {
            return configuration.refusal().isEmpty();
        }
    }

    @Provide
    Arbitrary<Case<StreamTableEntry>> stes() {
        return Settings.cases(id -> {
            StreamTableEntries entries = new StreamTableEntries(id);
            return Arbitraries.oneOf(
                    entries.any(),
                    entries.legal(),
                    entries.broken().map(Broken::structure),
                    Inversions.few(entries.legal(), StreamTableEntry::line, StreamTableEntry::new));
        });
    }

    @Provide
    Arbitrary<Decoded> decoded() {
        return stes().filter(
                        given -> !given.value().stage2Enabled() || given.value().s2aa64())
                .flatMap(given -> Arbitraries.of(true, false).map(e2h -> decode(given, e2h)));
    }

    private static Decoded decode(Case<StreamTableEntry> given, boolean e2h) {
        IdRegisters id = given.setting().id();
        return new Decoded(
                id, given.value(), new StreamDecoder(id, new SteLegality(id), RuleLog.NONE).decode(given.value(), e2h));
    }

    @Property
    @Rule("A-STE-01")
    @Rule("A-STE-02")
    @Rule("A-STE-05")
    void everySteHasOneOutcome(@ForAll("decoded") Decoded given) {
        StreamTableEntry ste = given.ste();
        boolean broken = !new SteLegality(given.id()).violations(ste).isEmpty();
        Optional<Refusal> refusal = given.configuration().refusal();
        boolean bad = refusal.filter(Refusal.Fault.class::isInstance).isPresent();
        assertEquals(!ste.v() || broken, bad);
        assertEquals(
                ste.v() && ste.config() < 4,
                refusal.filter(Refusal.SilentAbort.class::isInstance).isPresent());
        if (given.accepted()) {
            assertEquals(
                    STAGE_2.contains(ste.config()),
                    given.configuration().stage2().isPresent());
        }
    }

    @Property
    @Rule("A-STE-01")
    @Rule("A-STE-02")
    @Rule("A-STE-05")
    void unexaminedFieldsBreakNoRule(
            @ForAll("stes") Case<StreamTableEntry> given,
            @ForAll boolean valid,
            @ForAll @IntRange(max = 4) int config) {
        StreamTableEntry ste = new StreamTableEntry(given.value()
                .line()
                .with(StreamTableEntry.LAYOUT.field("V"), valid ? 1 : 0)
                .with(
                        StreamTableEntry.LAYOUT.field("Config"),
                        valid ? config : given.value().config()));
        assertEquals(List.of(), new SteLegality(given.setting().id()).violations(ste));
    }

    @Property
    @Rule("A-STE-03")
    @Rule("A-STE-04")
    void nestedNeedsBothStages(@ForAll("decoded") Decoded given) {
        boolean nested = given.accepted() && given.ste().config() == 7;
        assertTrue(!nested || (given.id().s1p() && given.id().s2p()));
    }

    @Property
    @Rule("A-STE-13")
    @Rule("A-STE-14")
    @Rule("A-STE-15")
    void el2ServesStage1Alone(@ForAll("decoded") Decoded given) {
        boolean el2 = given.accepted() && given.configuration().world() != StreamWorld.NS_EL1;
        assertTrue(!el2 || (given.ste().config() == 5 && given.id().hyp()));
    }

    @Property
    @Rule("A-STE-19")
    @Rule("A-STE-21")
    @Rule("A-STE-23")
    @Rule("A-STE-24")
    @Rule("A-STE-25")
    void legalStage2HasAWalk(@ForAll("decoded") Decoded given) {
        given.configuration().stage2().map(Stage2Regime::geometry).ifPresent(stage2 -> {
            assertTrue(given.id().supports(stage2.granule()));
            assertTrue(stage2.startLevel() >= 0 && stage2.startLevel() <= 3);
            assertTrue(stage2.inputBits() <= given.id().ias());
            assertEquals(0, stage2.base() >>> given.id().oas());
        });
    }

    @Property
    @Rule("A-STE-33")
    @Rule("A-STE-34")
    void atsAndStage2StallExclude(@ForAll("decoded") Decoded given) {
        boolean stalls = given.accepted()
                && STAGE_2.contains(given.ste().config())
                && given.id().ats()
                && given.ste().s2s();
        assertTrue(!stalls || Set.of(0, 3).contains(given.ste().eats()));
    }
}
