package org.nestor.properties.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
import org.nestor.generators.vectors.Commands;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.TranslationOutcome;

/** Exactly what commands remove, seen through caches that keep everything else. */
class InvalidationProperties {

    /** A range of 4 KiB pages: (num + 1) * 2^scale of them. */
    record Pages(long first, int num, int scale) {
        LongStream each() {
            return LongStream.range(0, num + 1L << scale).map(page -> first + page * RangeBench.PAGE);
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    @Rule("C-RIL-01")
    @Rule("C-RIL-02")
    @Rule("C-RIL-05")
    void rangeRemovesWhatALoopOverItsPagesRemoves(
            @ForAll @Size(3) List<Boolean> blocks, @ForAll("ranges") Pages pages, @ForAll boolean leaf) {
        RangeBench range = new RangeBench(blocks);
        RangeBench loop = new RangeBench(blocks);
        range.complete(List.of(Commands.range(
                Commands.nhVa(RangeBench.VMID, RangeBench.ASID, pages.first(), leaf),
                Granule.KB4,
                0,
                pages.num(),
                pages.scale())));
        loop.complete(pages.each()
                .mapToObj(page -> Commands.nhVa(RangeBench.VMID, RangeBench.ASID, page, leaf))
                .toList());
        assertEquals(loop.outputs(), range.outputs());
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    @Rule("C-RIL-04")
    void rangeWithTheHintOfPagesLeavesBlocks(@ForAll @Size(3) List<Boolean> blocks, @ForAll("ranges") Pages pages) {
        RangeBench hinted = new RangeBench(blocks);
        RangeBench loop = new RangeBench(blocks);
        hinted.complete(List.of(Commands.range(
                Commands.nhVa(RangeBench.VMID, RangeBench.ASID, pages.first(), true),
                Granule.KB4,
                3,
                pages.num(),
                pages.scale())));
        loop.complete(pages.each()
                .filter(page -> !blocks.get((int) ((page - RangeBench.BASE) / RangeBench.BLOCK)))
                .mapToObj(page -> Commands.nhVa(RangeBench.VMID, RangeBench.ASID, page, true))
                .toList());
        assertEquals(loop.outputs(), hinted.outputs());
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    @Rule("C-RIL-03")
    void rangeOfAnotherGranuleOrWithAMisalignedHintRemovesNothing(
            @ForAll @Size(3) List<Boolean> blocks, @ForAll("ranges") Pages pages, @ForAll boolean leaf) {
        RangeBench bench = new RangeBench(blocks);
        List<Integer> before = new RangeBench(blocks).outputs();
        CommandRecord command = Commands.nhVa(RangeBench.VMID, RangeBench.ASID, pages.first() & -1L << 16, leaf);
        CommandRecord misaligned = Commands.nhVa(RangeBench.VMID, RangeBench.ASID, RangeBench.BASE + 0x3000, leaf);
        bench.complete(List.of(
                Commands.range(command, Granule.KB16, 0, 31, 4),
                Commands.range(command, Granule.KB64, 0, 31, 4),
                Commands.range(misaligned, Granule.KB4, 2, 31, 4)));
        assertEquals(before, bench.outputs());
    }

    /** From 40 pages before one of the inner borders to 40 pages behind it, up to 128 of them. */
    @Provide
    Arbitrary<Pages> ranges() {
        Arbitrary<Long> starts = Combinators.combine(
                        Arbitraries.of(1L, 2L), Arbitraries.longs().between(-40, 40))
                .as((border, page) -> RangeBench.BASE + border * RangeBench.BLOCK + page * RangeBench.PAGE);
        Arbitrary<Integer> nums = Arbitraries.integers().between(0, 31);
        return Combinators.combine(starts, nums, Arbitraries.integers().between(0, 2))
                .as(Pages::new)
                .filter(pages -> pages.num() > 0 || pages.scale() > 0);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    @Rule("C-INV-14")
    @Rule("C-INV-07")
    @Rule("C-INV-15")
    void commandsThatMatchNothingChangeNothing(
            @ForAll @Size(max = 6) List<CachingWorld.Edit> edits,
            @ForAll("operands") int operand,
            @ForAll("strangers") List<CommandRecord> strangers) {
        CachingWorld world = new CachingWorld(NamedPolicy.INFINITE);
        outcomes(world);
        edits.forEach(edit -> world.edit(edit, operand, operand, operand, false));
        outcomes(world);
        List<TranslationOutcome> before = outcomes(world);
        world.complete(strangers);
        assertEquals(before, outcomes(world));
    }

    private static List<TranslationOutcome> outcomes(CachingWorld world) {
        List<TranslationOutcome> outcomes = new ArrayList<>();
        for (int stream = 0; stream < 5; stream++) {
            for (int where = 0; where < 20; where++) {
                outcomes.add(world.translate(world.transaction(stream, where, 1)));
            }
        }
        return outcomes;
    }

    @Provide
    Arbitrary<Integer> operands() {
        return Arbitraries.integers().between(0, 59);
    }

    /** Commands for streams, SubstreamIDs, VMIDs, ASIDs and addresses that nothing in the world has. */
    @Provide
    Arbitrary<List<CommandRecord>> strangers() {
        long mapped = 0x1040_0000L;
        long unmapped = 0x7040_0000L;
        return Arbitraries.of(
                        Commands.nhAll(9),
                        Commands.nhAsid(9, 5),
                        Commands.nhAsid(3, 9),
                        Commands.nhVa(9, 5, mapped, false),
                        Commands.nhVa(4, 9, mapped, false),
                        Commands.nhVa(5, 5, mapped, false),
                        Commands.nhVaa(9, mapped, false),
                        Commands.nhVaa(3, unmapped, false),
                        Commands.range(Commands.nhVaa(3, unmapped, false), Granule.KB4, 0, 31, 4),
                        Commands.s2Ipa(3, 0x3000_0000L, false),
                        Commands.s2Ipa(4, unmapped, false),
                        Commands.s12Vmall(9),
                        Commands.cfgiSte(9, true),
                        Commands.cfgiSte(0x45, false),
                        Commands.cfgiSteRange(0x40, 5),
                        Commands.cfgiCd(5, 3, true),
                        Commands.cfgiCd(5, 0x41, false),
                        Commands.cfgiCdAll(9))
                .list()
                .ofMinSize(1)
                .ofMaxSize(20);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Rule("C-KEY-01")
    @Rule("C-KEY-04")
    @Rule("C-KEY-05")
    @Rule("C-KEY-07")
    void noStreamHitsAnEntryWithOtherTags(
            @ForAll("policies") NamedPolicy policy, @ForAll @Size(max = 60) List<Byte> uses) {
        TaggedStreams streams = new TaggedStreams(policy);
        for (byte use : uses) {
            int stream = (use & 0xFF) % TaggedStreams.COUNT;
            int page = (use & 0xFF) / TaggedStreams.COUNT % TaggedStreams.PAGES;
            Transaction transaction = streams.read(stream, page);
            assertTrue(streams.isOwn(stream, transaction), () -> transaction + " under " + policy);
        }
    }

    @Provide
    Arbitrary<NamedPolicy> policies() {
        Arbitrary<Integer> seeds = Arbitraries.integers().between(0, 1_000_000);
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.of(NamedPolicy.INFINITE, NamedPolicy.lru(1), NamedPolicy.lru(4))),
                Tuple.of(1, seeds.map(NamedPolicy::random)),
                Tuple.of(1, seeds.map(NamedPolicy::prefetching)));
    }
}
