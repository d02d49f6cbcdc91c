package org.nestor.smmu;

import org.nestor.rule.Rule;
import org.nestor.smmu.transaction.OutputAccess;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.TranslationOutcome;
import org.nestor.smmu.walk.Translator;

/** Leads a transaction to the translation procedure or, while SMMUEN = 0, past it. */
public class TranslationPath {
    private final Translator translator;
    private final GlobalBypass bypass;
    private boolean enabled;

    public TranslationPath(Translator translator, GlobalBypass bypass) {
        this.translator = translator;
        this.bypass = bypass;
    }

    /** Takes over SMMUEN as acknowledged; nothing cached changes by it. */
    @Rule("A-CTL-04")
    @Rule("A-CTL-05")
    public void enable(boolean smmuen) {
        enabled = smmuen;
    }

    /** SMMUEN is looked at once, so that the whole transaction is handled under one value of it. */
    @Rule("A-CTL-04")
    @Rule("A-CTL-05")
    @Rule("A-CTL-06")
    public TranslationOutcome translate(Transaction transaction) {
        return enabled ? translator.translate(transaction) : bypass.translate(transaction);
    }

    public OutputAccess outputAccess(Transaction transaction) {
        return enabled ? translator.outputAccess(transaction) : bypass.outputAccess(transaction);
    }
}
