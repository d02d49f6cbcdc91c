package org.nestor.smmu.walk;

import org.nestor.smmu.walk.TranslationOutcome.Translated;

/** What a remembered stage 1 translation leads to: the outcome itself, or stage 2. */
public sealed interface Stage1Output permits Translated, Stage1Output.NeedsStage2 {

    /** The output of stage 1 is an IPA that stage 2 is still to translate. */
    enum NeedsStage2 implements Stage1Output {
        NEEDS_STAGE_2
    }
}
