package org.nestor.generators.nested;

import org.nestor.memory.PhysicalMemory;
import org.nestor.smmu.format.Granule;
import org.nestor.tables.BumpAllocator;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.TableSpace;

/**
 * A guest's memory and its address spaces. Its RAM is at IPA 0; pieces of 64 KiB that come and go are above, and its doorbells above
 * those. Space 0 has pages of 4 KiB and blocks, space 1 pages of 64 KiB, space 2 pages of 4 KiB.
 */
final class GuestLayout {
    static final int SPACES = 3;
    static final int SLOTS = 10;
    static final long RAM_BYTES = 8L << 20;
    static final int PIECES = 6;
    static final long PIECE_BYTES = 1 << 16;
    static final int DOORBELLS = 2;

    private static final long WINDOW = 0x1000_0000L;
    private static final long WINDOW_BYTES = 0x400_0000L;
    private static final long PIECE_IPA = 0x100_0000L;
    private static final long DOORBELL_IPA = 0x900_0000L;
    private static final long DOORBELL_VA = 0xF00_0000L;
    private static final long PAGES_VA = 0x40_0000L;
    private static final long BLOCKS_VA = 0x80_0000L;
    private static final long NOWHERE_IPA = 0x300_0000L;
    private static final long HOLE = 0x10_0000_0000L;
    private static final int PAGE_SLOTS = 6;
    private static final long SMALL = 1 << 12;
    private static final long LARGE = 1 << 16;
    private static final long BLOCK = 1 << 21;
    private static final int INPUT_BITS = 40;

    private final int number;
    private final long window;
    private final PageTable[] tables = new PageTable[SPACES];
    private final LinearCdTable contexts;
    private final boolean stalls;

    /**
     * Lays a guest's tables out in its RAM.
     *
     * @param number which of the windows for guests is its memory
     */
    GuestLayout(PhysicalMemory memory, int number, boolean stalls) {
        this.number = number;
        this.window = windowOf(number);
        this.stalls = stalls;
        TableSpace space = TableSpace.physical(memory, new BumpAllocator(window, window + RAM_BYTES))
                .seenAs(physical -> physical - window);
        this.contexts = new LinearCdTable(space, 2);
        for (int i = 0; i < SPACES; i++) {
            tables[i] = PageTable.stage1(space, granule(i), INPUT_BITS);
        }
    }

    private static long windowOf(int number) {
        return WINDOW + number * WINDOW_BYTES;
    }

    long ram() {
        return window;
    }

    /** Writes the CD of a space, and tells its IPA. */
    long context(int space, int asid) {
        Cd cd = Cd.of(tables[space]).asid(asid);
        long physical = contexts.put(space, stalls ? cd.s(true).a(false) : cd);
        return physical - window;
    }

    long piece(int number) {
        return PIECE_IPA + number % PIECES * PIECE_BYTES;
    }

    /** Where a piece may be: in the guest's memory, or where there is none. */
    long place(int choice) {
        return choice % 8 == 7 ? HOLE : window + PIECE_IPA + choice % 8 * PIECE_BYTES;
    }

    static boolean isHole(long physical) {
        return physical >= HOLE;
    }

    long doorbellIpa(int number) {
        return DOORBELL_IPA + number % DOORBELLS * PIECE_BYTES;
    }

    long doorbellVa(int number) {
        return DOORBELL_VA + number % DOORBELLS * PIECE_BYTES;
    }

    /** Where a doorbell may be announced: at its page, or in the upper half of that. */
    long announcedVa(int number, int page) {
        return doorbellVa(number) + (isUpperHalf(number) ? page / 2 : 0);
    }

    static boolean isUpperHalf(int number) {
        return number / DOORBELLS % 2 == 1;
    }

    long va(int space, int slot) {
        int at = slot % SLOTS;
        if (at >= PAGE_SLOTS + 2) {
            return doorbellVa(at);
        } else if (at >= PAGE_SLOTS) {
            return BLOCKS_VA + (at - PAGE_SLOTS) * BLOCK;
        }
        return PAGES_VA + at * pageOf(space);
    }

    private static long pageOf(int space) {
        return space == 1 ? LARGE : SMALL;
    }

    static Granule granule(int space) {
        return space == 1 ? Granule.KB64 : Granule.KB4;
    }

    /** Bytes of the leaf of a slot. */
    long size(int space, int slot) {
        int at = slot % SLOTS;
        return space == 0 && at >= PAGE_SLOTS && at < PAGE_SLOTS + 2 ? BLOCK : pageOf(space);
    }

    /** The leaf that a slot gets for a choice of target: the guest's own, another guest's address, or nothing. */
    GuestModel.Leaf leaf(int space, int slot, int target) {
        long size = size(space, slot);
        long va = va(space, slot);
        if (slot % SLOTS >= PAGE_SLOTS + 2) {
            return new GuestModel.Leaf(va, doorbellIpa(slot), size);
        }
        long ipa = switch (target % 9) {
            case 6 -> 0x20_0000L;
            case 7 -> NOWHERE_IPA;
            case 8 -> windowOf(number + 1);
            default -> piece(target % 9);
        };
        return new GuestModel.Leaf(va, ipa & -size, size);
    }

    void map(int space, GuestModel.Leaf leaf) {
        tables[space].map(leaf.va(), leaf.ipa(), level(leaf), Stage1Bits.READ_WRITE | Stage1Bits.NG);
    }

    void unmap(int space, GuestModel.Leaf leaf) {
        tables[space].poke(leaf.va(), level(leaf), 0);
    }

    private static int level(GuestModel.Leaf leaf) {
        return leaf.size() == BLOCK ? 2 : 3;
    }
}
