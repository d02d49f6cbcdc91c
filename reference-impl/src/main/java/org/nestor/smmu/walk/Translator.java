package org.nestor.smmu.walk;

import org.nestor.smmu.transaction.Transaction;

/** Translates transactions of a client while SMMUEN = 1. */
public interface Translator {

    /** Takes over new register values; nothing cached is invalidated by that. */
    void configure(GlobalConfiguration configuration);

    /** Runs the translation procedure once; the only effect on memory is that of hardware updates. */
    TranslationOutcome translate(Transaction transaction);
}
