package org.nestor.properties.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.nestor.generators.structure.Broken;
import org.nestor.generators.structure.ContextDescriptors;
import org.nestor.properties.spec.PairedWith;
import org.nestor.properties.structure.Settings.Case;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.CdLegality;
import org.nestor.smmu.config.ContextDecoder;
import org.nestor.smmu.config.Stage1Half;
import org.nestor.smmu.config.Stage1Regime;
import org.nestor.smmu.config.StreamConfiguration;
import org.nestor.smmu.config.StreamWorld;
import org.nestor.smmu.format.ContextDescriptor;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.tables.Ste;

/**
 * Each assert of the Alloy module {@code smmu/cd}, under its name, of the reference: CDs of any bits, legal ones, ones that break a rule, and
 * legal ones with a few bits inverted, under STEs with and without stage 2, in each StreamWorld. AArch32 CDs are judged and not decoded.
 */
@PairedWith("smmu/cd")
class CdProperties {
    private static final int STAGE_1 = 0b101;
    private static final int NESTED = 0b111;
    private static final List<RuleId> OF_TABLES = List.of(
            RuleId.of("A-CDV-06"),
            RuleId.of("A-CDV-07"),
            RuleId.of("A-CDV-09"),
            RuleId.of("A-CDV-10"),
            RuleId.of("A-CDV-11"));

    /** A CD with the ID registers that it was made for, and the STE and StreamWorld that lead to it. */
    record Under(IdRegisters id, ContextDescriptor cd, StreamTableEntry ste, StreamWorld world) {
        List<RuleId> violations() {
            return new CdLegality(id).violations(cd, ste, world);
        }

        boolean legal() {
            return cd.v() && violations().isEmpty();
        }

        Optional<Stage1Regime> stage1() {
            return new ContextDecoder(id, new CdLegality(id), RuleLog.NONE)
                    .decode(cd, new StreamConfiguration(ste, world, Optional.empty(), Optional.empty()))
                    .stage1();
        }
    }

    @Provide
    Arbitrary<Under> cds() {
        Arbitrary<Case<ContextDescriptor>> cases = Settings.cases(id -> {
            ContextDescriptors descriptors = new ContextDescriptors(id);
            return Arbitraries.oneOf(
                    descriptors.any(),
                    descriptors.legal(),
                    descriptors.broken().map(Broken::structure),
                    Inversions.few(descriptors.legal(), ContextDescriptor::line, ContextDescriptor::new));
        });
        return cases.flatMap(given -> stes().flatMap(ste -> Arbitraries.of(StreamWorld.class)
                .map(world -> new Under(given.setting().id(), given.value(), ste, world))));
    }

    private static Arbitrary<StreamTableEntry> stes() {
        Arbitrary<Boolean> either = Arbitraries.of(true, false);
        return either.flatMap(nested -> either.flatMap(aarch64 -> either.map(stalld -> new StreamTableEntry(Ste.bypass()
                .config(nested ? NESTED : STAGE_1)
                .s2aa64(aarch64)
                .s1stalld(stalld)
                .line()))));
    }

    @Property
    @Rule("A-CDV-05")
    void disabledTablesBreakNoRule(@ForAll("cds") Under given) {
        StreamWorld world = given.world() == StreamWorld.EL2 ? StreamWorld.EL2_E2H : given.world();
        ContextDescriptor disabled = new ContextDescriptor(given.cd()
                .line()
                .with(ContextDescriptor.LAYOUT.field("EPD0"), 1)
                .with(ContextDescriptor.LAYOUT.field("EPD1"), 1));
        assertFalse(new Under(given.id(), disabled, given.ste(), world)
                .violations().stream().anyMatch(OF_TABLES::contains));
    }

    @Property
    @Rule("A-CDV-20")
    void el2HasOneTable(@ForAll("cds") Under given) {
        if (given.legal() && given.cd().aa64() && given.world() == StreamWorld.EL2) {
            assertTrue(given.stage1().flatMap(Stage1Regime::lower).isPresent());
            assertTrue(given.stage1().flatMap(Stage1Regime::upper).isEmpty());
        }
    }

    @Property
    @Rule("A-CDV-06")
    @Rule("A-CDV-07")
    @Rule("A-CDV-09")
    @Rule("A-CDV-11")
    void legalTablesCanBeWalked(@ForAll("cds") Under given) {
        if (given.legal() && given.cd().aa64()) {
            Stage1Regime stage1 = given.stage1().orElseThrow();
            stage1.lower().ifPresent(half -> canBeWalked(given.id(), half));
            stage1.upper().ifPresent(half -> canBeWalked(given.id(), half));
        }
    }

    private static void canBeWalked(IdRegisters id, Stage1Half half) {
        assertTrue(id.supports(half.geometry().granule()));
        assertEquals(0, half.geometry().base() >>> id.oas());
        assertTrue(half.geometry().inputBits() >= 16 && half.geometry().inputBits() <= 52);
    }

    @Property
    @Rule("A-CDV-03")
    void aarch64NeedsAarch64BehindIt(@ForAll("cds") Under given) {
        boolean behindStage2 = given.legal() && given.cd().aa64() && given.ste().stage2Enabled();
        assertTrue(!behindStage2 || given.ste().s2aa64());
    }

    @Property
    @Rule("A-CDV-14")
    @Rule("A-CDV-15")
    @Rule("A-CDV-16")
    void stallIsWhereItMayBe(@ForAll("cds") Under given) {
        boolean may = !given.ste().s1stalld() && given.id().stallModel() != 1;
        boolean must = given.id().stallModel() == 2;
        assertTrue(!given.legal() || (given.cd().s() ? may : !must));
    }
}
