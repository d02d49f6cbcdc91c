package org.nestor.smmu.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Ids;
import org.nestor.smmu.register.Profile;
import org.nestor.tables.Changes;
import org.nestor.tables.Ste;

class SteLegalityTests {

    /** A nested STE that profile FULL and each of its variants below accept unless a row says otherwise. */
    private static final Ste NESTED = Changes.ste(
            new Ste(Line.ZERO),
            "V=1 Config=7 S1ContextPtr=0x1000 S2VMID=1 S2AA64=1 S2T0SZ=25 S2SL0=1 S2PS=5 S2TTB=0x2000 S2R=1");

    private static List<RuleId> violations(String ids, String changes) {
        return violations(Ids.full(ids), Changes.ste(NESTED, changes));
    }

    private static List<RuleId> violations(IdRegisters id, Ste ste) {
        return new SteLegality(id).violations(new StreamTableEntry(ste.line()));
    }

    /** Each row: the rule, the ID registers, an STE that is still legal, and the neighbour that breaks the rule. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            A-STE-03 | S1P=0          | Config=6                    | Config=7
            A-STE-03 | S1P=0          | Config=4                    | Config=5
            A-STE-04 | S2P=0          | Config=5                    | Config=6
            A-STE-04 | S2P=0          | Config=4                    | Config=7
            A-STE-06 | SSIDSIZE=8     | S1CDMax=8                   | S1CDMax=9
            A-STE-06 | SSIDSIZE=20    | Config=5 S1CDMax=20         | Config=5 S1CDMax=21
            A-STE-06 | SSIDSIZE=1     | Config=6 S1CDMax=31         | Config=7 S1CDMax=2
            A-STE-07 | CD2L=0         | S1CDMax=1 S1Fmt=0           | S1CDMax=1 S1Fmt=1
            A-STE-07 | CD2L=0         | S1CDMax=0 S1Fmt=2           | S1CDMax=1 S1Fmt=2
            A-STE-11 | STALL_MODEL=1  |                             | S1STALLD=1
            A-STE-11 | STALL_MODEL=2  | S2S=1                       | S2S=1 S1STALLD=1
            A-STE-11 | STALL_MODEL=2  | S2S=1 Config=6 S1STALLD=1   | Config=5 S1STALLD=1
            A-STE-12 | HYP=1          | Config=5 STRW=2             | Config=5 STRW=1
            A-STE-12 | HYP=1          | Config=5 STRW=0             | Config=5 STRW=3
            A-STE-16 | OAS=2          | Config=5 S1ContextPtr=0xFFFFFFFFC0 | Config=5 S1ContextPtr=0x10000000000
            A-STE-16 | OAS=0          | Config=5 S1ContextPtr=0xFFFFFFC0 | Config=5 S1ContextPtr=0x8000100000000
            A-STE-17 | OAS=2          | S1ContextPtr=0xFFFFFFFFC0   | S1ContextPtr=0x10000000000
            A-STE-17 | OAS=1 TTF=3    | S1ContextPtr=0xFFFFFFFFC0   | S1ContextPtr=0x10000000000
            A-STE-18 | TTF=2          | S2AA64=1                    | S2AA64=0
            A-STE-18 | TTF=1          | S2AA64=0                    | S2AA64=1
            A-STE-19 |                | S2TG=2                      | S2TG=3
            A-STE-19 | GRAN4K=0       | S2TG=1                      | S2TG=0
            A-STE-19 | GRAN16K=0      | S2TG=1                      | S2TG=2
            A-STE-19 | GRAN64K=0      | S2TG=2                      | S2TG=1
            A-STE-21 |                | S2PS=0 S2TTB=0xFFFFF000     | S2PS=0 S2TTB=0x100000000
            A-STE-21 |                | S2PS=1 S2TTB=0xFFFFFF000    | S2PS=1 S2TTB=0x1000000000
            A-STE-21 | OAS=4          | S2PS=6 S2TTB=0xFFFFFFFF000  | S2PS=6 S2TTB=0x100000000000
            A-STE-21 | OAS=6          | S2PS=6 S2TG=1 S2TTB=0x8000000000000 | S2PS=6 S2TG=0 S2TTB=0x1000000000000
            A-STE-21 | OAS=6          | S2PS=7 S2TG=1 S2TTB=0x8000000000000 | S2PS=7 S2TG=2 S2TTB=0x1000000000000
            A-STE-22 | STT=0          | S2T0SZ=39 S2SL0=0           | S2T0SZ=40 S2SL0=0
            A-STE-22 | STT=1          | S2T0SZ=48 S2SL0=3           | S2T0SZ=49 S2SL0=3
            A-STE-22 | STT=1          | S2T0SZ=48 S2SL0=0 S2TG=2    | S2T0SZ=49 S2SL0=0 S2TG=2
            A-STE-24 | OAS=5          | S2T0SZ=16 S2SL0=2           | S2T0SZ=15 S2SL0=2
            A-STE-24 | OAS=6          | S2T0SZ=16 S2SL0=2           | S2T0SZ=15 S2SL0=2
            A-STE-24 | OAS=6          | S2T0SZ=16 S2SL0=2 S2TG=2    | S2T0SZ=15 S2SL0=2 S2TG=2
            A-STE-24 | OAS=6          | S2T0SZ=12 S2SL0=2 S2TG=1    | S2T0SZ=11 S2SL0=2 S2TG=1
            A-STE-24 | OAS=5          | S2T0SZ=16 S2SL0=2 S2TG=1    | S2T0SZ=15 S2SL0=2 S2TG=1
            A-STE-24 | OAS=4          | S2T0SZ=20 S2SL0=2           | S2T0SZ=19 S2SL0=2
            A-STE-24 | OAS=1 TTF=3    | S2T0SZ=24                   | S2T0SZ=23
            A-STE-25 | STT=0          | S2SL0=1                     | S2SL0=3
            A-STE-25 | STT=1          | S2SL0=1 S2TG=2              | S2SL0=3 S2TG=2
            A-STE-25 | STT=1          | S2SL0=1 S2TG=1              | S2SL0=3 S2TG=1
            A-STE-26 | TTENDIAN=2     | S2ENDI=0                    | S2ENDI=1
            A-STE-26 | TTENDIAN=3     | S2ENDI=1                    | S2ENDI=0
            A-STE-27 | HTTU=0         |                             | S2HA=1
            A-STE-27 | HTTU=0         |                             | S2HD=1
            A-STE-27 | HTTU=1         | S2HA=1                      | S2HD=1
            A-STE-27 | HTTU=1         | S2HA=1                      | S2HA=1 S2HD=1
            A-STE-27 | HTTU=2 TTF=3   | S2HA=1                      | S2HA=1 S2AA64=0
            A-STE-29 | STALL_MODEL=1  | S2S=0                       | S2S=1
            A-STE-30 | STALL_MODEL=2  | S2S=1                       | S2S=0
            A-STE-31 | VMID16=0       | S2VMID=0xFF                 | S2VMID=0x100
            A-STE-31 | VMID16=0       | Config=5 S2VMID=0xFF        | Config=5 S2VMID=0x8000
            A-STE-31 | VMID16=0       | Config=4 S2VMID=0x100       | Config=6 S2VMID=0x100
            A-STE-31 | VMID16=0       | Config=5 STRW=2 S2VMID=0x100 | Config=7 STRW=2 S2VMID=0x100
            A-STE-32 | FWB=1 TTF=3    | S2FWB=1                     | S2FWB=1 S2AA64=0
            A-STE-33 | NS1ATS=0       | EATS=2                      | EATS=2 S2S=1
            A-STE-33 | NS1ATS=0       | EATS=2                      | EATS=2 Config=5
            A-STE-33 | NS1ATS=0       | EATS=2 Config=4             | EATS=2 Config=6
            A-STE-33 | NS1ATS=1       | EATS=1                      | EATS=2
            A-STE-34 |                | EATS=1                      | EATS=1 S2S=1
            A-STE-34 |                | EATS=1 S2S=1 Config=5       | EATS=1 S2S=1 Config=6
            """)
    @Rule("A-STE-03")
    @Rule("A-STE-04")
    @Rule("A-STE-05")
    @Rule("A-STE-06")
    @Rule("A-STE-07")
    @Rule("A-STE-11")
    @Rule("A-STE-12")
    @Rule("A-STE-16")
    @Rule("A-STE-17")
    @Rule("A-STE-18")
    @Rule("A-STE-19")
    @Rule("A-STE-20")
    @Rule("A-STE-21")
    @Rule("A-STE-22")
    @Rule("A-STE-24")
    @Rule("A-STE-25")
    @Rule("A-STE-26")
    @Rule("A-STE-27")
    @Rule("A-STE-29")
    @Rule("A-STE-30")
    @Rule("A-STE-31")
    @Rule("A-STE-32")
    @Rule("A-STE-33")
    @Rule("A-STE-34")
    void oneStepBeyondTheRuleIsIllegal(String rule, String ids, String legal, String illegal) {
        assertEquals(List.of(), violations(orEmpty(ids), orEmpty(legal)));
        assertEquals(List.of(RuleId.of(rule)), violations(orEmpty(ids), illegal));
    }

    /** What the configuration or the ID registers take out of consideration is legal whatever it says. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            A-STE-06 | SSIDSIZE=0                | S1CDMax=31
            A-STE-09 | SSIDSIZE=0 CD2L=0         | S1CDMax=31 S1Fmt=2 S1DSS=3
            A-STE-09 | CD2L=0                    | S1CDMax=0 S1Fmt=1 S1DSS=3
            A-STE-08 | CD2L=0                    | S1CDMax=3 S1Fmt=3
            A-STE-10 |                           | S1CDMax=3 S1DSS=3
            A-STE-13 | HYP=0                     | Config=5 STRW=1
            A-STE-13 | HYP=0                     | Config=5 STRW=3
            A-STE-14 | HYP=1                     | Config=7 STRW=1
            A-STE-14 | HYP=1                     | Config=7 STRW=3
            A-STE-15 | HYP=1                     | Config=6 STRW=1
            A-STE-15 | HYP=1                     | Config=4 STRW=3
            A-STE-18 | TTF=3                     | S2AA64=0
            A-STE-19 | TTF=3                     | S2AA64=0 S2TG=3
            A-STE-24 | TTF=3                     | S2AA64=0 S2T0SZ=0
            A-STE-26 | TTENDIAN=0                | S2ENDI=1
            A-STE-26 | TTENDIAN=0                | S2ENDI=0
            A-STE-28 | HTTU=2                    | S2HD=1 S2HA=0
            A-STE-31 | VMID16=0 S2P=0            | Config=5 S2VMID=0xFFFF
            A-STE-32 | FWB=0 TTF=3               | S2FWB=1 S2AA64=0
            A-STE-33 | ATS=0                     | Config=5 EATS=2
            A-STE-34 | ATS=0                     | EATS=1 S2S=1
            A-STE-35 |                           | EATS=3
            A-STE-40 | OAS=3                     | S2SL0=2 S2T0SZ=24
            A-STE-40 | OAS=2                     | S2TG=2 S2SL0=2 S2T0SZ=24
            A-STE-37 |                           | INSTCFG=1 PRIVCFG=1 NSCFG=3
            """)
    @Rule("A-STE-06")
    @Rule("A-STE-08")
    @Rule("A-STE-09")
    @Rule("A-STE-10")
    @Rule("A-STE-13")
    @Rule("A-STE-14")
    @Rule("A-STE-15")
    @Rule("A-STE-28")
    @Rule("A-STE-32")
    @Rule("A-STE-33")
    @Rule("A-STE-34")
    @Rule("A-STE-35")
    @Rule("A-STE-37")
    @Rule("A-STE-40")
    void fieldThatIsIgnoredNeverMakesAnSteIllegal(String rule, String ids, String changes) {
        assertEquals(List.of(), violations(orEmpty(ids), changes), rule);
    }

    /** The ranges of formats section 11, per granule and S2SL0: first and last legal S2T0SZ. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 30, 39", "0, 1, 21, 33", "0, 2, 16, 24",
        "2, 0, 35, 39", "2, 1, 24, 38", "2, 2, 16, 27",
        "1, 0, 31, 39", "1, 1, 18, 34", "1, 2, 12, 21",
    })
    @Rule("A-STE-22")
    @Rule("A-STE-23")
    @Rule("A-STE-24")
    void startLevelAdmitsExactlyTheRangesThatItsConcatenatedTablesCover(int tg, int sl0, int first, int last) {
        IdRegisters id = Ids.full("OAS=6");
        for (int t0sz = 0; t0sz < 64; t0sz++) {
            Ste ste = NESTED.s2tg(tg).s2sl0(sl0).s2t0sz(t0sz);
            boolean legal = t0sz >= first && t0sz <= last;
            assertEquals(legal, violations(id, ste).isEmpty(), "S2T0SZ=" + t0sz);
        }
    }

    /** Start level that would need more than 16 concatenated tables, or a table level fewer. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 29",
        "0, 1, 34",
        "0, 1, 20",
        "0, 2, 25",
        "2, 0, 34",
        "2, 1, 23",
        "2, 2, 28",
        "1, 0, 30",
        "1, 2, 22"
    })
    @Rule("A-STE-23")
    void startLevelThatDoesNotFitTheRangeIsReported(int tg, int sl0, int t0sz) {
        Ste ste = NESTED.s2tg(tg).s2sl0(sl0).s2t0sz(t0sz);
        assertEquals(List.of(RuleId.of("A-STE-23")), violations(Ids.full(""), ste));
    }

    @Test
    @Rule("A-STE-24")
    void version30AsksOnlyForTheIntermediateSize() {
        IdRegisters id = Ids.full("OAS=6 ArchMinorRev=0");
        Ste ste = NESTED.s2sl0(2);
        assertEquals(List.of(), violations(id, ste.s2t0sz(12)));
        assertEquals(RuleId.of("A-STE-24"), violations(id, ste.s2t0sz(11)).get(0));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 32",
        "0, 1, 36",
        "0, 2, 40",
        "0, 3, 42",
        "0, 4, 44",
        "0, 5, 48",
        "0, 6, 48",
        "0, 7, 48",
        "2, 0, 32",
        "2, 5, 48",
        "2, 6, 52",
        "2, 7, 52",
        "1, 6, 52"
    })
    @Rule("A-STE-20")
    void codesAboveTheLastDefinedOneActAsIt(int version, int s2ps, int bits) {
        IdRegisters id = Ids.full("OAS=6 ArchMinorRev=" + version);
        assertEquals(
                bits,
                new SteLegality(id)
                        .outputBits(new StreamTableEntry(NESTED.s2ps(s2ps).line())));
    }

    @Test
    @Rule("A-STE-20")
    void outputSizeIsCappedByOas() {
        assertEquals(44, new SteLegality(Ids.full("OAS=4")).outputBits(new StreamTableEntry(NESTED.line())));
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    @Rule("A-STE-01")
    @Rule("A-STE-02")
    @Rule("A-STE-05")
    void invalidAbortingAndBypassingEntriesAreNotExaminedFurther(Profile profile) {
        Ste ones = new Ste(new Line(-1, -1, -1, -1, -1, -1, -1, -1));
        assertEquals(List.of(), violations(profile.idRegisters(), ones.v(false)));
        for (int config = 0; config <= 4; config++) {
            assertEquals(List.of(), violations(profile.idRegisters(), ones.config(config)), "Config=" + config);
        }
    }

    @Test
    @Rule("A-STE-38")
    void bitsThatNoFieldUsesNeverMakeAnSteIllegal() {
        Line line = NESTED.line();
        for (int word = 0; word < Line.DOUBLEWORDS; word++) {
            line = line.with(word, line.doubleword(word) | StreamTableEntry.LAYOUT.reserved(word));
        }
        Ste ste = Changes.ste(new Ste(line), "SW_RESERVED=15 IMPDEF1=0xFFF IMPDEF2=0xFFFF IMPDEF4=0xFFFF CONT=15");
        assertEquals(List.of(), violations(Ids.full(""), ste));
    }

    @ParameterizedTest
    @CsvSource({"FULL, ", "QEMU, ", "MINIMAL, A-STE-04"})
    @Rule("A-STE-04")
    void nestedEntryIsJudgedUnderTheProfile(Profile profile, String rule) {
        List<RuleId> expected = rule == null ? List.of() : List.of(RuleId.of(rule));
        assertEquals(expected, violations(profile.idRegisters(), NESTED));
    }

    @Test
    @Rule("A-STE-39")
    void everyBrokenRuleIsListed() {
        List<RuleId> broken = violations("HTTU=0 STALL_MODEL=1", "S2HA=1 S2S=1 S1STALLD=1 S2TG=3");
        assertEquals(
                List.of(RuleId.of("A-STE-11"), RuleId.of("A-STE-19"), RuleId.of("A-STE-27"), RuleId.of("A-STE-29")),
                broken);
    }

    private static String orEmpty(String cell) {
        return cell == null ? "" : cell;
    }
}
