package org.nestor.properties.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.nestor.explain.Explainer;
import org.nestor.explain.Explanation;
import org.nestor.explain.MalformedInputException;
import org.nestor.generators.structure.Broken;
import org.nestor.generators.structure.ContextDescriptors;
import org.nestor.generators.structure.StreamTableEntries;
import org.nestor.properties.structure.Settings.Case;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.CdLegality;
import org.nestor.smmu.config.ContextDecoder;
import org.nestor.smmu.config.SteLegality;
import org.nestor.smmu.config.StreamConfiguration;
import org.nestor.smmu.config.StreamDecoder;
import org.nestor.smmu.config.StreamWorld;
import org.nestor.smmu.format.ContextDescriptor;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.format.Structure;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Profile;
import org.nestor.tables.Ste;

/** The generators and the reference judge legality independently; each property holds them against one another. */
class StructureProperties {
    private static final StreamTableEntry PLAIN =
            new StreamTableEntry(Ste.bypass().config(0b101).line());

    @Provide
    Arbitrary<Case<StreamTableEntry>> legalStes() {
        return Settings.cases(id -> new StreamTableEntries(id).legal());
    }

    @Provide
    Arbitrary<Case<Broken<StreamTableEntry>>> brokenStes() {
        return Settings.cases(id -> new StreamTableEntries(id).broken());
    }

    @Provide
    Arbitrary<Case<StreamTableEntry>> anyStes() {
        return Settings.cases(id -> new StreamTableEntries(id).any());
    }

    @Provide
    Arbitrary<Case<ContextDescriptor>> legalCds() {
        return Settings.cases(id -> new ContextDescriptors(id).legal());
    }

    @Provide
    Arbitrary<Case<Broken<ContextDescriptor>>> brokenCds() {
        return Settings.cases(id -> new ContextDescriptors(id).broken());
    }

    @Provide
    Arbitrary<Case<ContextDescriptor>> anyCds() {
        return Settings.cases(id -> new ContextDescriptors(id).any());
    }

    @Property
    void legalSteBreaksNoRule(@ForAll("legalStes") Case<StreamTableEntry> given) {
        assertEquals(List.of(), new SteLegality(given.setting().id()).violations(given.value()));
        assertTrue(decoded(given).refusal().isEmpty());
    }

    @Property
    void steThatBreaksOneRuleBreaksThatRuleAlone(@ForAll("brokenStes") Case<Broken<StreamTableEntry>> given) {
        assertEquals(
                List.of(given.value().rule()),
                new SteLegality(given.setting().id()).violations(given.value().structure()));
        assertFalse(decoded(new Case<>(given.setting(), given.value().structure()))
                .refusal()
                .isEmpty());
    }

    @Property
    void anyBitsAreDecodedAsAnSte(@ForAll("anyStes") Case<StreamTableEntry> given) {
        boolean accepted = decoded(given).refusal().isEmpty();
        boolean legal =
                new SteLegality(given.setting().id()).violations(given.value()).isEmpty();
        assertEquals(given.value().v() && !given.value().aborts() && legal, accepted);
    }

    @Property
    void legalCdBreaksNoRule(@ForAll("legalCds") Case<ContextDescriptor> given) {
        assertEquals(
                List.of(), new CdLegality(given.setting().id()).violations(given.value(), PLAIN, StreamWorld.NS_EL1));
    }

    @Property
    void cdThatBreaksOneRuleBreaksThatRuleAlone(@ForAll("brokenCds") Case<Broken<ContextDescriptor>> given) {
        assertEquals(
                List.of(given.value().rule()),
                new CdLegality(given.setting().id()).violations(given.value().structure(), PLAIN, StreamWorld.NS_EL1));
    }

    @Property
    void anyBitsAreDecodedAsACd(@ForAll("anyCds") Case<ContextDescriptor> given) {
        IdRegisters id = given.setting().id();
        StreamConfiguration stream =
                new StreamConfiguration(PLAIN, StreamWorld.NS_EL1, Optional.empty(), Optional.empty());
        boolean accepted = new ContextDecoder(id, new CdLegality(id), RuleLog.NONE)
                .decode(given.value(), stream)
                .refusal()
                .isEmpty();
        boolean legal = new CdLegality(id)
                .violations(given.value(), PLAIN, StreamWorld.NS_EL1)
                .isEmpty();
        assertEquals(given.value().v() && legal, accepted);
    }

    @Property
    void anyBitsAreExplained(
            @ForAll("anyStes") Case<StreamTableEntry> ste, @ForAll("anyCds") Case<ContextDescriptor> cd)
            throws MalformedInputException {
        for (Profile profile : Profile.values()) {
            Explanation ofSte = new Explainer(profile).ste(hex(ste.value()));
            Explanation ofCd = new Explainer(profile).cd(hex(cd.value()), StreamWorld.NS_EL1);
            assertFalse(ofSte.rows().isEmpty());
            assertFalse(ofCd.rows().isEmpty());
        }
    }

    private static List<String> hex(Structure structure) {
        return IntStream.range(0, structure.layout().doublewords())
                .mapToObj(word -> "0x" + Long.toHexString(structure.doubleword(word)))
                .toList();
    }

    private static StreamConfiguration decoded(Case<StreamTableEntry> given) {
        IdRegisters id = given.setting().id();
        return new StreamDecoder(id, new SteLegality(id), RuleLog.NONE).decode(given.value(), false);
    }
}
