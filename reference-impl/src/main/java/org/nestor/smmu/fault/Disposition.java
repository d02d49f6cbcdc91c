package org.nestor.smmu.fault;

/**
 * What becomes of a refused transaction.
 *
 * @param end how the client sees it
 * @param recorded whether an event is recorded
 */
public record Disposition(End end, boolean recorded) {

    /** How a refused transaction ends, for now. */
    public enum End {
        /** Terminated with an error response. */
        ABORT,
        /** Terminated with success: a read returns zero, a write has no effect. */
        RAZ_WI,
        /** Held until software decides. */
        STALL
    }
}
