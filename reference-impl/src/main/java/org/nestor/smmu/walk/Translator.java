package org.nestor.smmu.walk;

import java.util.Optional;
import org.nestor.smmu.transaction.OutputAccess;
import org.nestor.smmu.transaction.Transaction;

/** Translates transactions of a client while SMMUEN = 1. */
public interface Translator {

    /** Takes over new register values; nothing cached is invalidated by that. */
    void configure(GlobalConfiguration configuration);

    /** Runs the translation procedure once; the only effect on memory is that of hardware updates. */
    TranslationOutcome translate(Transaction transaction);

    /**
     * PnU and InD of the transaction that was translated last, after PRIVCFG and INSTCFG of the STE that it was translated under, or
     * as presented where the STE has no part in it. Not part of the translation, because a TLB entry serves several streams, and these
     * fields are the stream's own.
     */
    OutputAccess outputAccess(Transaction transaction);

    /** STE.PPAR of a stream, which automatic PRI responses depend on; empty if no valid STE can be read. */
    Optional<Boolean> priResponsePasid(int streamId);
}
