package org.nestor.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nestor.smmu.format.Line;

/** The transitions of the driver's own test, with the numbers that it asserts, and what hardware may see in all of them. */
class EntryUpdateTests {
    private static final long V = 1;
    private static final long SHCFG = 1L << 44;
    private static final long EATS = 1L << 28;
    private static final long MEV = 1L << 19;
    private static final long STALLD = 1L << 27;
    private static final long CD_TABLE = 0xF0F0F0F0F0F0L & ((1L << 52) - 64) | 2L << 4 | 31L << 59;
    private static final long OTHER_TABLE = 0x4B4B4B4B4BL & ((1L << 52) - 64) | 2L << 4 | 31L << 59;
    private static final long S1_ATTRIBUTES = 1L << 2 | 1L << 4 | 3L << 6;
    private static final long VTCR =
            (4L | 3L << 6 | 2L << 8 | 1L << 10 | 3L << 12 | 2L << 14 | 1L << 16) << 32 | 1L << 51 | 1L << 54 | 1L << 58;
    private static final long S2S = 1L << 57;
    private static final long S2TTB = 0xDAEDBEEFDEADBEEFL & ((1L << 52) - 16);
    private static final long CD_BITS = 4L | 2L << 6 | 2L << 8 | 1L << 10 | 3L << 12 | 1L << 30 | 1L << 31 | 1L << 32
            | 1L << 41 | 1L << 45 | 1L << 46 | 1L << 47;

    private static final Map<String, Line> ENTRIES = entries();

    private static Line line(long... words) {
        return Line.of(i -> i < words.length ? words[i] : 0);
    }

    private static Line stage1(long table, int dss, long more) {
        return line(V | 5 << 1 | table, S1_ATTRIBUTES | dss | more | (dss == 1 ? SHCFG : 0));
    }

    private static Map<String, Line> entries() {
        Map<String, Line> map = new TreeMap<>();
        map.put("abort", line(V));
        map.put("bypass", line(V | 4 << 1, SHCFG));
        map.put("s1", stage1(CD_TABLE, 2, EATS | STALLD));
        map.put("s1d", stage1(CD_TABLE, 1, EATS | STALLD));
        map.put("s1d-other", stage1(OTHER_TABLE, 1, EATS | STALLD));
        map.put("s1-stall", stage1(CD_TABLE, 2, 0));
        map.put("s2", line(V | 6 << 1, SHCFG | EATS, VTCR, S2TTB));
        map.put("s2-stall", line(V | 6 << 1, SHCFG, VTCR | S2S, S2TTB));
        map.put("s2-plain", line(V | 6 << 1, SHCFG, VTCR, S2TTB));
        map.put("s2-vmid", line(V | 6 << 1, SHCFG | EATS, VTCR | 7, S2TTB));
        map.put("nested", line(V | 7 << 1 | CD_TABLE, SHCFG | EATS | MEV | STALLD | S1_ATTRIBUTES | 1, VTCR, S2TTB));
        return map;
    }

    @ParameterizedTest
    @CsvSource({
        "bypass, abort, 2",
        "abort, bypass, 2",
        "s1, abort, 2",
        "abort, s1, 2",
        "s1, bypass, 3",
        "bypass, s1, 3",
        "s1, s1d, 1",
        "s1d, s1, 1",
        "s1d, bypass, 2",
        "bypass, s1d, 2",
        "s2, abort, 2",
        "abort, s2, 2",
        "s2, bypass, 2",
        "bypass, s2, 2",
        "s1, s2, 3",
        "s2, s1, 3",
        "s1-stall, s2-stall, 3",
        "s2-stall, s1-stall, 3",
        "nested, s2-plain, 3",
        "s2-plain, nested, 2"
    })
    void transitionIsHitlessInItsNumberOfPhases(String from, String to, int phases) {
        List<Line> images = EntryUpdate.ofSte(ENTRIES.get(from), ENTRIES.get(to));
        assertEquals(phases, images.size());
        assertTrue(images.stream().allMatch(image -> (image.dw0() & V) != 0));
    }

    @ParameterizedTest
    @CsvSource({"s1, s1d-other", "s1, s2-vmid", "s2, s2-vmid"})
    void twoWordsThatMatterBreakTheEntry(String from, String to) {
        List<Line> images = EntryUpdate.ofSte(ENTRIES.get(from), ENTRIES.get(to));
        boolean oneWord = from.equals("s2");
        assertEquals(oneWord ? 1 : 3, images.size());
        assertEquals(!oneWord, images.stream().anyMatch(image -> (image.dw0() & V) == 0));
    }

    @Test
    void contextDescriptorsNeedTheNumbersOfTheDriversTest() {
        Line zero = Line.ZERO;
        Line cd = line(CD_BITS | 1997L << 48, S2TTB, 0, 0xABCDEF012345678L);
        Line otherAsid = line(CD_BITS | 778L << 48, S2TTB, 0, 0xABCDEF012345678L);
        Line released =
                line((CD_BITS | 1L << 14) & ~0x3FFFL & ~(1L << 45) | 1L << 14 | 1997L << 48, 0, 0, 0xABCDEF012345678L);
        assertEquals(2, EntryUpdate.ofCd(zero, cd).size());
        assertEquals(2, EntryUpdate.ofCd(cd, zero).size());
        assertEquals(1, EntryUpdate.ofCd(otherAsid, cd).size());
        assertEquals(2, EntryUpdate.ofCd(cd, released).size());
        assertEquals(2, EntryUpdate.ofCd(released, cd).size());
        assertEquals(0, EntryUpdate.ofCd(cd, cd).size());
    }

    /** Hardware may fetch any mix of the stores of a phase: each agrees with the old or the new entry, or is invalid. */
    @Test
    void everyMixOfAPhaseIsOldOrNewOrInvalid() {
        for (Line old : ENTRIES.values()) {
            for (Line target : ENTRIES.values()) {
                Line safe = UsedBits.safeSte(old, target);
                Line before = old;
                for (Line after : EntryUpdate.ofSte(old, target)) {
                    for (int mask = 0; mask < 256; mask++) {
                        Line seen = mix(before, after, mask);
                        assertTrue(
                                agrees(seen, old, safe, UsedBits::ofSte)
                                        || agrees(seen, target, safe, UsedBits::ofSte)
                                        || (seen.dw0() & V) == 0,
                                () -> old + " to " + target + ": " + seen);
                    }
                    before = after;
                }
                assertEquals(target, before);
            }
        }
    }

    private static Line mix(Line before, Line after, int mask) {
        return Line.of(i -> (mask >>> i & 1) == 0 ? before.doubleword(i) : after.doubleword(i));
    }

    private static boolean agrees(Line seen, Line reference, Line safe, UnaryOperator<Line> used) {
        for (int i = 0; i < Line.DOUBLEWORDS; i++) {
            long relevant = used.apply(reference).doubleword(i) & ~safe.doubleword(i);
            if (((seen.doubleword(i) ^ reference.doubleword(i)) & relevant) != 0) {
                return false;
            }
        }
        return true;
    }
}
