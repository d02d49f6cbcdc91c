package org.nestor.properties.caching;

import java.util.List;
import java.util.stream.Stream;
import org.nestor.generators.vectors.Commands;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.Granule;
import org.nestor.tables.PageTable;

/**
 * A translation table that is edited, with what must be invalidated for it: four pages in each of two blocks of 2 MiB, and a third
 * block that is a block or a table with two pages.
 *
 * @param base first input address
 * @param asids ASIDs of the CDs that lead to it; empty for stage 2
 * @param outputs what its leaves may lead to: pages, the first of them aligned to a block
 * @param attributes what its leaves may have besides
 */
record MappedTable(
        PageTable table, long base, int vmid, List<Integer> asids, List<Long> outputs, List<Long> attributes) {
    private static final long PAGE = 4096;
    private static final long BLOCK = 1L << 21;
    private static final int SLOTS = 10;

    /** A block that leads to another table is a pointer, so that one is made first. */
    long mapEverything() {
        for (int slot = 0; slot < SLOTS; slot++) {
            long input = input(slot);
            table.poke(input, 3, outputs.get(0) + (input & BLOCK - 1) | attributes.get(0) | 0b11);
        }
        return table.peek(third(), 2);
    }

    /** Four pages, four pages, and the two of the third block. */
    long input(int slot) {
        int number = slot % SLOTS;
        return base + number / 4 * BLOCK + number % 4 * PAGE;
    }

    long third() {
        return base + 2 * BLOCK;
    }

    /** A leaf descriptor of level 3, or an invalid one. */
    long page(int what) {
        int number = what / attributes.size();
        return number % 4 == 0
                ? 0
                : outputs.get(number % outputs.size()) | attributes.get(what % attributes.size()) | 0b11;
    }

    /** A block descriptor. */
    long block(int what) {
        return outputs.get(0) | attributes.get(what % attributes.size()) | 0b01;
    }

    /**
     * Ways to remove everything made from a level 3 descriptor: groups of commands, each followed by a CMD_SYNC.
     *
     * @param how which way
     */
    List<List<CommandRecord>> invalidationOfPage(long input, int how) {
        return asids.isEmpty() ? stage2(input, how) : List.of(stage1(input, how % 12 < 6, how));
    }

    /** Ways to remove everything made from the level 2 descriptor of the third block, and from all below it. */
    List<List<CommandRecord>> invalidationOfThird(int how) {
        boolean stage1 = !asids.isEmpty();
        CommandRecord single = stage1 ? Commands.nhVaa(vmid, third(), false) : Commands.s2Ipa(vmid, third(), false);
        CommandRecord range = Commands.range(single, Granule.KB4, 0, 15, 5);
        return switch (how % 3) {
            case 0 -> List.of(List.of(range), List.of(Commands.nhAll(vmid)));
            case 1 -> List.of(List.of(stage1 ? range : Commands.s12Vmall(vmid)));
            default -> List.of(List.of(Commands.s12Vmall(vmid)));
        };
    }

    private List<CommandRecord> stage1(long input, boolean leaf, int how) {
        CommandRecord any = Commands.nhVaa(vmid, input, leaf);
        return switch (how % 6) {
            case 0 ->
                asids.stream()
                        .map(asid -> Commands.nhVa(vmid, asid, input, leaf))
                        .toList();
            case 1 -> List.of(any);
            case 2 -> List.of(Commands.range(any, Granule.KB4, 0, 1, 0));
            case 3 -> List.of(Commands.range(any, Granule.KB4, 0, 0, 2));
            case 4 -> List.of(Commands.nhAll(vmid));
            default -> List.of(Commands.nsnhAll());
        };
    }

    private List<List<CommandRecord>> stage2(long ipa, int how) {
        CommandRecord single = Commands.s2Ipa(vmid, ipa, how % 8 < 4);
        CommandRecord range = Commands.range(single, Granule.KB4, 0, 1, 0);
        return switch (how % 4) {
            case 0 -> List.of(List.of(single), List.of(Commands.nhAll(vmid)));
            case 1 -> List.of(List.of(range), List.of(Commands.nhAll(vmid)));
            case 2 -> List.of(List.of(Commands.s12Vmall(vmid)));
            default -> List.of(List.of(Commands.nsnhAll()));
        };
    }

    /** The addresses that are mapped. */
    Stream<Long> inputs() {
        return Stream.iterate(0, slot -> slot + 1).limit(SLOTS).map(this::input);
    }
}
