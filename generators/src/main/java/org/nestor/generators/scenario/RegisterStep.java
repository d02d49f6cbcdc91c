package org.nestor.generators.scenario;

/** Software reads and writes registers, and looks at memory. */
public sealed interface RegisterStep extends Step {

    /**
     * Writes any register.
     *
     * @param register which register
     * @param form 0 what it should hold, 1 one bit inverted, 2 extreme values, 3 anything
     * @param operand which bit, value, ...
     */
    record Write(int register, int form, int operand) implements RegisterStep {
        @Override
        public int[] operands() {
            return new int[] {register, form, operand};
        }

        @Override
        public Write with(int... o) {
            return new Write(o[0], o[1], o[2]);
        }
    }

    /**
     * Reads a register.
     *
     * @param register which register
     */
    record Read(int register) implements RegisterStep {
        @Override
        public int[] operands() {
            return new int[] {register};
        }

        @Override
        public Read with(int... o) {
            return new Read(o[0]);
        }
    }

    /**
     * Reads or writes at an offset.
     *
     * @param offset which 4-byte word, around registers of either page
     * @param size 0 is 4 bytes, 1 is 8
     * @param write 0 reads, others write that value
     */
    record Offset(int offset, int size, int write) implements RegisterStep {
        @Override
        public int[] operands() {
            return new int[] {offset, size, write};
        }

        @Override
        public Offset with(int... o) {
            return new Offset(o[0], o[1], o[2]);
        }
    }

    /**
     * Clears up after an error.
     *
     * @param how 0 repairs the command and acknowledges what is active, others leave out a part or acknowledge wrongly
     */
    record Acknowledge(int how) implements RegisterStep {
        @Override
        public int[] operands() {
            return new int[] {how};
        }

        @Override
        public Acknowledge with(int... o) {
            return new Acknowledge(o[0]);
        }
    }

    /**
     * Disables and enables by CR0.
     *
     * @param what which enable bits
     * @param how 0 with the maintenance that is asked for, others without, or left disabled, or without awaiting CR0ACK
     */
    record Enable(int what, int how) implements RegisterStep {
        @Override
        public int[] operands() {
            return new int[] {what, how};
        }

        @Override
        public Enable with(int... o) {
            return new Enable(o[0], o[1]);
        }
    }

    /**
     * Writes GBPA.
     *
     * @param operand its fields
     * @param how 0 with Update, 1 without, 2 while disabled around it
     */
    record Bypass(int operand, int how) implements RegisterStep {
        @Override
        public int[] operands() {
            return new int[] {operand, how};
        }

        @Override
        public Bypass with(int... o) {
            return new Bypass(o[0], o[1]);
        }
    }

    /**
     * Writes IRQ_CTRL and the interrupt configuration.
     *
     * @param what which sources
     * @param operand MSI address and data
     */
    record Interrupts(int what, int operand) implements RegisterStep {
        @Override
        public int[] operands() {
            return new int[] {what, operand};
        }

        @Override
        public Interrupts with(int... o) {
            return new Interrupts(o[0], o[1]);
        }
    }

    /**
     * Moves a queue while it is disabled.
     *
     * @param queue which queue
     * @param size as in the set-up
     * @param index first index
     * @param dirt bits that have no meaning, or an address with nothing behind it
     */
    record MoveQueue(int queue, int size, int index, int dirt) implements RegisterStep {
        @Override
        public int[] operands() {
            return new int[] {queue, size, index, dirt};
        }

        @Override
        public MoveQueue with(int... o) {
            return new MoveQueue(o[0], o[1], o[2], o[3]);
        }
    }

    /**
     * Writes STRTAB_BASE and STRTAB_BASE_CFG while the SMMU is disabled.
     *
     * @param form 0 restores, 1 other size, 2 meaningless bits, 3 nothing there, 4 reserved values
     * @param operand which
     */
    record MoveStreams(int form, int operand) implements RegisterStep {
        @Override
        public int[] operands() {
            return new int[] {form, operand};
        }

        @Override
        public MoveStreams with(int... o) {
            return new MoveStreams(o[0], o[1]);
        }
    }

    /**
     * Takes event records.
     *
     * @param how 0 as the protocol says, others by hand: some of them, without acknowledging overflow
     */
    record TakeEvents(int how) implements RegisterStep {
        @Override
        public int[] operands() {
            return new int[] {how};
        }

        @Override
        public TakeEvents with(int... o) {
            return new TakeEvents(o[0]);
        }
    }

    /**
     * Lets time pass.
     */
    record Await() implements RegisterStep {
        @Override
        public int[] operands() {
            return new int[] {};
        }

        @Override
        public Await with(int... o) {
            return new Await();
        }
    }

    /**
     * Takes interrupts.
     */
    record TakeInterrupts() implements RegisterStep {
        @Override
        public int[] operands() {
            return new int[] {};
        }

        @Override
        public TakeInterrupts with(int... o) {
            return new TakeInterrupts();
        }
    }

    /**
     * Reads memory.
     *
     * @param what a page of memory, a descriptor, a structure, a queue
     * @param index which
     */
    record Peek(int what, int index) implements RegisterStep {
        @Override
        public int[] operands() {
            return new int[] {what, index};
        }

        @Override
        public Peek with(int... o) {
            return new Peek(o[0], o[1]);
        }
    }

    /**
     * Resets the machine and sets it up again.
     *
     * @param how 0 with the same set-up, then without enabling
     */
    record Restart(int how) implements RegisterStep {
        @Override
        public int[] operands() {
            return new int[] {how};
        }

        @Override
        public Restart with(int... o) {
            return new Restart(o[0]);
        }
    }
}
