package org.nestor.smmu.walk;

import java.util.Optional;
import org.nestor.smmu.config.Stage1Tag;
import org.nestor.smmu.walk.TranslationOutcome.Translated;

/**
 * A complete stage 1 or combined translation, as a TLB may hold it.
 *
 * @param tag tags of the context that formed it
 * @param leaf the stage 1 block or page
 * @param stage2 the stage 2 block or page of its output; empty for a stage 1 entry in a nested regime or without stage 2
 * @param inputBase first input address the entry serves
 * @param shift log2 of the range it serves: the smaller of the two stages
 * @param translated the outcome, ready to be given out; empty while stage 2 is still to be asked
 */
public record Stage1Entry(
        Stage1Tag tag,
        Stage1Leaf leaf,
        Optional<Stage2Leaf> stage2,
        long inputBase,
        int shift,
        Optional<Translated> translated) {

    public boolean isCombined() {
        return stage2.isPresent();
    }
}
