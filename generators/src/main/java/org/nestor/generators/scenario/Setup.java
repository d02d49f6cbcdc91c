package org.nestor.generators.scenario;

import java.util.List;

/**
 * How the machine is set up before the first step.
 *
 * @param machine queues, stream table and global configuration
 * @param stage1 translation tables of stage 1 with their CDs, at least one
 * @param stage2 translation tables of stage 2
 * @param streams streams with an STE, at least one
 */
public record Setup(MachinePlan machine, List<Stage1Plan> stage1, List<Stage2Plan> stage2, List<StreamPlan> streams) {

    public Setup {
        stage1 = List.copyOf(stage1);
        stage2 = List.copyOf(stage2);
        streams = List.copyOf(streams);
        if (stage1.isEmpty() || streams.isEmpty()) {
            throw new IllegalArgumentException("a set-up has at least one stage 1 plan and one stream");
        }
    }

    /**
     * Queues, stream table and global configuration.
     *
     * @param commandQueue size of the command queue: 0 is 64 entries, 1 to 4 are 1 to 8 entries
     * @param eventQueue size of the event queue, likewise
     * @param priQueue size of the PRI queue, likewise
     * @param streamTable 0 a linear table that just fits, 1 a larger one, 2 to 4 two levels with SPLIT 6, 8 and 10
     * @param dirt bits to set in base registers where they have no meaning
     * @param memory which window of RAM; the place of pages within 2 MiB
     * @param control CR2 and the other enable bits of CR0
     * @param interrupts 0 none, 1 wired, 2 by MSI where there are MSIs
     * @param bypass GBPA before SMMUEN = 1
     * @param identity 0 the ID registers as they are, others one of the variations that the implementation lets a reset set
     */
    public record MachinePlan(
            int commandQueue,
            int eventQueue,
            int priQueue,
            int streamTable,
            int dirt,
            int memory,
            int control,
            int interrupts,
            int bypass,
            int identity)
            implements Operands<MachinePlan> {
        /** As plain as can be. */
        public static final MachinePlan PLAIN = new MachinePlan(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

        @Override
        public int[] operands() {
            return new int[] {
                commandQueue, eventQueue, priQueue, streamTable, dirt, memory, control, interrupts, bypass, identity
            };
        }

        @Override
        public MachinePlan with(int... o) {
            return new MachinePlan(o[0], o[1], o[2], o[3], o[4], o[5], o[6], o[7], o[8], o[9]);
        }
    }

    /**
     * Translation tables of stage 1 and the CDs that point to them.
     *
     * @param granule 0 the smallest of those that there are, and so on
     * @param size input address bits: 0 is 39, others come nearer to the limits
     * @param upper whether there is a table for the upper half too, and its granule and size
     * @param bigEndian byte order of descriptors, where both can be had
     * @param asid which ASID of the hot set
     * @param attributes variation of the CD; 0 is plain
     * @param guest 0 physical, n behind the n-th stage 2 table
     * @param substreams 0 a single CD, then linear and two-level CD tables
     */
    public record Stage1Plan(
            int granule, int size, int upper, int bigEndian, int asid, int attributes, int guest, int substreams)
            implements Operands<Stage1Plan> {
        /** As plain as can be. */
        public static final Stage1Plan PLAIN = new Stage1Plan(0, 0, 0, 0, 0, 0, 0, 0);

        @Override
        public int[] operands() {
            return new int[] {granule, size, upper, bigEndian, asid, attributes, guest, substreams};
        }

        @Override
        public Stage1Plan with(int... o) {
            return new Stage1Plan(o[0], o[1], o[2], o[3], o[4], o[5], o[6], o[7]);
        }
    }

    /**
     * A translation table of stage 2.
     *
     * @param granule 0 the smallest of those that there are, and so on
     * @param shape start level and input address bits; 0 has the fewest concatenated tables
     * @param bigEndian byte order of descriptors, where both can be had
     * @param vmid which VMID of the hot set
     * @param attributes variation of the stage 2 fields of STEs; 0 is plain
     */
    public record Stage2Plan(int granule, int shape, int bigEndian, int vmid, int attributes)
            implements Operands<Stage2Plan> {
        /** As plain as can be. */
        public static final Stage2Plan PLAIN = new Stage2Plan(0, 0, 0, 0, 0);

        @Override
        public int[] operands() {
            return new int[] {granule, shape, bigEndian, vmid, attributes};
        }

        @Override
        public Stage2Plan with(int... o) {
            return new Stage2Plan(o[0], o[1], o[2], o[3], o[4]);
        }
    }

    /**
     * A stream with an STE.
     *
     * @param streamId which of the usable StreamIDs
     * @param kind 0 abort, 1 bypass, 2 stage 1, 3 stage 2, 4 nested, as far as there are tables for it
     * @param tables which stage 1 or stage 2 plan
     * @param attributes variation of the STE; 0 is plain
     */
    public record StreamPlan(int streamId, int kind, int tables, int attributes) implements Operands<StreamPlan> {
        public static final int ABORT = 0;
        public static final int BYPASS = 1;
        public static final int STAGE_1 = 2;
        public static final int STAGE_2 = 3;
        public static final int NESTED = 4;

        /** How many kinds there are. */
        public static final int KINDS = 5;

        @Override
        public int[] operands() {
            return new int[] {streamId, kind, tables, attributes};
        }

        @Override
        public StreamPlan with(int... o) {
            return new StreamPlan(o[0], o[1], o[2], o[3]);
        }
    }
}
