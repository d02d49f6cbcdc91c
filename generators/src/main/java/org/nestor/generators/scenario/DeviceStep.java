package org.nestor.generators.scenario;

/** Devices act, and software answers them. */
public sealed interface DeviceStep extends Step {

    /**
     * A DMA.
     *
     * @param stream which stream of the set-up
     * @param slot which of its hot input addresses
     * @param offset where in the page
     * @param write 0 reads, 1 writes
     * @param length 0 is 4 bytes
     * @param substream 0 none, then which of the hot SubstreamIDs
     * @param form privilege, instruction fetch, aliases of the address, other StreamIDs
     */
    record Access(int stream, int slot, int offset, int write, int length, int substream, int form)
            implements DeviceStep {
        @Override
        public int[] operands() {
            return new int[] {stream, slot, offset, write, length, substream, form};
        }

        @Override
        public Access with(int... o) {
            return new Access(o[0], o[1], o[2], o[3], o[4], o[5], o[6]);
        }
    }

    /**
     * A Translation Request or a translated access.
     *
     * @param stream which stream of the set-up
     * @param slot which of its hot input addresses
     * @param kind 0 requests, 1 uses a translated address
     * @param write 0 reads, 1 writes
     * @param substream 0 none, then which of the hot SubstreamIDs
     * @param form as for {@link Access}
     */
    record Ats(int stream, int slot, int kind, int write, int substream, int form) implements DeviceStep {
        @Override
        public int[] operands() {
            return new int[] {stream, slot, kind, write, substream, form};
        }

        @Override
        public Ats with(int... o) {
            return new Ats(o[0], o[1], o[2], o[3], o[4], o[5]);
        }
    }

    /**
     * A page request.
     *
     * @param stream which stream of the set-up
     * @param slot which of its hot input addresses
     * @param substream 0 none, then which of the hot SubstreamIDs
     * @param form rights, group, last
     */
    record AskPage(int stream, int slot, int substream, int form) implements DeviceStep {
        @Override
        public int[] operands() {
            return new int[] {stream, slot, substream, form};
        }

        @Override
        public AskPage with(int... o) {
            return new AskPage(o[0], o[1], o[2], o[3]);
        }
    }

    /**
     * Software takes entries off the PRI queue.
     *
     * @param how 0 all of them, others leave some or do not acknowledge overflow
     * @param answer 0 answers none, others answer with CMD_PRI_RESP
     */
    record TakePages(int how, int answer) implements DeviceStep {
        @Override
        public int[] operands() {
            return new int[] {how, answer};
        }

        @Override
        public TakePages with(int... o) {
            return new TakePages(o[0], o[1]);
        }
    }

    /**
     * CMD_RESUME for a held transaction.
     *
     * @param which which of those held
     * @param action 0 retries, 1 aborts, 2 terminates as RAZ/WI
     * @param flaw 0 right, others wrong STAG or StreamID
     */
    record Resume(int which, int action, int flaw) implements DeviceStep {
        @Override
        public int[] operands() {
            return new int[] {which, action, flaw};
        }

        @Override
        public Resume with(int... o) {
            return new Resume(o[0], o[1], o[2]);
        }
    }

    /**
     * CMD_STALL_TERM.
     *
     * @param stream which stream of the set-up
     */
    record TerminateStalls(int stream) implements DeviceStep {
        @Override
        public int[] operands() {
            return new int[] {stream};
        }

        @Override
        public TerminateStalls with(int... o) {
            return new TerminateStalls(o[0]);
        }
    }
}
