package org.nestor.allowed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nestor.smmu.config.Stage2Regime;
import org.nestor.smmu.config.TableGeometry;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.walk.Stage2Leaf;
import org.nestor.smmu.walk.Stage2Pointer;

/** What a run read on its way through the stage 2 tables for one IPA. */
final class IpaTrace {

    /** What the IPA is that of. */
    enum Owner {
        /** A structure that was not reached. */
        NOTHING,
        /** A CD. */
        CD,
        /** An L1CD. */
        L1CD,
        /** A table of stage 1. */
        TABLE,
        /** The output of stage 1. */
        OUTPUT,
        /** The input address, with stage 1 off. */
        INPUT
    }

    private final Stage2Regime regime;
    private final long ipa;
    private final List<ContextSource> source;
    private final Optional<Stage1Trace> stage1;
    private final List<Word> words = new ArrayList<>();
    private Owner owner;
    private final int tableLevel;
    private Optional<Stage2Leaf> leaf = Optional.empty();

    /**
     * A walk that begins.
     *
     * @param source the streams that the regime may come from; none if from the STE of the transaction
     * @param stage1 the walk that asks, if one does
     */
    IpaTrace(
            Stage2Regime regime,
            long ipa,
            List<ContextSource> source,
            Optional<Stage1Trace> stage1,
            Owner owner,
            int tableLevel) {
        this.regime = regime;
        this.ipa = ipa;
        this.source = source;
        this.stage1 = stage1;
        this.owner = owner;
        this.tableLevel = tableLevel;
    }

    Stage2Regime regime() {
        return regime;
    }

    List<ContextSource> source() {
        return source;
    }

    /** The descriptors read so far, from the start level on. */
    List<Word> words() {
        return words;
    }

    /** The earliest instant at which the descriptors read so far led to what they lead to. */
    long pointedTo() {
        long instant = 0;
        for (Word word : words) {
            instant = Math.max(instant, word.since());
        }
        return instant;
    }

    /** Whether a descriptor was read with a past value. */
    boolean hasPast() {
        for (Word word : words) {
            if (word.past()) {
                return true;
            }
        }
        return false;
    }

    Owner owner() {
        return owner;
    }

    void belongsTo(Owner structure) {
        owner = structure;
    }

    Optional<Stage1Trace> stage1() {
        return stage1;
    }

    /** Level of the stage 1 table, if it is that of one. */
    int tableLevel() {
        return tableLevel;
    }

    /** Whether the walk found something. */
    boolean hasLeaf() {
        return leaf.isPresent();
    }

    /** Whatever may serve the IPA. */
    CachedObject any() {
        return CachedObject.AnyIpa.at(regime.vmid(), ipa);
    }

    void found(Stage2Leaf found) {
        leaf = Optional.of(found);
    }

    int level(int index) {
        return regime.geometry().startLevel() + index;
    }

    /** The cached objects that a descriptor may have been part of; arguments as {@link Stage1Trace#objects}. */
    List<CachedObject> objects(int last, boolean culprit) {
        List<CachedObject> objects = new ArrayList<>();
        leaf.ifPresent(found -> objects.add(new CachedObject.IpaLeaf(found)));
        int tables = words.size() - (leaf.isPresent() || culprit ? 1 : 0);
        int top = Math.max(last, regime.geometry().startLevel() + 1);
        for (int level = regime.geometry().startLevel() + tables; level >= top; level--) {
            objects.add(pointer(level));
        }
        return objects;
    }

    /** The object that a leaf descriptor of a level becomes. */
    CachedObject leaf(int level) {
        int shift = regime.geometry().granule().coverage(level);
        return new CachedObject.IpaLeaf(
                new Stage2Leaf(regime.vmid(), ipa & -1L << shift, shift, level, 0, 0, 0, 0, false));
    }

    CachedObject pointer(int level) {
        TableGeometry geometry = regime.geometry();
        Granule granule = geometry.granule();
        int below = granule.coverage(level) + granule.bitsPerLevel();
        return new CachedObject.IpaPointer(new Stage2Pointer(regime.vmid(), ipa & -1L << below, below, level, 0));
    }
}
