package org.nestor.smmu.walk;

import java.util.Optional;
import org.nestor.smmu.config.Stage1Tag;
import org.nestor.smmu.walk.TranslationOutcome.Translated;

/**
 * A stage 1 or combined translation, as a TLB may hold it.
 *
 * @param tag tags of the context that formed it
 * @param leaf the stage 1 block or page
 * @param stage2 the stage 2 block or page of its output; empty for an entry of stage 1 alone
 * @param inputBase first input address the entry serves
 * @param shift log2 of the range it serves: the smaller of the two stages
 * @param rights set of {@link Right} bits that every stage in the entry grants
 * @param clean whether a write has to look at a descriptor again, to mark it dirty
 * @param output the outcome, ready to be given out, or that stage 2 is still to be asked
 */
public record Stage1Entry(
        Stage1Tag tag,
        Stage1Leaf leaf,
        Optional<Stage2Leaf> stage2,
        long inputBase,
        int shift,
        int rights,
        boolean clean,
        Stage1Output output)
        implements Stage1Lookup {

    /** A translation that needs no stage 2. */
    static Stage1Entry complete(Stage1Tag tag, Stage1Leaf leaf, Translated translated) {
        return of(tag, leaf, translated);
    }

    /** The stage 1 half of a nested translation. */
    static Stage1Entry partial(Stage1Tag tag, Stage1Leaf leaf) {
        return of(tag, leaf, Stage1Output.NeedsStage2.NEEDS_STAGE_2);
    }

    private static Stage1Entry of(Stage1Tag tag, Stage1Leaf leaf, Stage1Output output) {
        return new Stage1Entry(
                tag, leaf, Optional.empty(), leaf.inputBase(), leaf.shift(), leaf.rights(), leaf.clean(), output);
    }

    /**
     * The translation through both stages, for the smaller of the two pages.
     *
     * @param address an input address of the stage 1 leaf; the entry serves the page around it
     */
    static Stage1Entry combined(
            Stage1Tag tag, Stage1Leaf leaf, Stage2Leaf stage2, long address, Translated translated) {
        return new Stage1Entry(
                tag,
                leaf,
                Optional.of(stage2),
                address & ~translated.offsetMask(),
                Math.min(leaf.shift(), stage2.shift()),
                leaf.rights() & stage2.rights(),
                leaf.clean() || stage2.clean(),
                translated);
    }

    public boolean isCombined() {
        return stage2.isPresent();
    }

    /** Whether nothing stands between an access with this right and the outcome. */
    boolean grants(Right right) {
        return (rights & right.bit()) != 0 && !(clean && right.isWrite());
    }
}
