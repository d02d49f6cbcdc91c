package org.nestor.bugs.tlb;

import org.nestor.smmu.tlb.CachePolicy;
import org.nestor.smmu.tlb.CachedTranslator;
import org.nestor.smmu.transaction.AtsKind;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.TranslationOutcome;
import org.nestor.smmu.walk.TranslationProcedure;

/** Starts with each transaction a walk for the page behind it, and lets it fill the TLB after the next CMD_SYNC, come what may. */
public final class WalkAcrossSync extends CachedTranslator {
    private static final long PAGE = 4096;

    private final TranslationProcedure procedure;
    private final LateReader reader;

    public WalkAcrossSync(TranslationProcedure procedure, LateReader reader, CachePolicy policy) {
        super(procedure, reader, policy);
        this.procedure = procedure;
        this.reader = reader;
    }

    @Override
    public TranslationOutcome translate(Transaction transaction) {
        if (transaction.ats() == AtsKind.UNTRANSLATED) {
            reader.readAhead(() -> procedure.translate(behind(transaction)));
        }
        return super.translate(transaction);
    }

    private static Transaction behind(Transaction transaction) {
        Transaction read = Transaction.read(transaction.streamId(), transaction.address() + PAGE);
        return transaction.ssv() ? read.withSubstream(transaction.substreamId()) : read;
    }

    @Override
    public void synchronise() {
        super.synchronise();
        reader.land();
    }
}
