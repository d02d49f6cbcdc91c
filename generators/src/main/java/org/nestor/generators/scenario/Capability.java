package org.nestor.generators.scenario;

/** What an implementation and its devices may be able to do, beyond what the ID registers say. */
public enum Capability {
    /** The reply to a DMA tells whether it was carried out. Without it DMAs have 4 bytes and name addresses to look at. */
    STATUS,
    /** DMAs may carry a SubstreamID. */
    SUBSTREAMS,
    /** DMAs may be privileged. */
    PRIVILEGED,
    /** DMAs may be instruction fetches. */
    INSTRUCTION,
    /** Endpoints may send Translation Requests and translated accesses. */
    ATS,
    /** Endpoints may send page requests. */
    PRI,
    /** DMAs may be held until software decides. */
    STALL,
    /** Interrupts are told. */
    INTERRUPTS,
    /** A reset may set ID registers. */
    RESET_IDS
}
