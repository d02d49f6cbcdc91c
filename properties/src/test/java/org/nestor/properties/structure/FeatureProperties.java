package org.nestor.properties.structure;

import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.nestor.properties.spec.PairedWith;
import org.nestor.rule.Rule;
import org.nestor.smmu.config.CdLegality;
import org.nestor.smmu.config.SteLegality;
import org.nestor.smmu.format.ContextDescriptor;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Profile;
import org.nestor.tables.Cd;
import org.nestor.tables.Ste;

/** The assert of the Alloy module {@code smmu/features}, under its name, of the reference. */
@PairedWith("smmu/features")
class FeatureProperties {
    private static final int TTF_SHIFT = 2;
    private static final int OAS = 7;
    private static final int MINOR = 0xF;

    @Property
    @Rule("A-CDV-12")
    @Rule("A-STE-20")
    void effectiveSizeFitsOas(
            @ForAll @IntRange(max = 7) int code,
            @ForAll @IntRange(max = 7) int oas,
            @ForAll @IntRange(min = 1, max = 3) int ttf,
            @ForAll @IntRange(max = 4) int minor) {
        IdRegisters full = Profile.FULL.idRegisters();
        IdRegisters id = new IdRegisters(
                full.idr0() & ~(3 << TTF_SHIFT) | ttf << TTF_SHIFT,
                full.idr1(),
                full.idr2(),
                full.idr3(),
                full.idr4(),
                full.idr5() & ~OAS | oas,
                full.iidr(),
                full.aidr() & ~MINOR | minor);
        StreamTableEntry ste = new StreamTableEntry(Ste.bypass().s2ps(code).line());
        ContextDescriptor cd = new ContextDescriptor(Cd.aarch64().ips(code).line());
        assertTrue(new SteLegality(id).outputBits(ste) <= id.oas());
        assertTrue(new CdLegality(id).outputBits(cd) <= id.oas());
        assertTrue(ttf == 1 || id.oas() <= id.ias());
    }
}
