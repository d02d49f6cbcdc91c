package org.nestor.generators.scenario;

/** Software changes STEs, CDs and the descriptors above them. */
public sealed interface ConfigurationStep extends Step {

    /**
     * Writes an STE.
     *
     * @param stream which stream of the set-up
     * @param form 0 restores it, 1 varies a field, 2 changes its kind, 3 clears V, 4 breaks one rule, 5 is legal otherwise, 6 changes one doubleword, 7 inverts a bit, 8 changes the VMID, 9 changes the tables, 10 lets faults stall, 11 lets hardware update descriptors, 12 protects table walks or ignores the top byte
     * @param operand which field, rule, bit, ... and what to
     * @param order 0 whole, others doubleword by doubleword in an order
     */
    record WriteSte(int stream, int form, int operand, int order) implements ConfigurationStep {
        @Override
        public int[] operands() {
            return new int[] {stream, form, operand, order};
        }

        @Override
        public WriteSte with(int... o) {
            return new WriteSte(o[0], o[1], o[2], o[3]);
        }
    }

    /**
     * Writes a CD.
     *
     * @param stream which stream of the set-up
     * @param substream which of its hot SubstreamIDs
     * @param form as for {@link WriteSte}, with the ASID in place of the VMID
     * @param operand which field, rule, bit, ... and what to
     * @param order 0 whole, others doubleword by doubleword in an order
     */
    record WriteCd(int stream, int substream, int form, int operand, int order) implements ConfigurationStep {
        @Override
        public int[] operands() {
            return new int[] {stream, substream, form, operand, order};
        }

        @Override
        public WriteCd with(int... o) {
            return new WriteCd(o[0], o[1], o[2], o[3], o[4]);
        }
    }

    /**
     * Writes a first-level stream table descriptor, where there is one.
     *
     * @param stream which stream of the set-up
     * @param form 0 restores it, 1 clears it, 2 has another Span, 3 points to nothing, 4 inverts a bit
     * @param operand which Span or bit
     */
    record WriteL1Std(int stream, int form, int operand) implements ConfigurationStep {
        @Override
        public int[] operands() {
            return new int[] {stream, form, operand};
        }

        @Override
        public WriteL1Std with(int... o) {
            return new WriteL1Std(o[0], o[1], o[2]);
        }
    }

    /**
     * Writes a first-level CD table descriptor, where there is one.
     *
     * @param stream which stream of the set-up
     * @param substream which of its hot SubstreamIDs
     * @param form 0 restores it, 1 clears V, 2 points to nothing, 3 inverts a bit
     * @param operand which bit
     */
    record WriteL1Cd(int stream, int substream, int form, int operand) implements ConfigurationStep {
        @Override
        public int[] operands() {
            return new int[] {stream, substream, form, operand};
        }

        @Override
        public WriteL1Cd with(int... o) {
            return new WriteL1Cd(o[0], o[1], o[2], o[3]);
        }
    }
}
