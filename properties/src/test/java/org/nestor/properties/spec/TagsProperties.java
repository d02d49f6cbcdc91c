package org.nestor.properties.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.nestor.memory.SparseMemory;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.StreamConfiguration;
import org.nestor.smmu.config.StreamWorld;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.tlb.CachePolicies;
import org.nestor.smmu.tlb.CachingReader;
import org.nestor.smmu.tlb.ConfigurationInvalidationRules;
import org.nestor.smmu.tlb.CoveredRange;
import org.nestor.smmu.tlb.InvalidationRules;
import org.nestor.smmu.tlb.TlbTags;
import org.nestor.tables.Ste;

/**
 * Each assert of the Alloy module {@code smmu/tags}, under its name, of the rules of the reference. An entry, a command and a look-up are
 * given by the module's fields, each with one of two tags.
 */
@PairedWith("smmu/tags")
class TagsProperties {
    /** The rarest wrong line of a table shows once in some hundreds. */
    private static final int TRIES = 5_000;

    private static final Set<String> CONFIGURATION = Set.of("Ste", "Cd");
    private static final Set<String> STAGE_2 = Set.of("Leaf2", "Pointer2");
    private static final Set<String> STAGE_1 = Set.of("Leaf1", "CombinedLeaf", "Pointer1", "CombinedPointer");
    private static final Set<String> LEAVES = Set.of("Leaf1", "CombinedLeaf", "Leaf2");
    private static final Set<String> OF_EL2 = Set.of("El2Va", "El2Vaa", "El2Asid", "El2All");

    private static final Map<String, List<String>> VALUES = Map.ofEntries(
            Map.entry(
                    "kind",
                    List.of("Ste", "Cd", "Leaf1", "Pointer1", "CombinedLeaf", "CombinedPointer", "Leaf2", "Pointer2")),
            Map.entry("world", List.of("NsEl1", "El2", "El2E2h")),
            Map.entry("from", List.of("NsEl1", "El2", "El2E2h")),
            Map.entry("covers", List.of("P0", "P1", "P0+P1")),
            Map.entry("at", List.of("P0", "P1")),
            Map.entry("onPage", List.of("P0", "P1")),
            Map.entry("vmid", List.of("V0", "V1")),
            Map.entry("ofVmid", List.of("V0", "V1")),
            Map.entry("onVmid", List.of("V0", "V1")),
            Map.entry("asid", List.of("A0", "A1")),
            Map.entry("ofAsid", List.of("A0", "A1")),
            Map.entry("onAsid", List.of("A0", "A1")),
            Map.entry("stream", List.of("S0", "S1")),
            Map.entry("onStream", List.of("S0", "S1")),
            Map.entry("substream", List.of("U0", "U1")),
            Map.entry("onSubstream", List.of("U0", "U1")),
            Map.entry("aset", List.of("", "Yes")),
            Map.entry("ofAset", List.of("", "Yes")),
            Map.entry("global", List.of("", "Yes")),
            Map.entry("leafOnly", List.of("", "Yes")),
            Map.entry(
                    "opcode",
                    List.of(
                            "CfgiSte",
                            "CfgiCd",
                            "CfgiCdAll",
                            "CfgiAll",
                            "NhVa",
                            "NhVaa",
                            "NhAsid",
                            "NhAll",
                            "S2Ipa",
                            "S12Vmall",
                            "NsnhAll",
                            "El2Va",
                            "El2Vaa",
                            "El2Asid",
                            "El2All")));

    private final TagsPairing java = new TagsPairing(new InvalidationRules(new CoveredRange()));

    @Provide
    Arbitrary<Map<String, String>> instances() {
        List<String> fields = VALUES.keySet().stream().sorted().toList();
        List<Arbitrary<String>> values =
                fields.stream().map(field -> Arbitraries.of(VALUES.get(field))).toList();
        return Combinators.combine(values).as(chosen -> {
            Map<String, String> instance = new HashMap<>();
            for (int i = 0; i < chosen.size(); i++) {
                instance.put(fields.get(i), chosen.get(i));
            }
            return Map.copyOf(instance);
        });
    }

    private static Map<String, String> with(Map<String, String> instance, Map<String, String> others) {
        Map<String, String> changed = new HashMap<>(instance);
        changed.putAll(others);
        return changed;
    }

    private boolean serves(Map<String, String> instance) {
        return java.serves(instance).orElse(false);
    }

    private static boolean is(Map<String, String> instance, String field, Set<String> values) {
        return values.contains(instance.get(field));
    }

    private static boolean same(Map<String, String> instance, String field, String other) {
        return instance.get(field).equals(instance.get(other));
    }

    private static boolean covers(Map<String, String> instance, String page) {
        return instance.get("covers").contains(instance.get(page));
    }

    private static boolean globalLeaf(Map<String, String> instance) {
        return !instance.get("global").isEmpty() && is(instance, "kind", LEAVES);
    }

    private static boolean ofVm(Map<String, String> instance) {
        return is(instance, "kind", STAGE_1) && instance.get("world").equals("NsEl1");
    }

    @Property(tries = TRIES)
    @Rule("C-INV-07")
    @Rule("C-KEY-05")
    void ownAddressRemovesWhatServes(@ForAll("instances") Map<String, String> instance) {
        Map<String, String> own = with(
                instance,
                Map.of(
                        "world", "NsEl1",
                        "from", "NsEl1",
                        "opcode", "NhVa",
                        "leafOnly", "",
                        "onVmid", instance.get("ofVmid"),
                        "onAsid", instance.get("ofAsid"),
                        "onPage", instance.get("at")));
        boolean used = serves(own) && is(own, "kind", STAGE_1);
        assertTrue(!used || java.removes(own));
    }

    @Property(tries = TRIES)
    @Rule("C-KEY-01")
    void vmidsDoNotMeet(@ForAll("instances") Map<String, String> instance) {
        if (is(instance, "kind", STAGE_2) || ofVm(instance)) {
            assertTrue(!serves(instance) || same(instance, "vmid", "ofVmid"));
            boolean ofItsVm = java.removes(instance) && !instance.get("opcode").equals("NsnhAll");
            assertTrue(!ofItsVm || same(instance, "vmid", "onVmid"));
        }
    }

    @Property(tries = TRIES)
    @Rule("C-INV-03")
    void commandsOnConfigurationLeaveTranslations(@ForAll("instances") Map<String, String> instance) {
        if (java.removes(instance)) {
            assertEquals(
                    is(instance, "kind", CONFIGURATION), instance.get("opcode").startsWith("Cfgi"));
        }
    }

    @Property(tries = TRIES)
    @Rule("C-INV-11")
    void vmallIsBothStages(@ForAll("instances") Map<String, String> instance) {
        Set<String> smaller = Set.of("NhAll", "NhAsid", "NhVa", "NhVaa", "S2Ipa");
        boolean removed = is(instance, "opcode", smaller) && java.removes(instance);
        assertTrue(!removed || java.removes(with(instance, Map.of("opcode", "S12Vmall"))));
    }

    @Property(tries = TRIES)
    @Rule("A-RGM-08")
    @Rule("C-KEY-07")
    void worldsDoNotMeet(@ForAll("instances") Map<String, String> instance) {
        if (is(instance, "kind", STAGE_1)) {
            assertTrue(!serves(instance) || same(instance, "world", "from"));
            boolean removed = java.removes(instance);
            assertTrue(!removed || instance.get("world").equals("NsEl1") != is(instance, "opcode", OF_EL2));
            boolean byAsid = removed && instance.get("opcode").equals("El2Asid");
            assertTrue(!byAsid || instance.get("world").equals("El2E2h"));
        }
    }

    @Property(tries = TRIES)
    @Rule("C-KEY-04")
    void streamsDoNotMeet(
            @ForAll("instances") Map<String, String> instance,
            @ForAll @IntRange(max = 3) int stream,
            @ForAll @IntRange(max = 3) int other) {
        boolean removed = is(instance, "kind", CONFIGURATION)
                && !instance.get("opcode").equals("CfgiAll")
                && java.removes(instance);
        assertTrue(!removed || same(instance, "stream", "onStream"));
        boolean byCd = removed && instance.get("opcode").equals("CfgiCd");
        assertTrue(!byCd || same(instance, "substream", "onSubstream"));
        assertEquals(stream == other, cached(stream).knownStream(other).isPresent());
        assertEquals(stream == other, cached(0, stream).knownContext(0, other).isPresent());
    }

    private static CachingReader cached(int stream) {
        CachingReader reader = reader();
        reader.learnStream(stream, bypassing());
        return reader;
    }

    private static CachingReader cached(int stream, int substream) {
        CachingReader reader = reader();
        reader.learnContext(stream, substream, bypassing().withoutStage1());
        return reader;
    }

    private static CachingReader reader() {
        return new CachingReader(
                SparseMemory.ram(0, 1 << 12),
                CachePolicies.infinite(),
                new TlbTags(),
                new InvalidationRules(new CoveredRange()),
                new ConfigurationInvalidationRules(),
                RuleLog.NONE);
    }

    private static StreamConfiguration bypassing() {
        return new StreamConfiguration(
                new StreamTableEntry(Ste.bypass().line()), StreamWorld.NS_EL1, Optional.empty(), Optional.empty());
    }

    @Property(tries = TRIES)
    @Rule("C-INV-01")
    void addressesDoNotMeet(@ForAll("instances") Map<String, String> instance) {
        if (!is(instance, "kind", CONFIGURATION)) {
            assertTrue(!serves(instance) || covers(instance, "at"));
            Set<String> byAddress = Set.of("NhVa", "NhVaa", "S2Ipa", "El2Va", "El2Vaa");
            boolean removed = is(instance, "opcode", byAddress) && java.removes(instance);
            boolean named =
                    covers(instance, "onPage") && (instance.get("leafOnly").isEmpty() || is(instance, "kind", LEAVES));
            assertTrue(!removed || named);
        }
    }

    @Property(tries = TRIES)
    @Rule("C-INV-07")
    @Rule("C-KEY-05")
    void asidsDoNotMeet(@ForAll("instances") Map<String, String> instance) {
        if (is(instance, "kind", STAGE_1) && !instance.get("world").equals("El2")) {
            boolean foreign = serves(instance) && !same(instance, "asid", "ofAsid");
            assertTrue(!foreign || (globalLeaf(instance) && same(instance, "aset", "ofAset")));
            boolean removed = java.removes(instance);
            boolean byAddress = removed && is(instance, "opcode", Set.of("NhVa", "El2Va"));
            assertTrue(!byAddress || same(instance, "asid", "onAsid") || globalLeaf(instance));
            boolean byAsid = removed && is(instance, "opcode", Set.of("NhAsid", "El2Asid"));
            assertTrue(!byAsid || (same(instance, "asid", "onAsid") && !globalLeaf(instance)));
        }
    }
}
