package org.nestor.tables;

import java.util.HashMap;
import java.util.Map;
import org.nestor.smmu.format.Granule;

/**
 * A translation table of stage 1 or stage 2, with the tables below it. Tables are made as mappings need them; those of a level above
 * the mapped one are shared.
 */
public final class PageTable {
    private static final int LAST_LEVEL = 3;
    private static final int SMALLEST = 64;
    private static final long TABLE = 0b11;
    private static final long PAGE = 0b11;
    private static final long BLOCK = 0b01;

    private final TableSpace space;
    private final Granule granule;
    private final int pageShift;
    private final int inputBits;
    private final int startLevel;
    private final boolean bigEndian;
    private final long root;
    private final Map<Long, Long> tables = new HashMap<>();

    private PageTable(TableSpace space, Granule granule, int inputBits, int startLevel, boolean bigEndian) {
        this.space = space;
        this.granule = granule;
        this.pageShift = shiftOf(granule);
        this.inputBits = inputBits;
        this.startLevel = startLevel;
        this.bigEndian = bigEndian;
        if (inputBits <= leafShift(startLevel) || inputBits > leafShift(startLevel - 1) + 4) {
            throw new IllegalArgumentException(
                    inputBits + " input bits from level " + startLevel + " with " + granule + " tables");
        }
        this.root = space.allocate(8L << inputBits - leafShift(startLevel), SMALLEST);
    }

    /** A stage 1 table: the fewest levels that resolve the input address. */
    public static PageTable stage1(TableSpace space, Granule granule, int inputBits) {
        return new PageTable(space, granule, inputBits, fewestLevels(granule, inputBits), false);
    }

    /** A stage 2 table that starts with up to 16 concatenated tables of the given level. */
    public static PageTable stage2(TableSpace space, Granule granule, int inputBits, int startLevel) {
        return new PageTable(space, granule, inputBits, startLevel, false);
    }

    /** A new table of the same shape, in the other byte order. */
    public PageTable inOtherByteOrder() {
        return new PageTable(space, granule, inputBits, startLevel, !bigEndian);
    }

    private static int shiftOf(Granule granule) {
        return switch (granule) {
            case KB4 -> 12;
            case KB16 -> 14;
            case KB64 -> 16;
        };
    }

    private static int fewestLevels(Granule granule, int inputBits) {
        int level = LAST_LEVEL;
        for (int resolved = 2 * shiftOf(granule) - 3; resolved < inputBits; resolved += shiftOf(granule) - 3) {
            level--;
        }
        return level;
    }

    /** log2 of the bytes that a descriptor of that level maps. */
    public int leafShift(int level) {
        return pageShift + (LAST_LEVEL - level) * (pageShift - 3);
    }

    /**
     * Maps one block or page.
     *
     * @param input address within the page or block; bits at and above {@code inputBits} do not count
     * @param output aligned to the page or block
     * @param level 3 for a page, less for a block; whether the granule has blocks there is not checked
     * @param attributes bits of the leaf descriptor besides type and address
     */
    public PageTable map(long input, long output, int level, long attributes) {
        if ((output & (1L << leafShift(level)) - 1) != 0) {
            throw new IllegalArgumentException("0x" + Long.toHexString(output) + " as output of level " + level);
        }
        long type = level == LAST_LEVEL ? PAGE : BLOCK;
        return poke(input, level, addressField(output) | attributes | type);
    }

    /** Maps {@code count} pages of ascending addresses. */
    public PageTable mapPages(long input, long output, long count, long attributes) {
        for (long offset = 0; offset < count << pageShift; offset += 1L << pageShift) {
            map(input + offset, output + offset, LAST_LEVEL, attributes);
        }
        return this;
    }

    /** Writes the descriptor that resolves an input address at a level as it is, making the tables above it if need be. */
    public PageTable poke(long input, int level, long descriptor) {
        store(makeDescriptor(input, level), descriptor);
        return this;
    }

    /** The descriptor that resolves an input address at a level, as a value. */
    public long peek(long input, int level) {
        long stored = space.memory().read64(descriptorAddress(input, level));
        return bigEndian ? Long.reverseBytes(stored) : stored;
    }

    /** Sets bits of a descriptor, for example the hierarchical control of a table descriptor. */
    public PageTable set(long input, int level, long bits) {
        store(descriptorAddress(input, level), peek(input, level) | bits);
        return this;
    }

    /**
     * Physical address of the descriptor that resolves an input address at a level.
     *
     * @throws IllegalStateException if the tables do not reach down to that level there
     */
    public long descriptorAddress(long input, int level) {
        long address = rootDescriptor(input);
        for (int at = startLevel; at < level; at++) {
            Long table = tables.get(address);
            if (table == null) {
                throw new IllegalStateException("no level " + (at + 1) + " table for 0x" + Long.toHexString(input));
            }
            address = descriptorIn(table, input, at + 1);
        }
        return address;
    }

    private long makeDescriptor(long input, int level) {
        long address = rootDescriptor(input);
        for (int at = startLevel; at < level; at++) {
            long table = tables.computeIfAbsent(address, this::makeTable);
            address = descriptorIn(table, input, at + 1);
        }
        return address;
    }

    private long makeTable(long descriptorAddress) {
        long table = space.allocate(1L << pageShift, SMALLEST);
        store(descriptorAddress, addressField(space.pointer(table)) | TABLE);
        return table;
    }

    /** The single table of the start level, or the one among concatenated tables that the topmost bits select. */
    private long rootDescriptor(long input) {
        long inside = input & (1L << inputBits) - 1;
        long table = root + ((inside >>> leafShift(startLevel - 1)) << pageShift);
        return descriptorIn(table, inside, startLevel);
    }

    private long descriptorIn(long table, long input, int level) {
        long descriptors = 1L << pageShift - 3;
        return table + 8 * ((input >>> leafShift(level)) % descriptors);
    }

    /** With 64 KiB pages, address bits [51:48] go to bits [15:12]. */
    private long addressField(long address) {
        long high = address >>> 48;
        long low = address & (1L << 48) - 1;
        if (high != 0 && (granule != Granule.KB64 || high > 0xF)) {
            throw new IllegalArgumentException("0x" + Long.toHexString(address) + " does not fit a descriptor");
        }
        return low | high << 12;
    }

    private void store(long address, long descriptor) {
        space.memory().write64(address, bigEndian ? Long.reverseBytes(descriptor) : descriptor);
    }

    /** What TTBx or S2TTB holds: the root as a physical address, or as the IPA that a guest sees. */
    public long base() {
        return space.pointer(root);
    }

    /** Width of the input address: 64 - TxSZ. */
    public int inputBits() {
        return inputBits;
    }

    public int startLevel() {
        return startLevel;
    }

    public boolean bigEndian() {
        return bigEndian;
    }

    /** The code of CD.TG0 and STE.S2TG. */
    public int tg0() {
        return switch (granule) {
            case KB4 -> 0;
            case KB16 -> 2;
            case KB64 -> 1;
        };
    }

    /** The code of CD.TG1. */
    public int tg1() {
        return switch (granule) {
            case KB4 -> 2;
            case KB16 -> 1;
            case KB64 -> 3;
        };
    }

    /** STE.S2SL0 for the start level; 3 stands for level 3 of 4 KiB tables (IDR3.STT). */
    public int s2sl0() {
        int steps = granule == Granule.KB4 ? 2 - startLevel : 3 - startLevel;
        return steps < 0 ? 3 : steps;
    }
}
