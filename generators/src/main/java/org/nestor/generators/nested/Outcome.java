package org.nestor.generators.nested;

/** How a DMA may end, as the model sees it. */
sealed interface Outcome {

    /** It reaches memory. */
    record Reached(long physical) implements Outcome {}

    /** Stage 1 has no translation: the guest is told. */
    record Stage1Fault() implements Outcome {}

    /** Stage 2 has none: the host is told. */
    record Stage2Fault() implements Outcome {}

    /** The guest's configuration is wrong: the guest is told. */
    record ConfigurationFault(int reason) implements Outcome {}

    /** It is aborted, and nobody is told. */
    record Silent() implements Outcome {}

    /** The guest has broken the architecture's rules for ASIDs: whatever stays within stage 2. */
    record Anything() implements Outcome {}
}
