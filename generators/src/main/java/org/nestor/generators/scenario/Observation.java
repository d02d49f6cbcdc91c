package org.nestor.generators.scenario;

/** What software learns from the reply to an action, as far as what it does next depends on it. */
public sealed interface Observation {

    /**
     * The DMA just asked for is held.
     *
     * @param streamId its StreamID
     * @param stag its stall tag, 16 bits
     */
    record Stalled(int streamId, int stag) implements Observation {}

    /** The register just asked for holds this. */
    record Value(long value) implements Observation {}
}
