package org.nestor.smmu.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.smmu.format.ContextDescriptor;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Ids;
import org.nestor.smmu.register.Profile;
import org.nestor.tables.Cd;
import org.nestor.tables.Changes;
import org.nestor.tables.Ste;

class CdLegalityTests {

    /** A CD with both tables that profile FULL and each of its variants below accept unless a row says otherwise. */
    private static final Cd BOTH = Changes.cd(
            new Cd(Line.ZERO), "V=1 AA64=1 T0SZ=25 TG0=0 T1SZ=25 TG1=2 IPS=5 TTB0=0x1000 TTB1=0x2000 A=1 R=1 ASID=1");

    private static final Ste STAGE_1 = Changes.ste(new Ste(Line.ZERO), "V=1 Config=5");

    private static List<RuleId> violations(IdRegisters id, Ste ste, StreamWorld world, Cd cd) {
        return new CdLegality(id).violations(new ContextDescriptor(cd.line()), new StreamTableEntry(ste.line()), world);
    }

    private static List<RuleId> violations(String ids, StreamWorld world, String changes) {
        return violations(Ids.full(orEmpty(ids)), STAGE_1, world, Changes.cd(BOTH, orEmpty(changes)));
    }

    /** Each row: the rule, the ID registers, the world, a CD that is still legal, and the neighbour that breaks the rule. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            A-CDV-02 | TTF=2          | NS_EL1  | AA64=1                        | AA64=0
            A-CDV-02 | TTF=1          | NS_EL1  | AA64=0                        | AA64=1
            A-CDV-04 | TTF=3          | EL2_E2H | AA64=1                        | AA64=0
            A-CDV-04 | TTF=3          | EL2_E2H | EPD0=1 EPD1=1                 | AA64=0 EPD0=1 EPD1=1
            A-CDV-06 | STT=0          | NS_EL1  | T0SZ=39                       | T0SZ=40
            A-CDV-06 | STT=0          | NS_EL1  | T1SZ=39                       | T1SZ=40
            A-CDV-06 | STT=0          | EL2     | T0SZ=39                       | T0SZ=63
            A-CDV-06 | STT=1          | NS_EL1  | T0SZ=48                       | T0SZ=49
            A-CDV-06 | STT=1          | NS_EL1  | T1SZ=48 TG1=1                 | T1SZ=49 TG1=1
            A-CDV-06 | STT=1          | NS_EL1  | T0SZ=47 TG0=1                 | T0SZ=48 TG0=1
            A-CDV-06 | STT=1          | NS_EL1  | T1SZ=47 TG1=3                 | T1SZ=48 TG1=3
            A-CDV-07 | VAX=0          | NS_EL1  | T0SZ=16                       | T0SZ=15
            A-CDV-07 | VAX=0          | NS_EL1  | T1SZ=16                       | T1SZ=0
            A-CDV-07 | VAX=0          | NS_EL1  | T0SZ=16 TG0=1                 | T0SZ=15 TG0=1
            A-CDV-07 | VAX=1          | NS_EL1  | T0SZ=12 TG0=1                 | T0SZ=11 TG0=1
            A-CDV-07 | VAX=1          | NS_EL1  | T1SZ=12 TG1=3                 | T1SZ=11 TG1=3
            A-CDV-07 | VAX=1          | NS_EL1  | T0SZ=16 TG0=2                 | T0SZ=15 TG0=2
            A-CDV-09 |                | NS_EL1  | TG0=2                         | TG0=3
            A-CDV-09 |                | NS_EL1  | TG1=1                         | TG1=0
            A-CDV-09 | GRAN4K=0       | NS_EL1  | TG0=1 TG1=3                   | TG0=0 TG1=3
            A-CDV-09 | GRAN4K=0       | NS_EL1  | TG0=1 TG1=1                   | TG0=1 TG1=2
            A-CDV-09 | GRAN16K=0      | NS_EL1  | TG0=0                         | TG0=2
            A-CDV-09 | GRAN16K=0      | NS_EL1  | TG1=3                         | TG1=1
            A-CDV-09 | GRAN64K=0      | NS_EL1  | TG0=2                         | TG0=1
            A-CDV-09 | GRAN64K=0      | NS_EL1  | TG1=1                         | TG1=3
            A-CDV-10 | TTENDIAN=2     | NS_EL1  | ENDI=0                        | ENDI=1
            A-CDV-10 | TTENDIAN=3     | NS_EL1  | ENDI=1                        | ENDI=0
            A-CDV-10 | TTENDIAN=2     | NS_EL1  | ENDI=1 EPD0=1 EPD1=1          | ENDI=1 EPD0=1
            A-CDV-10 | TTENDIAN=3     | NS_EL1  | ENDI=0 EPD0=1 EPD1=1          | ENDI=0 EPD1=1
            A-CDV-11 |                | NS_EL1  | IPS=0 TTB0=0xFFFFF000         | IPS=0 TTB0=0x100000000
            A-CDV-11 |                | NS_EL1  | IPS=2 TTB1=0xFFFFFFF000       | IPS=2 TTB1=0x10000000000
            A-CDV-11 | OAS=2          | NS_EL1  | TTB0=0xFFFFFFF000             | TTB0=0x10000000000
            A-CDV-11 | OAS=6          | NS_EL1  | IPS=6 TG0=1 TTB0=0x8000000000000 | IPS=6 TG0=0 TTB0=0x8000000000000
            A-CDV-11 | OAS=6          | NS_EL1  | IPS=7 TG1=3 TTB1=0x1000000000000 | IPS=7 TG1=1 TTB1=0x1000000000000
            A-CDV-13 | TERM_MODEL=1   | NS_EL1  | A=1                           | A=0
            A-CDV-14 | STALL_MODEL=1  | NS_EL1  | S=0                           | S=1
            A-CDV-15 | STALL_MODEL=2  | NS_EL1  | S=1                           | S=0
            A-CDV-17 | HTTU=0         | NS_EL1  |                               | HA=1
            A-CDV-17 | HTTU=0         | NS_EL1  |                               | HD=1
            A-CDV-17 | HTTU=1         | NS_EL1  | HA=1                          | HA=1 HD=1
            A-CDV-17 | HTTU=1         | NS_EL1  | HA=1                          | HD=1
            A-CDV-19 | ASID16=0       | NS_EL1  | ASID=0xFF                     | ASID=0x100
            A-CDV-19 | ASID16=0       | EL2_E2H | ASID=0xFF                     | ASID=0x8000
            """)
    @Rule("A-CDV-02")
    @Rule("A-CDV-04")
    @Rule("A-CDV-06")
    @Rule("A-CDV-07")
    @Rule("A-CDV-08")
    @Rule("A-CDV-09")
    @Rule("A-CDV-10")
    @Rule("A-CDV-11")
    @Rule("A-CDV-12")
    @Rule("A-CDV-13")
    @Rule("A-CDV-14")
    @Rule("A-CDV-15")
    @Rule("A-CDV-17")
    @Rule("A-CDV-19")
    @Rule("A-CDV-23")
    void oneStepBeyondTheRuleIsIllegal(String rule, String ids, StreamWorld world, String legal, String illegal) {
        assertEquals(List.of(), violations(ids, world, legal));
        assertEquals(List.of(RuleId.of(rule)), violations(ids, world, illegal));
    }

    /** What the world, the ID registers or another field take out of consideration is legal whatever it says. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            A-CDV-05 |               | NS_EL1  | EPD0=1 T0SZ=63 TG0=3 TTB0=0xFFFFFFFFFFFF0 IR0=3 OR0=3 SH0=1 HAD0=1
            A-CDV-05 |               | NS_EL1  | EPD1=1 T1SZ=0 TG1=0 TTB1=0xFFFFFFFFFFFF0 IR1=3 OR1=3 SH1=1 HAD1=1
            A-CDV-05 | TTENDIAN=2    | EL2_E2H | EPD0=1 EPD1=1 T0SZ=63 T1SZ=63 TG0=3 TG1=0 ENDI=1
            A-CDV-17 | TTF=3 HTTU=0  | NS_EL1  | AA64=0 HA=1 HD=1
            A-CDV-18 | HTTU=2        | NS_EL1  | HD=1 HA=0
            A-CDV-19 | ASID16=0      | EL2     | ASID=0xFFFF
            A-CDV-20 |               | EL2     | EPD0=1 EPD1=1
            A-CDV-20 |               | EL2     | EPD1=0 T1SZ=0 TG1=0 TTB1=0xFFFFFFFFFFFF0 TBI1=1 HAD1=1
            A-CDV-21 | HAD=0 E0PD=0  | NS_EL1  | HAD0=1 HAD1=1 E0PD0=1 E0PD1=1
            A-CDV-22 |               | NS_EL1  | SH0=1 SH1=1 IR0=3 OR0=3 IR1=3 OR1=3
            A-CDV-24 | TERM_MODEL=0  | NS_EL1  | A=0
            A-CDV-08 | ArchMinorRev=0 | NS_EL1 | T0SZ=39 T1SZ=16
            """)
    @Rule("A-CDV-05")
    @Rule("A-CDV-17")
    @Rule("A-CDV-18")
    @Rule("A-CDV-20")
    @Rule("A-CDV-21")
    @Rule("A-CDV-22")
    @Rule("A-CDV-24")
    void fieldThatIsIgnoredNeverMakesACdIllegal(String rule, String ids, StreamWorld world, String changes) {
        assertEquals(List.of(), violations(ids, world, changes), rule);
    }

    @Test
    @Rule("A-CDV-20")
    void lowerTableIsJudgedAtEl2EvenIfItsDisableBitIsSet() {
        assertEquals(List.of(RuleId.of("A-CDV-06")), violations("", StreamWorld.EL2, "EPD0=1 T0SZ=40"));
    }

    @Test
    @Rule("A-CDV-03")
    void longDescriptorsOfAarch64NeedThemInStage2() {
        IdRegisters id = Ids.full("TTF=3");
        Ste nested = Changes.ste(STAGE_1, "Config=7 S2AA64=1");
        assertEquals(List.of(), violations(id, nested, StreamWorld.NS_EL1, BOTH));
        Ste aarch32 = Changes.ste(nested, "S2AA64=0");
        assertEquals(List.of(RuleId.of("A-CDV-03")), violations(id, aarch32, StreamWorld.NS_EL1, BOTH));
        assertEquals(List.of(), violations(id, aarch32, StreamWorld.NS_EL1, BOTH.aa64(false)));
        assertEquals(List.of(), violations(id, Changes.ste(aarch32, "Config=5"), StreamWorld.NS_EL1, BOTH));
    }

    @Test
    @Rule("A-CDV-16")
    @Rule("A-STL-18")
    void stallIsIllegalWhereTheSteForbidsIt() {
        IdRegisters id = Ids.full("");
        Ste forbidding = STAGE_1.s1stalld(true);
        assertEquals(List.of(), violations(id, STAGE_1, StreamWorld.NS_EL1, BOTH.s(true)));
        assertEquals(List.of(), violations(id, forbidding, StreamWorld.NS_EL1, BOTH.s(false)));
        assertEquals(List.of(RuleId.of("A-CDV-16")), violations(id, forbidding, StreamWorld.NS_EL1, BOTH.s(true)));
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
        "2, 5, 48",
        "2, 6, 52",
        "2, 7, 52"
    })
    @Rule("A-CDV-12")
    void codesAboveTheLastDefinedOneActAsIt(int version, int ips, int bits) {
        CdLegality legality = new CdLegality(Ids.full("OAS=6 ArchMinorRev=" + version));
        assertEquals(
                bits, legality.outputBits(new ContextDescriptor(BOTH.ips(ips).line())));
    }

    @Test
    @Rule("A-CDV-12")
    void outputSizeIsCappedByOasAndBy40BitsInAarch32() {
        assertEquals(44, new CdLegality(Ids.full("OAS=4")).outputBits(new ContextDescriptor(BOTH.line())));
        ContextDescriptor aarch32 = new ContextDescriptor(BOTH.aa64(false).line());
        assertEquals(40, new CdLegality(Ids.full("TTF=3")).outputBits(aarch32));
    }

    @Test
    @Rule("A-CDV-23")
    void everyBrokenRuleIsListedOnce() {
        assertEquals(
                List.of(RuleId.of("A-CDV-06"), RuleId.of("A-CDV-11"), RuleId.of("A-CDV-15")),
                violations("STALL_MODEL=2", StreamWorld.NS_EL1, "T0SZ=40 T1SZ=41 TTB1=0x1000000000000"));
    }

    @ParameterizedTest
    @CsvSource({"FULL, ", "QEMU, ", "MINIMAL, A-CDV-19"})
    @Rule("A-CDV-19")
    void wideAsidIsJudgedUnderTheProfile(Profile profile, String rule) {
        List<RuleId> expected = rule == null ? List.of() : List.of(RuleId.of(rule));
        Cd cd = Changes.cd(BOTH, "ASID=0x100");
        assertEquals(expected, violations(profile.idRegisters(), STAGE_1, StreamWorld.NS_EL1, cd));
    }

    private static String orEmpty(String cell) {
        return cell == null ? "" : cell;
    }
}
