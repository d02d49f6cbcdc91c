package org.nestor.allowed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nestor.smmu.config.Stage1Regime;
import org.nestor.smmu.config.Stage1Tag;
import org.nestor.smmu.config.TableGeometry;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.transaction.MemoryAttributes;
import org.nestor.smmu.walk.Stage1Entry;
import org.nestor.smmu.walk.Stage1Leaf;
import org.nestor.smmu.walk.Stage1Pointer;

/** What a run read on its way through the stage 1 tables of one address. */
final class Stage1Trace {
    private static final long NOT_GLOBAL = 1L << 11;

    private final Stage1Regime regime;
    private final long address;
    private final TableGeometry geometry;
    private final List<Word> words = new ArrayList<>();
    private Optional<Stage1Entry> entry = Optional.empty();

    /** A walk that begins. The address is canonical and in the range of a half. */
    Stage1Trace(Stage1Regime regime, long address) {
        this.regime = regime;
        this.address = address;
        this.geometry = regime.half(address).orElseThrow().geometry();
    }

    Stage1Regime regime() {
        return regime;
    }

    Stage1Tag tag() {
        return regime.tag();
    }

    long address() {
        return address;
    }

    TableGeometry geometry() {
        return geometry;
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

    boolean serves(Stage1Regime other, long otherAddress) {
        return address == otherAddress && regime.equals(other);
    }

    void found(Stage1Entry found) {
        entry = Optional.of(found);
    }

    /** What the walk found, if it found something. */
    Optional<Stage1Entry> entry() {
        return entry;
    }

    /** Level of a descriptor by its place among those read. */
    int level(int index) {
        return geometry.startLevel() + index;
    }

    /**
     * The cached objects that a descriptor may have been part of, the one that is used first: the leaf, then the table pointers up to
     * the one that the descriptor is, or that leads to its table.
     *
     * @param last level of the table that the last pointer leads to; no pointers if it is beyond the deepest
     * @param culprit whether the last descriptor read made the walk fail, and so is no pointer
     */
    List<CachedObject> objects(int last, boolean culprit) {
        List<CachedObject> objects = new ArrayList<>();
        entry.ifPresent(found -> objects.add(CachedObject.Leaf.of(tag(), found.leaf())));
        int tables = words.size() - (entry.isPresent() || culprit ? 1 : 0);
        int top = Math.max(last, geometry.startLevel() + 1);
        for (int level = geometry.startLevel() + tables; level >= top; level--) {
            objects.add(pointer(level));
        }
        return objects;
    }

    /** The object that a leaf descriptor becomes. */
    CachedObject leaf(long raw, int level) {
        boolean global = tag().world().usesAsid() && (raw & NOT_GLOBAL) == 0;
        int shift = geometry.granule().coverage(level);
        return CachedObject.Leaf.of(
                tag(),
                new Stage1Leaf(address & -1L << shift, shift, level, 0, 0, MemoryAttributes.WRITE_BACK, global, false));
    }

    /** The pointer to the table of a level, for a level below the start level. */
    CachedObject.Pointer pointer(int level) {
        Granule granule = geometry.granule();
        int below = granule.coverage(level) + granule.bitsPerLevel();
        return new CachedObject.Pointer(
                new Stage1Pointer(tag(), address & -1L << below, below, level, 0, 0, Optional.empty()));
    }

    /** Whatever may serve the address. */
    CachedObject any() {
        return CachedObject.AnyTranslation.at(tag(), address);
    }
}
