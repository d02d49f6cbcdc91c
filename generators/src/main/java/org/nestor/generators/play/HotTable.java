package org.nestor.generators.play;

import org.nestor.smmu.format.Granule;
import org.nestor.tables.PageTable;

/**
 * A translation table with its hot input addresses. All tables on the way to each of them exist from the start, and software knows
 * where they are, whatever it has done to the pointers since.
 */
final class HotTable {
    /** Hot input addresses that lead to pages for DMA. */
    static final int DATA_SLOTS = 6;

    static final int LAST_LEVEL = 3;
    private static final long ADDRESS_BITS = (1L << 48) - 1;
    private static final long TABLE = 0b11;
    private static final long PAGE = 0b11;

    private final PageTable table;
    private final Granule granule;
    private final int stage;
    private final int tag;
    private final long[] inputs;
    private final long[] homes;
    private final long[][] links;
    private final int[] levels;
    private final long[] outputs;
    private final long spare;

    /**
     * Makes the tables on the way to each input address.
     *
     * @param tag the ASID or VMID that the table is used with
     * @param inputs hot input addresses; the first {@link #DATA_SLOTS} are for data
     * @param homes for each, where it leads at first
     * @param spare a page of its granule for a second table
     */
    HotTable(PageTable table, Granule granule, int stage, int tag, long[] inputs, long[] homes, long spare) {
        this.table = table;
        this.granule = granule;
        this.stage = stage;
        this.tag = tag;
        this.inputs = inputs;
        this.homes = homes;
        this.spare = spare;
        this.links = new long[inputs.length][LAST_LEVEL];
        this.levels = new int[inputs.length];
        this.outputs = homes.clone();
    }

    /** Remembers the table descriptors as they are now. */
    void link() {
        for (int slot = 0; slot < inputs.length; slot++) {
            for (int level = table.startLevel(); level < LAST_LEVEL; level++) {
                links[slot][level] = table.peek(inputs[slot], level);
            }
            levels[slot] = LAST_LEVEL;
        }
    }

    PageTable table() {
        return table;
    }

    Granule granule() {
        return granule;
    }

    int stage() {
        return stage;
    }

    /** The ASID or VMID. */
    int tag() {
        return tag;
    }

    int slots() {
        return inputs.length;
    }

    long input(int slot) {
        return inputs[slot];
    }

    /** Where the slot leads in the set-up. */
    long home(int slot) {
        return homes[slot];
    }

    /** Level of the leaf as software last wrote it. */
    int level(int slot) {
        return levels[slot];
    }

    /** Where the slot leads, as software last wrote it. */
    long output(int slot) {
        return outputs[slot];
    }

    /** A page descriptor as memory holds it. */
    long leaf(long output, long bits) {
        long descriptor = output & ADDRESS_BITS | bits | PAGE;
        return table.bigEndian() ? Long.reverseBytes(descriptor) : descriptor;
    }

    long spare() {
        return spare;
    }

    /** log2 of the bytes of a page. */
    int pageShift() {
        return table.leafShift(LAST_LEVEL);
    }

    /** The level of a page or of the n-th larger block, as far as the table has such blocks. */
    int leafLevel(int choice) {
        int smallest = switch (granule) {
            case KB4 -> 1;
            case KB16, KB64 -> 2;
        };
        int least = Math.max(smallest, table.startLevel());
        while (least < LAST_LEVEL && table.leafShift(least) >= table.inputBits()) {
            least++;
        }
        return LAST_LEVEL - choice % (LAST_LEVEL - least + 1);
    }

    /** An input address that leads to the output of the slot, if its leaf is there. */
    long address(int slot) {
        long mask = (1L << table.leafShift(levels[slot])) - 1;
        return inputs[slot] & ~mask | outputs[slot] & mask;
    }

    /** Maps the page or block around the slot's input address onto the one around the output. */
    void map(int slot, long output, int level, long bits) {
        relink(slot, level);
        long aligned = output & -(1L << table.leafShift(level));
        levels[slot] = level;
        outputs[slot] = output;
        table.map(inputs[slot], aligned, level, bits);
    }

    /** Sets the table descriptors above a level to what they are meant to be, where they are not. */
    void relink(int slot, int level) {
        for (int above = table.startLevel(); above < level; above++) {
            if (table.peek(inputs[slot], above) != links[slot][above]) {
                table.poke(inputs[slot], above, links[slot][above]);
            }
        }
    }

    /** The level of the table descriptor that is so many levels above the leaf; the leaf's if there is none. */
    int levelAbove(int slot, int distance) {
        int depth = levels[slot] - table.startLevel();
        return depth == 0 ? levels[slot] : levels[slot] - 1 - distance % depth;
    }

    /** The table descriptor that belongs there. */
    long link(int slot, int level) {
        return links[slot][level];
    }

    long peek(int slot, int level) {
        return table.peek(inputs[slot], level);
    }

    void poke(int slot, int level, long descriptor) {
        table.poke(inputs[slot], level, descriptor);
    }

    /** Physical address of the slot's descriptor at a level. */
    long descriptorAddress(int slot, int level) {
        return table.descriptorAddress(inputs[slot], level);
    }

    /** A table descriptor for an address, whatever that is. */
    static long pointer(long address) {
        return address & ADDRESS_BITS | TABLE;
    }
}
