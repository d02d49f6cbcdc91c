package org.nestor.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nestor.rule.RuleId;
import org.nestor.smmu.config.SteLegality;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;

/** Explains a stream table entry under ID registers. */
final class SteExplainer {

    private static final RuleId INVALID = RuleId.of("A-STE-01");

    private static final RuleId UNALIGNED = RuleId.of("A-CDF-13");

    private static final Meanings MEANINGS = Meanings.table("""
            V: invalid; valid
            Config: abort without an event; reserved, abort without an event; reserved, abort without an event; \
            reserved, abort without an event; bypass both stages; stage 1 only; stage 2 only; stage 1 then stage 2
            S1Fmt: linear CD table or one CD; 2-level, 4 KiB leaves of 64 CDs; 2-level, 64 KiB leaves of 1024 CDs; \
            reserved, as linear
            S1DSS: terminate; bypass stage 1; use CD 0; reserved, as terminate
            S1CIR, S1COR, S2IR0, S2OR0: @CACHEABILITY
            S1CSH, S2SH0: @SHAREABILITY
            DRE: destructive reads not allowed; destructive reads allowed
            PPAR: automatic PRI responses without PASID; automatic PRI responses with PASID
            MEV: one record a fault; records may be merged
            SW_RESERVED: for software
            IMPDEF1, IMPDEF2, IMPDEF4: IMPLEMENTATION DEFINED
            S2FWB: MemAttr combines; stage 2 MemAttr may force the type
            S1STALLD: no limit; stage 1 faults must not stall
            EATS: ATS refused; full ATS; split-stage ATS; reserved, as 00
            STRW: NS-EL1; reserved; EL2 (EL2-E2H if CR2.E2H); reserved
            MemAttr: @MEM_ATTR
            MTCFG: type as incoming; type from MemAttr
            ALLOCCFG: @ALLOCCFG
            SHCFG: @SHCFG
            PRIVCFG: as incoming; reserved, as incoming; unprivileged; privileged
            INSTCFG: as incoming; reserved, as incoming; data; instruction
            S2VMID: @DECIMAL
            S2T0SZ: @INPUT_SIZE
            S2TG: @TG0
            S2AA64: AArch32 tables; AArch64 tables
            S2ENDI: little-endian tables; big-endian tables
            S2AFFD: AF = 0 faults; AF = 0 does not fault
            S2PTW: walks through Device memory allowed; walks through Device memory fault
            S2HA: no Access flag update; Access flag update
            S2S: faults terminate; faults stall
            S2R: terminated faults not recorded; terminated faults recorded
            S2TTB: @address stage 2 table
            """);

    /** The fields that a rule is about. */
    private static final Map<String, List<String>> FIELDS_OF_RULES = Map.ofEntries(
            Map.entry("A-STE-03", List.of("Config")),
            Map.entry("A-STE-04", List.of("Config")),
            Map.entry("A-STE-06", List.of("S1CDMax")),
            Map.entry("A-STE-07", List.of("S1Fmt")),
            Map.entry("A-STE-11", List.of("S1STALLD")),
            Map.entry("A-STE-12", List.of("STRW")),
            Map.entry("A-STE-16", List.of("S1ContextPtr")),
            Map.entry("A-STE-17", List.of("S1ContextPtr")),
            Map.entry("A-STE-18", List.of("S2AA64")),
            Map.entry("A-STE-19", List.of("S2TG")),
            Map.entry("A-STE-21", List.of("S2TTB")),
            Map.entry("A-STE-22", List.of("S2T0SZ")),
            Map.entry("A-STE-23", List.of("S2T0SZ", "S2SL0")),
            Map.entry("A-STE-24", List.of("S2T0SZ")),
            Map.entry("A-STE-25", List.of("S2SL0")),
            Map.entry("A-STE-26", List.of("S2ENDI")),
            Map.entry("A-STE-27", List.of("S2HA", "S2HD")),
            Map.entry("A-STE-29", List.of("S2S")),
            Map.entry("A-STE-30", List.of("S2S")),
            Map.entry("A-STE-31", List.of("S2VMID")),
            Map.entry("A-STE-32", List.of("S2FWB")),
            Map.entry("A-STE-33", List.of("EATS")),
            Map.entry("A-STE-34", List.of("EATS", "S2S")));

    private final IdRegisters id;
    private final SteLegality legality;

    SteExplainer(IdRegisters id) {
        this.id = id;
        this.legality = new SteLegality(id);
    }

    Explanation explain(StreamTableEntry ste, String title) {
        List<RuleId> broken = new ArrayList<>(legality.violations(ste));
        if (!ste.v()) {
            broken.add(INVALID);
        }
        broken.sort(null);
        SteUsage usage = new SteUsage(ste, id);
        long[] words = new long[8];
        for (int i = 0; i < words.length; i++) {
            words[i] = ste.doubleword(i);
        }
        List<Row> rows = Rows.of(words, ste.layout(), meanings(ste), field -> status(field, usage, broken));
        return new Explanation(title, rows, notes(ste), broken, verdict(ste, broken));
    }

    private Meanings meanings(StreamTableEntry ste) {
        String space = ste.stage2Enabled() ? "IPA" : "physical address";
        String table = ste.s1CdMax() == 0 || id.ssidSize() == 0 ? "CD" : "CD table";
        return MEANINGS.with("S1ContextPtr", Meaning.address(space + " of the " + table))
                .with("S1CDMax", max -> max == 0 ? "one CD, no SubstreamIDs" : "2^" + max + " CDs")
                .with("S2SL0", sl0 -> startLevel(ste))
                .with("S2PS", code -> Encoding.outputSize(code, legality.outputBits(ste)))
                .with("S2HD", hd -> Encoding.dirtyState(hd, ste.s2ha(), "S2HA"));
    }

    private List<String> notes(StreamTableEntry ste) {
        boolean table = ste.v() && ste.stage1Enabled() && id.ssidSize() != 0 && ste.s1CdMax() != 0;
        int log2 = switch (ste.s1Fmt()) {
            case 1 -> Math.max(6, ste.s1CdMax() - 6 + 3);
            case 2 -> Math.max(6, ste.s1CdMax() - 10 + 3);
            default -> ste.s1CdMax() + 6;
        };
        return table && (ste.s1ContextPtr() & (1L << log2) - 1) != 0
                ? List.of("S1ContextPtr is not aligned to its table of 2^%d bytes: UNPREDICTABLE (%s)"
                        .formatted(log2, UNALIGNED))
                : List.of();
    }

    private String startLevel(StreamTableEntry ste) {
        int level = legality.startLevel(ste);
        return level < 0 ? "reserved for the granule" : "start at level " + level;
    }

    private static Status status(Field field, SteUsage usage, List<RuleId> broken) {
        List<RuleId> rules = broken.stream()
                .filter(rule -> FIELDS_OF_RULES
                        .getOrDefault(rule.toString(), List.of("V"))
                        .contains(field.name()))
                .toList();
        return rules.isEmpty() ? Status.usedIf(usage.uses(field.name())) : Status.illegal(rules);
    }

    private static String verdict(StreamTableEntry ste, List<RuleId> broken) {
        if (!broken.isEmpty()) {
            return "ILLEGAL (" + RuleNames.join(broken) + "): transactions are aborted with C_BAD_STE";
        }
        return switch (ste.config()) {
            case 4 -> "legal: transactions bypass both stages";
            case 5 -> "legal: stage 1 translates";
            case 6 -> "legal: stage 2 translates";
            case 7 -> "legal: stage 1 translates, then stage 2";
            default -> "legal: transactions are aborted without an event";
        };
    }
}
