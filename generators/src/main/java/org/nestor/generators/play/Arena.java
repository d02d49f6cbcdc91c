package org.nestor.generators.play;

import java.util.List;
import org.nestor.generators.scenario.Capabilities;
import org.nestor.memory.MemoryRegion;
import org.nestor.tables.BumpAllocator;

/**
 * Who uses which physical addresses: structures of the host, structures of guests, and pages that nothing but DMA uses. All such
 * pages, and all hot input addresses, have the same place within 2 MiB, so that pages and small blocks lead from one to the other
 * alike.
 */
final class Arena {
    /** The number of pages for DMA. */
    static final int PAGES = 6;

    /** Bytes within which all hot addresses have the same place. */
    static final long STRIDE = 1L << 21;

    /** Bytes for structures of one guest. */
    static final long GUEST_BYTES = 1L << 21;

    /** How many guests there is room for. */
    static final int GUESTS_AT_MOST = 4;

    private static final long UNIT = 1L << 16;
    private static final int PLACES = 24;
    private static final long MARGIN = 8 * STRIDE;
    private static final long GUESTS = 4 * STRIDE;
    private static final long TARGETS = 8 * STRIDE;
    private static final int TOP = 48;
    private static final long MAILBOX_BYTES = 4096;

    private final long base;
    private final long place;
    private final long hole;
    private final BumpAllocator host;
    private final BumpAllocator far;
    private final long farBytes;
    private final long mailbox;

    /**
     * @param choice which window of RAM, and which place within 2 MiB; 0 is the first window and the start
     */
    Arena(Capabilities capabilities, int choice) {
        List<MemoryRegion> ram = capabilities.ram();
        MemoryRegion window = ram.get(choice % ram.size());
        this.base = (window.base() + STRIDE - 1 & -STRIDE) + MARGIN;
        this.place = choice / ram.size() % PLACES * UNIT;
        this.hole = unused(capabilities) + place;
        this.host = new BumpAllocator(base, base + GUESTS);
        this.farBytes = window.size() / 2;
        this.far = new BumpAllocator(window.base() + window.size() / 2, window.base() + window.size());
        this.mailbox = host.allocate(MAILBOX_BYTES, MAILBOX_BYTES);
    }

    /** The topmost 2 MiB of the output range that nothing answers for. */
    private static long unused(Capabilities capabilities) {
        long candidate = (1L << Math.min(TOP, capabilities.ids().oas())) - STRIDE;
        while (answers(capabilities.memory(), candidate)) {
            candidate -= STRIDE;
        }
        return candidate;
    }

    private static boolean answers(List<MemoryRegion> memory, long address) {
        return memory.stream()
                .anyMatch(region -> region.base() < address + STRIDE && address < region.base() + region.size());
    }

    /** The place within 2 MiB that hot addresses have. */
    long place() {
        return place;
    }

    /** A page, of up to 64 KiB, for DMA. */
    long page(int number) {
        return base + TARGETS + number * STRIDE + place;
    }

    /** An address with nothing behind it. */
    long hole() {
        return hole;
    }

    /** Memory of 4 KiB for MSIs. */
    long mailbox() {
        return mailbox;
    }

    /** Hands out memory for structures of the host. */
    BumpAllocator host() {
        return host;
    }

    /** How many bytes {@link #far()} has. */
    long farBytes() {
        return farBytes;
    }

    /** Hands out the upper half of the window, for tables that are too large to lie among the others and hold little. */
    BumpAllocator far() {
        return far;
    }

    /** First address of the structures of a guest. */
    long guest(int number) {
        return base + GUESTS + number * GUEST_BYTES;
    }
}
