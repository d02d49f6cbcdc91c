package org.nestor.smmu;

import java.util.Set;
import org.nestor.memory.Bytes;
import org.nestor.smmu.walk.TranslationOutcome.Permission;
import org.nestor.smmu.walk.TranslationOutcome.Translated;

/** What the client sees of a DMA. */
public sealed interface DmaResult {

    /**
     * Completed.
     *
     * @param physicalAddress of the first byte
     * @param data what a read returned; empty for a write
     * @param attributes of the first part
     */
    record Ok(long physicalAddress, Bytes data, OutputAttributes attributes) implements DmaResult {}

    /** Terminated with an error response; parts before the one that failed have had their effect. */
    record Abort() implements DmaResult {}

    /**
     * At least one part was terminated with success and without an access.
     *
     * @param data for a read, with zeros where there was no access; empty for a write
     */
    record RazWi(Bytes data) implements DmaResult {}

    /**
     * Held, with no response until software decides.
     *
     * @param stag names it in {@link CompletedStall}, and in its event record unless it waits for one of STALL_MAX places
     */
    record Stalled(int stag) implements DmaResult {}

    /**
     * A Translation Request succeeded.
     *
     * @param permissions none: the endpoint learns that there is no translation
     */
    record AtsCompleted(Translated translation, Set<Permission> permissions) implements DmaResult {}

    /**
     * A Translation Request failed.
     *
     * @param unsupported by Unsupported Request if true, else by Completer Abort
     */
    record AtsFailed(boolean unsupported) implements DmaResult {}
}
