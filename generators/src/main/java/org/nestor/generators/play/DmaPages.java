package org.nestor.generators.play;

import java.util.ArrayList;
import java.util.List;

/** The pages that nothing but DMA uses, and what they hold at first: words that tell which page and which place it is. */
final class DmaPages {
    private static final long PAGE_BYTES = 4096;
    private static final int WINDOW_BYTES = 64;
    private static final long MARK = 0xC0DE_0000_0000_0000L;
    private static final int WORD_BITS = 32;
    private static final int[] OFFSETS = {0, 4, 0x24, 0x3c, 0xfc0, 0xffc, 0x3f, 0xffa, 0x800};
    private static final long[] NEIGHBOURHOODS = {PAGE_BYTES - 1, Arena.STRIDE - 1};

    private DmaPages() {}

    /** Fills the first and the last bytes of each page of 4 KiB. */
    static void fill(ScriptMemory memory, Arena arena) {
        for (int page = 0; page < Arena.PAGES; page++) {
            fill(memory, arena.page(page), page);
            fill(memory, arena.page(page) + PAGE_BYTES - WINDOW_BYTES, page);
        }
    }

    private static void fill(ScriptMemory memory, long start, int page) {
        for (long at = start; at < start + WINDOW_BYTES; at += Long.BYTES) {
            long mark = (long) page << 16 | at & PAGE_BYTES - 1;
            memory.write64(at, MARK | (mark + Integer.BYTES) << WORD_BITS | 0xC0DE_0000L | mark);
        }
    }

    /** The place in a page that a number chooses. */
    static int offset(int choice) {
        return Bits.pick(choice, OFFSETS);
    }

    /** The physical addresses that a DMA to an input address may reach as long as tables lead to pages for DMA. */
    static List<Long> probes(Arena arena, long iova) {
        List<Long> probes = new ArrayList<>();
        for (int page = 0; page < Arena.PAGES; page++) {
            for (long neighbourhood : NEIGHBOURHOODS) {
                long base = arena.page(page) & ~neighbourhood;
                long address = base | iova & neighbourhood;
                if (!probes.contains(address)) {
                    probes.add(address);
                }
            }
        }
        return probes;
    }
}
