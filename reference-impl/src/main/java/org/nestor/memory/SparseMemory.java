package org.nestor.memory;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Memory that holds only the pages that were written: an open-addressing table from page number to 512 doublewords.
 *
 * <p>A page walk reads one doubleword after the other, each address depending on the last value, so this table is on the hot
 * path; it does one probe for a page that is there, and looks at the regions only when it is not.
 */
public final class SparseMemory implements PhysicalMemory {
    private static final int PAGE_SHIFT = 12;
    private static final int WORD_MASK = 511;
    private static final long NO_PAGE = -1;

    private final List<MemoryRegion> regions;
    private long[] numbers;
    private long[][] pages;
    private int used;

    public SparseMemory(List<MemoryRegion> regions) {
        this.regions = regions.stream()
                .sorted(Comparator.comparingLong(MemoryRegion::base))
                .toList();
        for (int i = 1; i < this.regions.size(); i++) {
            if (this.regions.get(i - 1).contains(this.regions.get(i).base())) {
                throw new IllegalArgumentException("memory regions overlap at 0x"
                        + Long.toHexString(this.regions.get(i).base()));
            }
        }
        allocate(1024);
    }

    /** One RAM region. */
    public static SparseMemory ram(long base, long size) {
        return new SparseMemory(List.of(MemoryRegion.ram(base, size)));
    }

    @Override
    public List<MemoryRegion> regions() {
        return regions;
    }

    @Override
    public long read64(long address) {
        long number = address >>> PAGE_SHIFT;
        int slot = slotOf(number);
        if (numbers[slot] == number) {
            return pages[slot][(int) (address >>> 3) & WORD_MASK];
        }
        requireMapped(address);
        return 0;
    }

    @Override
    public void write64(long address, long value) {
        pageForWriting(address)[(int) (address >>> 3) & WORD_MASK] = value;
    }

    @Override
    public byte[] read(long address, int length) {
        requireMapped(address, length);
        byte[] data = new byte[length];
        for (int i = 0; i < length; i++) {
            long at = address + i;
            data[i] = (byte) (read64(at & ~7L) >>> shiftOf(at));
        }
        return data;
    }

    @Override
    public void write(long address, byte[] data) {
        requireMapped(address, data.length);
        for (int i = 0; i < data.length; i++) {
            long at = address + i;
            long[] page = pageForWriting(at);
            int word = (int) (at >>> 3) & WORD_MASK;
            page[word] = page[word] & ~(0xFFL << shiftOf(at)) | (data[i] & 0xFFL) << shiftOf(at);
        }
    }

    @Override
    public void clear() {
        allocate(1024);
    }

    private static int shiftOf(long address) {
        return (int) (address & 7) * 8;
    }

    /**
     * Does nothing if every byte is in a region.
     *
     * @throws ExternalAbort with the address of the first that is not
     */
    public void requireMapped(long address, int length) {
        for (long at = address; at < address + length; at = (at & -MemoryRegion.ALIGNMENT) + MemoryRegion.ALIGNMENT) {
            requireMapped(at);
        }
    }

    private void requireMapped(long address) {
        for (MemoryRegion region : regions) {
            if (region.contains(address)) {
                return;
            }
        }
        throw new ExternalAbort(address);
    }

    private long[] pageForWriting(long address) {
        long number = address >>> PAGE_SHIFT;
        int slot = slotOf(number);
        if (numbers[slot] == number) {
            return pages[slot];
        }
        requireMapped(address);
        if (used * 2 >= numbers.length) {
            grow();
            slot = slotOf(number);
        }
        used++;
        numbers[slot] = number;
        pages[slot] = new long[WORD_MASK + 1];
        return pages[slot];
    }

    /** The slot that holds the page, or the free slot where it belongs. */
    private int slotOf(long number) {
        int mask = numbers.length - 1;
        int slot = (int) (number * 0x9E3779B97F4A7C15L >>> 40) & mask;
        while (numbers[slot] != number && numbers[slot] != NO_PAGE) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldNumbers = numbers;
        long[][] oldPages = pages;
        allocate(oldNumbers.length * 2);
        for (int i = 0; i < oldNumbers.length; i++) {
            if (oldNumbers[i] != NO_PAGE) {
                int slot = slotOf(oldNumbers[i]);
                numbers[slot] = oldNumbers[i];
                pages[slot] = oldPages[i];
                used++;
            }
        }
    }

    private void allocate(int capacity) {
        numbers = new long[capacity];
        Arrays.fill(numbers, NO_PAGE);
        pages = new long[capacity][];
        used = 0;
    }
}
