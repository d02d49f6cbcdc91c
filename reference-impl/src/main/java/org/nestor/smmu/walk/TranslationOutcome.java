package org.nestor.smmu.walk;

import java.util.Set;
import org.nestor.smmu.fault.FaultGovernance;
import org.nestor.smmu.fault.Refusal;
import org.nestor.smmu.transaction.MemoryAttributes;

/** What the translation procedure made of a transaction, before termination or stall is decided. */
public sealed interface TranslationOutcome {

    /**
     * Success. One value serves every transaction to the same page, so that a TLB can hold it ready.
     *
     * @param outputBase address of the first byte of the output page or block
     * @param offsetMask the input address bits that pass through unchanged
     * @param attributes output memory type and shareability
     */
    record Translated(long outputBase, long offsetMask, MemoryAttributes attributes)
            implements TranslationOutcome, Stage1Output {

        public long physicalAddress(long inputAddress) {
            return outputBase | inputAddress & offsetMask;
        }
    }

    /**
     * Refused.
     *
     * @param governance the fault bits in force, already chosen by stage
     * @param privileged PnU after STE.PRIVCFG, as records report it (A-FLT-23)
     * @param instruction InD after STE.INSTCFG
     * @param mergeable STE.MEV of the stream
     */
    record Refused(
            Refusal refusal, FaultGovernance governance, boolean privileged, boolean instruction, boolean mergeable)
            implements TranslationOutcome {}

    /** Answer to an ATS Translation Request (IHI 0070 section 3.9). */
    sealed interface AtsAnswer extends TranslationOutcome {

        /** Success; without permissions the endpoint learns that there is no translation. */
        record Completed(Translated translation, Set<Permission> permissions) implements AtsAnswer {}

        /**
         * Unsupported Request or Completer Abort.
         *
         * @param unsupported UR if true, else CA
         * @param refusal what went wrong, recorded only if {@code recorded}
         */
        record Failed(boolean unsupported, Refusal refusal, boolean recorded) implements AtsAnswer {}
    }

    /** A right that a completed Translation Request grants. */
    enum Permission {
        READ,
        WRITE,
        EXECUTE
    }
}
