package org.nestor.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nestor.rule.RuleId;
import org.nestor.smmu.config.CdLegality;
import org.nestor.smmu.config.StreamWorld;
import org.nestor.smmu.format.ContextDescriptor;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;

/** Explains a context descriptor under ID registers, as one that a stage 1 only STE of a StreamWorld leads to. */
final class CdExplainer {

    private static final RuleId INVALID = RuleId.of("A-CDV-01");

    private static final Meanings MEANINGS = Meanings.table("""
            T0SZ, T1SZ: @INPUT_SIZE
            TG0: @TG0
            TG1: @TG1
            IR0, OR0, IR1, OR1: @CACHEABILITY
            SH0, SH1: @SHAREABILITY
            EPD0, EPD1: walks enabled; walks disabled, F_TRANSLATION
            ENDI: little-endian tables; big-endian tables
            V: invalid; valid
            AFFD: AF = 0 faults; AF = 0 does not fault
            WXN: writable pages may be executable; writable pages are not executable
            TBI0, TBI1: top byte checked; top byte ignored
            PAN: no effect; privileged data accesses to unprivileged pages fault
            AA64: AArch32 tables; AArch64 tables
            HA: no Access flag update; Access flag update
            S: faults terminate; faults stall
            R: terminated faults not recorded; terminated faults recorded
            A: terminated faults are RAZ/WI; terminated faults abort
            ASET: ASID shared with the PEs; ASID of the SMMU alone
            ASID: @DECIMAL
            HAD0, HAD1: hierarchical permissions apply; hierarchical permissions ignored
            E0PD0, E0PD1: no effect; unprivileged accesses fault
            TTB0: @address table for addresses that begin with zeros
            TTB1: @address table for addresses that begin with ones
            HWU0, HWU1: IMPLEMENTATION DEFINED use of descriptor bits
            MAIR: @MAIR
            AMAIR: IMPLEMENTATION DEFINED
            """);

    /** The rules that are checked for each table. */
    private static final Set<String> OF_ONE_TABLE = Set.of("A-CDV-06", "A-CDV-07", "A-CDV-09", "A-CDV-11");

    /** The fields that a rule is about. */
    private static final Map<String, List<String>> FIELDS_OF_RULES = Map.ofEntries(
            Map.entry("A-CDV-02", List.of("AA64")),
            Map.entry("A-CDV-03", List.of("AA64")),
            Map.entry("A-CDV-04", List.of("AA64")),
            Map.entry("A-CDV-06", List.of("T0SZ", "T1SZ")),
            Map.entry("A-CDV-07", List.of("T0SZ", "T1SZ")),
            Map.entry("A-CDV-09", List.of("TG0", "TG1")),
            Map.entry("A-CDV-10", List.of("ENDI")),
            Map.entry("A-CDV-11", List.of("TTB0", "TTB1")),
            Map.entry("A-CDV-13", List.of("A")),
            Map.entry("A-CDV-14", List.of("S")),
            Map.entry("A-CDV-15", List.of("S")),
            Map.entry("A-CDV-16", List.of("S")),
            Map.entry("A-CDV-17", List.of("HA", "HD")),
            Map.entry("A-CDV-19", List.of("ASID")));

    /** V = 1, Config = stage 1 only. */
    private static final StreamTableEntry STE = new StreamTableEntry(Line.ZERO.with(0, 0b1011));

    private final IdRegisters id;
    private final StreamWorld world;
    private final CdLegality legality;

    CdExplainer(IdRegisters id, StreamWorld world) {
        this.id = id;
        this.world = world;
        this.legality = new CdLegality(id);
    }

    Explanation explain(ContextDescriptor cd, String title) {
        List<RuleId> broken = new ArrayList<>(cd.v() ? legality.violations(cd, STE, world) : List.of(INVALID));
        broken.sort(null);
        CdUsage usage = new CdUsage(cd, id, world);
        long[] words = new long[8];
        for (int i = 0; i < words.length; i++) {
            words[i] = cd.doubleword(i);
        }
        List<Row> rows = Rows.of(words, cd.layout(), meanings(cd), field -> status(field, cd, usage, broken));
        String note = "judged as the CD of a stream that stage 1 alone translates, StreamWorld "
                + world.name().replace('_', '-');
        return new Explanation(title, rows, List.of(note), broken, verdict(broken));
    }

    private Meanings meanings(ContextDescriptor cd) {
        return MEANINGS.with("IPS", code -> Encoding.outputSize(code, legality.outputBits(cd)))
                .with("HD", hd -> Encoding.dirtyState(hd, cd.ha(), "HA"));
    }

    private Status status(Field field, ContextDescriptor cd, CdUsage usage, List<RuleId> broken) {
        boolean used = usage.uses(field.name());
        List<RuleId> rules = broken.stream()
                .filter(rule -> isAbout(rule, field.name(), cd) && used)
                .toList();
        return rules.isEmpty() ? Status.usedIf(used) : Status.illegal(rules);
    }

    private boolean isAbout(RuleId rule, String field, ContextDescriptor cd) {
        List<String> fields = FIELDS_OF_RULES.getOrDefault(rule.toString(), List.of("V"));
        boolean everywhere = !OF_ONE_TABLE.contains(rule.toString());
        return fields.contains(field) && (everywhere || breaksAlone(rule, field.indexOf('1') >= 0, cd));
    }

    /** Whether the rule is still broken when the other table is disabled. */
    private boolean breaksAlone(RuleId rule, boolean upper, ContextDescriptor cd) {
        Field other = ContextDescriptor.LAYOUT.field(upper ? "EPD0" : "EPD1");
        return legality.violations(new ContextDescriptor(cd.line().with(other, 1)), STE, world)
                .contains(rule);
    }

    private static String verdict(List<RuleId> broken) {
        return broken.isEmpty()
                ? "legal"
                : "ILLEGAL (" + RuleNames.join(broken) + "): transactions are aborted with C_BAD_CD";
    }
}
