package org.nestor.smmu.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.Granule;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Stage2Bits;
import org.nestor.tables.Ste;

/**
 * Random pages and blocks in tables of random shape. What is expected comes from a plain list of what was mapped: every address
 * inside a mapping translates to it, every other one faults.
 *
 * <p>Not covered: permissions and attributes, which have tables of their own, addresses above 48 bits, and mappings that overlap.
 */
class RandomMapProperties {
    private static final int MAPPINGS = 12;
    private static final int PROBES = 40;

    private record Mapping(long input, long output, int shift) {

        boolean contains(long address) {
            return address >>> shift == input >>> shift;
        }

        boolean overlaps(Mapping other) {
            int widest = Math.max(shift, other.shift);
            return input >>> widest == other.input >>> widest;
        }
    }

    /** A table and, beside it, the plain list. */
    private static final class Mapped {
        final PageTable table;
        final List<Mapping> mappings = new ArrayList<>();

        Mapped(PageTable table) {
            this.table = table;
        }

        Mapping add(Random random, long input, long output, long attributes) {
            int level = 3 - random.nextInt(hasBlocks(table) ? 2 : 1);
            int shift = table.leafShift(level);
            Mapping mapping = new Mapping(input & -1L << shift, output & -1L << shift, shift);
            if (mappings.stream().noneMatch(mapping::overlaps)) {
                table.map(mapping.input, mapping.output, level, attributes);
                mappings.add(mapping);
            }
            return mappings.get(mappings.size() - 1);
        }

        /** Blocks of level 2 need a table that reaches up to that level. */
        private static boolean hasBlocks(PageTable table) {
            return table.startLevel() <= 2;
        }

        Optional<Long> translate(long address) {
            return mappings.stream()
                    .filter(mapping -> mapping.contains(address))
                    .map(mapping -> mapping.output | address & (1L << mapping.shift) - 1)
                    .findFirst();
        }

        /** An address in a mapping, beside one, or anywhere. */
        long probe(Random random) {
            long anywhere = random.nextLong() & (1L << table.inputBits()) - 1;
            if (mappings.isEmpty() || random.nextInt(4) == 0) {
                return anywhere;
            }
            Mapping mapping = mappings.get(random.nextInt(mappings.size()));
            long inside = mapping.input | anywhere & (1L << mapping.shift) - 1;
            return random.nextBoolean() ? inside : inside ^ 1L << random.nextInt(table.inputBits());
        }
    }

    private static Granule granule(Random random) {
        return List.of(Granule.KB4, Granule.KB16, Granule.KB64).get(random.nextInt(3));
    }

    /** S2SL0 can name levels 0 to 2 with 4 KiB tables and levels 1 to 3 with the others; up to 16 start level tables. */
    private static PageTable stage2(Random random, Machine machine) {
        Granule granule = granule(random);
        int shift = granule == Granule.KB4 ? 12 : granule == Granule.KB16 ? 14 : 16;
        int level = random.nextInt(3) + (granule == Granule.KB4 ? 0 : 1);
        int least = Math.max(25, shift + (3 - level) * (shift - 3) + 1);
        int most = Math.min(48, shift + (4 - level) * (shift - 3) + 4);
        return PageTable.stage2(machine.host, granule, least + random.nextInt(most - least + 1), level);
    }

    @Property(tries = 200)
    @Rule("A-WLK-01")
    @Rule("A-WLK-02")
    @Rule("A-WLK-04")
    @Rule("A-WLK-14")
    void stage1TranslatesWhatWasMappedAndNothingElse(@ForAll @LongRange(min = 0) long seed) {
        Random random = new Random(seed);
        Machine machine = new Machine("");
        Mapped mapped = new Mapped(PageTable.stage1(machine.host, granule(random), 25 + random.nextInt(24)));
        machine.stage1(Cd.of(mapped.table));
        fill(random, mapped, Stage1Bits.READ_WRITE);
        for (int i = 0; i < PROBES; i++) {
            long address = mapped.probe(random);
            String expected = mapped.translate(address)
                    .map(output -> "0x" + Long.toHexString(output))
                    .orElse("F_TRANSLATION IN");
            assertEquals(expected, machine.read(address), () -> "0x" + Long.toHexString(address));
        }
    }

    @Property(tries = 200)
    @Rule("A-WLK-02")
    @Rule("A-WLK-03")
    @Rule("A-WLK-04")
    @Rule("A-WLK-14")
    void stage2TranslatesWhatWasMappedAndNothingElse(@ForAll @LongRange(min = 0) long seed) {
        Random random = new Random(seed);
        Machine machine = new Machine("");
        Mapped mapped = new Mapped(stage2(random, machine));
        machine.ste(Ste.stage2(mapped.table));
        fill(random, mapped, Stage2Bits.READ_WRITE);
        for (int i = 0; i < PROBES; i++) {
            long address = mapped.probe(random);
            String expected = mapped.translate(address)
                    .map(output -> "0x" + Long.toHexString(output))
                    .orElse("F_TRANSLATION S2 IN ipa=0x" + Long.toHexString(address & -4096));
            assertEquals(expected, machine.read(address), () -> "0x" + Long.toHexString(address));
        }
    }

    private static void fill(Random random, Mapped mapped, long attributes) {
        for (int i = 0; i < MAPPINGS; i++) {
            long input = mapped.probe(random);
            mapped.add(random, input, random.nextLong() & (1L << 48) - 1, attributes);
        }
    }

    /** The composition of two plain lists, with the IPA of the one that fails second. */
    @Property(tries = 150)
    @Rule("A-NST-01")
    @Rule("A-NST-04")
    @Rule("A-NST-13")
    void bothStagesTogetherAreTheirComposition(@ForAll @LongRange(min = 0) long seed) {
        Random random = new Random(seed);
        Machine machine = new Machine("");
        Mapped second = new Mapped(machine.guestStage2());
        Mapped first = new Mapped(PageTable.stage1(machine.guest, granule(random), 25 + random.nextInt(24)));
        machine.ste(Ste.nested(LinearCdTable.single(machine.guest, Cd.of(first.table)), second.table));
        for (int i = 0; i < MAPPINGS; i++) {
            // Below 2^36, where the guest's own structures are not.
            long ipa = random.nextLong() & (1L << 36) - 1;
            Mapping mapping = second.add(random, ipa, random.nextLong() & (1L << 48) - 1, Stage2Bits.READ_WRITE);
            first.add(random, first.probe(random), random.nextInt(4) == 0 ? ipa : mapping.input, Stage1Bits.READ_WRITE);
        }
        for (int i = 0; i < PROBES; i++) {
            long address = first.probe(random);
            Optional<Long> ipa = first.translate(address);
            String expected = ipa.isEmpty()
                    ? "F_TRANSLATION IN"
                    : second.translate(ipa.get())
                            .map(output -> "0x" + Long.toHexString(output))
                            .orElse("F_TRANSLATION S2 IN ipa=0x" + Long.toHexString(ipa.get() & -4096));
            assertEquals(expected, machine.read(address), () -> "0x" + Long.toHexString(address));
        }
    }
}
