package org.nestor.allowed;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.GlobalConfiguration;
import org.nestor.smmu.walk.TranslationFactory;
import org.nestor.smmu.walk.TranslationOutcome;
import org.nestor.smmu.walk.TranslationProcedure;
import org.nestor.smmu.walk.UncachedReader;

/** What translations may come to, by the translation procedure over words that may have any of several values. */
public final class AllowedTranslations {
    private final TranslationProcedure procedure;

    public AllowedTranslations(IdRegisters ids, MemoryHistory memory, InvalidationLog invalidations) {
        this.procedure = new TranslationFactory().assemble(ids, new UncachedReader(memory.now()), RuleLog.NONE);
    }

    /** The registers that translation depends on have these values from this instant on. */
    public void configure(GlobalConfiguration registers, long at) {
        procedure.configure(registers);
    }

    /**
     * Everything that one attempt to translate may come to while SMMUEN = 1. Memory is not changed.
     *
     * @param begin the instant at which the attempt may have begun at the earliest
     * @param end the instant at which its outcome was seen
     */
    public Allowed translate(Transaction transaction, long begin, long end) {
        TranslationOutcome outcome = procedure.translate(transaction);
        return new Allowed(
                List.of(new AllowedOutcome(
                        outcome, procedure.outputAccess(transaction), List.of(), List.of(), Set.of())),
                Set.of(),
                Optional.empty());
    }
}
