package org.nestor.smmu.register;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IdConsistencyTests {

    @ParameterizedTest
    @EnumSource
    void profilesAreConsistent(Profile profile) {
        assertEquals(List.of(), profile.idRegisters().inconsistencies());
    }

    /** Each row changes the full profile; the conflict is named by the beginning of its sentence. */
    @ParameterizedTest
    @CsvSource(textBlock = """
                    0x088F3698, 0x0D084210, 0x2D14, 0x00100075, 2, IDR0.S1P and IDR0.S2P are both 0
                    0x088F369B, 0x0D084210, 0x2D14, 0x00100005, 2, IDR5 names no granule
                    0x088F3697, 0x0D084210, 0x2D14, 0x00100075, 2, IDR0.TTF is not 10
                    0x088F3693, 0x0D084210, 0x2D14, 0x00100075, 2, IDR0.TTF is not 10
                    0x088F369F, 0x0D084210, 0x2D14, 0x00100075, 2, IDR0.TTF is not 10
                    0x080F329B, 0x0D084210, 0x2D14, 0x00100075, 2, IDR0.PRI is 1 without IDR0.ATS
                    0x098F369B, 0x0D084210, 0x2D14, 0x00100075, 2, IDR0.STALL_MODEL is 01
                    0x088F369B, 0x0D084210, 0x2D14, 0x00000075, 2, IDR0.STALL_MODEL allows stalls
                    0x0B8F369B, 0x0D084210, 0x2D14, 0x00100075, 2, IDR0.STALL_MODEL is 11
                    0x08AF369B, 0x0D084210, 0x2D14, 0x00100075, 2, IDR0.TTENDIAN is 01
                    0x088F36DB, 0x0D084210, 0x2D14, 0x00100075, 2, IDR0.HTTU is 11
                    0x108F369B, 0x0D084210, 0x2D14, 0x00100075, 2, IDR0.ST_LEVEL is 10
                    0x008F369B, 0x0D084207, 0x2D14, 0x00100075, 2, IDR1.SIDSIZE is more than 6
                    0x088F369B, 0x0D084221, 0x2D14, 0x00100075, 2, IDR1.SIDSIZE is more than 32
                    0x088F369B, 0x0D084550, 0x2D14, 0x00100075, 2, IDR1.SSIDSIZE is more than 20
                    0x088F369B, 0x0E884210, 0x2D14, 0x00100075, 2, 'IDR1.CMDQS, EVENTQS or PRIQS'
                    0x088F369B, 0x0D144210, 0x2D14, 0x00100075, 2, 'IDR1.CMDQS, EVENTQS or PRIQS'
                    0x088F369B, 0x0D08A210, 0x2D14, 0x00100075, 2, 'IDR1.CMDQS, EVENTQS or PRIQS'
                    0x088F369B, 0x0D084210, 0x2914, 0x00100075, 2, AIDR names SMMUv3.2 or later and IDR3.RIL is 0
                    0x088F369B, 0x0D084210, 0x2514, 0x00100075, 2, AIDR names SMMUv3.2 or later and IDR3.BBML is 0
                    0x088F369B, 0x0D084210, 0x3D14, 0x00100075, 2, IDR3.BBML is 11
                    0x088F369B, 0x0D084210, 0x2D14, 0x00100077, 2, IDR5.OAS is 7
                    0x088F369B, 0x0D084210, 0x2D14, 0x00100875, 2, IDR5.VAX is 10
                    0x088F369B, 0x0D084210, 0x2D14, 0x00100076, 0, AIDR names SMMUv3.0 and IDR5 52-bit addresses
                    0x088F369B, 0x0D084210, 0x2D14, 0x00100475, 0, AIDR names SMMUv3.0 and IDR5 52-bit addresses
                    0x088F369B, 0x0D084210, 0x2D14, 0x00100075, 5, AIDR does not name
                    0x088F369B, 0x0D084210, 0x2D14, 0x00100075, 0x12, AIDR does not name
                    """)
    void eachConflictIsNamedAlone(String idr0, String idr1, String idr3, String idr5, String aidr, String beginning) {
        List<String> conflicts = new IdRegisters(
                        Integer.decode(idr0),
                        Integer.decode(idr1),
                        0,
                        Integer.decode(idr3),
                        0,
                        Integer.decode(idr5),
                        0,
                        Integer.decode(aidr))
                .inconsistencies();

        assertEquals(1, conflicts.size(), conflicts::toString);
        assertEquals(beginning, conflicts.get(0).substring(0, beginning.length()));
    }

    @Test
    void everyConflictIsNamed() {
        assertEquals(
                11,
                new IdRegisters(0, 0xFFFF_FFFF, 0, 0, 0, 7, 0, 2)
                        .inconsistencies()
                        .size());
    }

    @Test
    void withoutStallsSmallTablesAndOneStageAreEnough() {
        IdRegisters smallest = new IdRegisters(0x0100_0009, 0, 0, 0, 0, 0x10, 0, 0);

        assertEquals(List.of(), smallest.inconsistencies());
    }
}
