package org.nestor.generators.scenario;

/** Software changes translation tables. */
public sealed interface TableStep extends Step {

    /**
     * Maps a page or block.
     *
     * @param table which translation table, of either stage
     * @param slot which of its hot input addresses
     * @param target where to: 0 to 5 are pages of memory, then nothing there and beyond the address size
     * @param level 0 a page, then ever larger blocks
     * @param attributes 0 is readable and writable; otherwise bits of the descriptor
     */
    record Map(int table, int slot, int target, int level, int attributes) implements TableStep {
        @Override
        public int[] operands() {
            return new int[] {table, slot, target, level, attributes};
        }

        @Override
        public Map with(int... o) {
            return new Map(o[0], o[1], o[2], o[3], o[4]);
        }
    }

    /**
     * Makes a leaf invalid.
     *
     * @param table which translation table, of either stage
     * @param slot which of its hot input addresses
     * @param residue 0 leaves zero, others leave bits behind that do not count
     */
    record Unmap(int table, int slot, int residue) implements TableStep {
        @Override
        public int[] operands() {
            return new int[] {table, slot, residue};
        }

        @Override
        public Unmap with(int... o) {
            return new Unmap(o[0], o[1], o[2]);
        }
    }

    /**
     * Changes attributes of a leaf and nothing else.
     *
     * @param table which translation table, of either stage
     * @param slot which of its hot input addresses
     * @param attributes as for {@link Map}
     */
    record Permit(int table, int slot, int attributes) implements TableStep {
        @Override
        public int[] operands() {
            return new int[] {table, slot, attributes};
        }

        @Override
        public Permit with(int... o) {
            return new Permit(o[0], o[1], o[2]);
        }
    }

    /**
     * Inverts one bit of a descriptor.
     *
     * @param table which translation table, of either stage
     * @param slot which of its hot input addresses
     * @param level 0 the leaf, then the tables above it
     * @param bit which bit
     */
    record Corrupt(int table, int slot, int level, int bit) implements TableStep {
        @Override
        public int[] operands() {
            return new int[] {table, slot, level, bit};
        }

        @Override
        public Corrupt with(int... o) {
            return new Corrupt(o[0], o[1], o[2], o[3]);
        }
    }

    /**
     * Changes a table descriptor.
     *
     * @param table which translation table, of either stage
     * @param slot which of its hot input addresses
     * @param level 0 the lowest table, then those above it
     * @param how 0 restores it, 1 clears it, 2 points to another table, then attributes, bits that do not count, nothing there
     */
    record Repoint(int table, int slot, int level, int how) implements TableStep {
        @Override
        public int[] operands() {
            return new int[] {table, slot, level, how};
        }

        @Override
        public Repoint with(int... o) {
            return new Repoint(o[0], o[1], o[2], o[3]);
        }
    }

    /**
     * Maps a contiguous group of pages.
     *
     * @param table which translation table, of either stage
     * @param slot which of its hot input addresses
     * @param target as for {@link Map}
     * @param flaw 0 all members alike, others leave some of them different
     */
    record Group(int table, int slot, int target, int flaw) implements TableStep {
        @Override
        public int[] operands() {
            return new int[] {table, slot, target, flaw};
        }

        @Override
        public Group with(int... o) {
            return new Group(o[0], o[1], o[2], o[3]);
        }
    }
}
