package org.nestor.generators.scenario;

/** Software writes commands to the queue. */
public sealed interface CommandStep extends Step {

    /**
     * Invalidates what the last change made stale.
     *
     * @param fit 0 exactly what is required; others miss it narrowly
     * @param form by address, by ASID or VMID, everything, as a range, ...; and how far a range reaches, 0 over one leaf
     * @param completion 0 waits for CMD_SYNC, 1 does not look, 2 has no CMD_SYNC
     */
    record Invalidate(int fit, int form, int completion) implements CommandStep {
        @Override
        public int[] operands() {
            return new int[] {fit, form, completion};
        }

        @Override
        public Invalidate with(int... o) {
            return new Invalidate(o[0], o[1], o[2]);
        }
    }

    /**
     * One command of any opcode.
     *
     * @param opcode which opcode
     * @param stream which stream of the set-up
     * @param slot which of its hot input addresses
     * @param form operands: Leaf, range, tags, SSV, ...
     * @param flaw 0 legal, others reserved or illegal
     * @param deferred 0 published at once, others with the next command
     */
    record Command(int opcode, int stream, int slot, int form, int flaw, int deferred) implements CommandStep {
        @Override
        public int[] operands() {
            return new int[] {opcode, stream, slot, form, flaw, deferred};
        }

        @Override
        public Command with(int... o) {
            return new Command(o[0], o[1], o[2], o[3], o[4], o[5]);
        }
    }

    /**
     * Sixteen bytes in place of a command.
     *
     * @param low bits [31:0]
     * @param high bits [63:32]
     * @param rest bits [127:64], spread out
     */
    record Raw(int low, int high, int rest) implements CommandStep {
        @Override
        public int[] operands() {
            return new int[] {low, high, rest};
        }

        @Override
        public Raw with(int... o) {
            return new Raw(o[0], o[1], o[2]);
        }
    }

    /**
     * CMD_SYNC.
     *
     * @param signal CS, with or without an MSI
     * @param form memory attributes and address of the MSI
     */
    record Sync(int signal, int form) implements CommandStep {
        @Override
        public int[] operands() {
            return new int[] {signal, form};
        }

        @Override
        public Sync with(int... o) {
            return new Sync(o[0], o[1]);
        }
    }

    /**
     * Many commands published at once, up to the size of the queue.
     *
     * @param count how many but one, modulo the size of the queue
     * @param form which
     */
    record Burst(int count, int form) implements CommandStep {
        @Override
        public int[] operands() {
            return new int[] {count, form};
        }

        @Override
        public Burst with(int... o) {
            return new Burst(o[0], o[1]);
        }
    }
}
