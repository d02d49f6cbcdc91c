package org.nestor.smmu.tlb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;
import org.nestor.rule.Rule;
import org.nestor.smmu.command.InvalidationCommand.Extent;
import org.nestor.smmu.command.InvalidationCommand.Range;
import org.nestor.smmu.format.Granule;

/** Covered ranges against sets of addresses in unbounded integers, and levels against a table of sizes. */
class CoveredRangeProperties {
    private static final int ENOUGH_FOR_STATISTICS = 1000;
    private static final BigInteger TOP = BigInteger.ONE.shiftLeft(64);

    /** log2 of what a descriptor covers, by level from 0 to 3. */
    private static final Map<Granule, List<Integer>> SIZES = Map.of(
            Granule.KB4, List.of(39, 30, 21, 12),
            Granule.KB16, List.of(47, 36, 25, 14),
            Granule.KB64, List.of(55, 42, 29, 16));

    /** The lowest address bit that may be set, by TTL from 0 to 3 (C-RIL-09, with TTL = 1 of 16 KiB as TTL = 0). */
    private static final Map<Granule, List<Integer>> ALIGNMENTS = Map.of(
            Granule.KB4, List.of(12, 30, 21, 12),
            Granule.KB16, List.of(14, 14, 25, 14),
            Granule.KB64, List.of(16, 42, 29, 16));

    private final CoveredRange covered = new CoveredRange();

    /** A descriptor, by the range of input addresses that it translates. */
    record Described(long base, int shift) {}

    @Property(tries = ENOUGH_FOR_STATISTICS, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(StatisticsReportMode.OFF)
    @Rule("C-RIL-02")
    @Rule("C-RIL-03")
    @Rule("C-RIL-04")
    @Rule("C-RIL-06")
    @Rule("C-RIL-08")
    @Rule("C-RIL-09")
    @Rule("C-RIL-10")
    void rangeCoversTheLeavesOfItsLevelThatMeetIt(@ForAll("pairs") Tuple2<Extent, Described> pair) {
        Range range = pair.get1().range().orElseThrow();
        Described leaf = pair.get2();
        int level = SIZES.get(range.granule()).indexOf(leaf.shift());
        int ttl = ttlOf(range);

        boolean expected = level >= 0 && (ttl == 0 || ttl == level) && aligned(pair.get1()) && meets(pair);

        assertEquals(expected, covered.coversLeaf(pair.get1(), leaf.base(), leaf.shift()));
        coversOften(expected);
    }

    @Property(tries = ENOUGH_FOR_STATISTICS, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(StatisticsReportMode.OFF)
    @Rule("C-RIL-05")
    void rangeCoversTheTablesAboveItsLevelThatMeetIt(@ForAll("pairs") Tuple2<Extent, Described> pair) {
        Range range = pair.get1().range().orElseThrow();
        Described table = pair.get2();
        int level = SIZES.get(range.granule()).indexOf(table.shift());
        int ttl = ttlOf(range);

        boolean expected = level >= 0 && (ttl == 0 || level < ttl) && aligned(pair.get1()) && meets(pair);

        assertEquals(expected, covered.coversTable(pair.get1(), table.base(), table.shift()));
        coversOften(expected);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Rule("C-INV-01")
    @Rule("C-RIL-01")
    void singleAddressCoversWhatContainsIt(@ForAll("pairs") Tuple2<Extent, Described> pair, @ForAll boolean leaf) {
        Extent single = new Extent(pair.get1().address(), leaf, Optional.empty());
        Described described = pair.get2();
        BigInteger address = unsigned(single.address());

        boolean expected =
                first(described).compareTo(address) <= 0 && last(described).compareTo(address) >= 0;

        assertEquals(expected, covered.coversLeaf(single, described.base(), described.shift()));
        assertEquals(expected, covered.coversTable(single, described.base(), described.shift()));
    }

    /** Both answers must be frequent for the comparison to mean anything. */
    private static void coversOften(boolean covered) {
        Statistics.collect(covered);
        Statistics.coverage(checker -> {
            checker.check(true).percentage(share -> share > 10);
            checker.check(false).percentage(share -> share > 10);
        });
    }

    private static int ttlOf(Range range) {
        return range.granule() == Granule.KB16 && range.ttl() == 1 ? 0 : range.ttl();
    }

    private static boolean aligned(Extent extent) {
        Range range = extent.range().orElseThrow();
        int alignment = ALIGNMENTS.get(range.granule()).get(range.ttl());
        return unsigned(extent.address())
                        .mod(BigInteger.ONE.shiftLeft(alignment))
                        .signum()
                == 0;
    }

    private static boolean meets(Tuple2<Extent, Described> pair) {
        Range range = pair.get1().range().orElseThrow();
        int granule = SIZES.get(range.granule()).get(3);
        BigInteger start = unsigned(pair.get1().address());
        BigInteger length = BigInteger.valueOf(range.num() + 1L).shiftLeft(range.scale() + granule);
        BigInteger end = start.add(length).min(TOP);
        return first(pair.get2()).compareTo(end) < 0 && last(pair.get2()).compareTo(start) >= 0;
    }

    private static BigInteger first(Described described) {
        return unsigned(described.base());
    }

    private static BigInteger last(Described described) {
        return first(described).add(BigInteger.ONE.shiftLeft(described.shift())).subtract(BigInteger.ONE);
    }

    private static BigInteger unsigned(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }

    /** A range command and a descriptor in its neighbourhood, of its granule or another one. */
    @Provide
    Arbitrary<Tuple2<Extent, Described>> pairs() {
        return extents().flatMap(extent -> described(extent).map(found -> Tuple.of(extent, found)));
    }

    private static Arbitrary<Extent> extents() {
        Arbitrary<Integer> small = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.integers().between(0, 3)),
                Tuple.of(1, Arbitraries.integers().between(0, 31)));
        Arbitrary<Range> ranges = Combinators.combine(
                        Arbitraries.of(Granule.class), Arbitraries.integers().between(0, 3), small, small)
                .as(Range::new);
        Arbitrary<Integer> alignments = Arbitraries.of(12, 14, 16, 21, 25, 29, 30, 36, 42);
        Arbitrary<Long> addresses = Combinators.combine(
                        Arbitraries.of(0L, 1L << 30, 1L << 47, 1L << 63, -1L << 47, -1L << 20), offsets(), alignments)
                .as((near, offset, alignment) -> near + offset & -1L << alignment);
        return Combinators.combine(ranges, addresses)
                .as((range, address) -> new Extent(address, true, Optional.of(range)));
    }

    private static Arbitrary<Long> offsets() {
        return Arbitraries.integers()
                .between(0, 48)
                .flatMap(bits -> Arbitraries.longs().between(0, (1L << bits) - 1));
    }

    private static Arbitrary<Described> described(Extent extent) {
        Range range = extent.range().orElseThrow();
        long length = range.num() + 1L << range.scale() + range.granule().shift();
        Arbitrary<Integer> own = Arbitraries.of(SIZES.get(range.granule()));
        Arbitrary<Integer> any =
                Arbitraries.of(SIZES.values().stream().flatMap(List::stream).toList());
        Arbitrary<Integer> shifts = Arbitraries.frequencyOf(Tuple.of(4, own), Tuple.of(1, any));
        Arbitrary<Long> near = Arbitraries.of(-1L, 0L, length / 2, length - 1, length, length + 1);
        Arbitrary<Long> points = Combinators.combine(near, Arbitraries.of(0L, 0L, 1L << 12, 1L << 30))
                .as((distance, further) -> extent.address() + distance + further);
        return Combinators.combine(points, shifts).as((point, shift) -> new Described(point & -1L << shift, shift));
    }
}
