package org.nestor.iommu.smmuv3;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.nestor.smmu.format.Line;

/**
 * How an STE or CD that hardware may be reading is rewritten: by phases of single doubleword stores, each phase followed by a
 * synchronisation. Where all differences that matter lie in one doubleword, hardware sees the old or the new configuration and nothing else;
 * otherwise the entry is invalid in between.
 */
public final class EntryUpdate {

    /** The doubleword that holds V, of an STE and of a CD. */
    private static final int VALID_WORD = 0;

    private EntryUpdate() {}

    /** The images after each phase that changes something; hardware is synchronised after each. */
    public static List<Line> ofSte(Line old, Line target) {
        return ofSte(old, target, UsedBits.safeSte(old, target));
    }

    /** As the other, by what bits of both are safe to change early or late. */
    static List<Line> ofSte(Line old, Line target, Line safe) {
        return phases(old, target, UsedBits::ofSte, safe);
    }

    /** As {@link #ofSte}, of a CD. */
    public static List<Line> ofCd(Line old, Line target) {
        return phases(old, target, UsedBits::ofCd, Line.ZERO);
    }

    private static List<Line> phases(Line old, Line target, UnaryOperator<Line> used, Line safe) {
        Line oldUsed = used.apply(old);
        Line targetUsed = used.apply(target);
        Line mixed = Line.of(i -> {
            long keep = oldUsed.doubleword(i) & ~safe.doubleword(i);
            return old.doubleword(i) & keep | target.doubleword(i) & ~keep;
        });
        List<Integer> critical = new ArrayList<>();
        for (int i = 0; i < Line.DOUBLEWORDS; i++) {
            if ((mixed.doubleword(i) & targetUsed.doubleword(i)) != target.doubleword(i)) {
                critical.add(i);
            }
        }
        List<Line> images = new ArrayList<>(List.of(old));
        if (critical.size() == 1) {
            int word = critical.get(0);
            images.add(mixed.with(word, old.doubleword(word)));
            images.add(mixed.with(word, target.doubleword(word)));
        } else if (critical.size() > 1) {
            images.add(old.with(VALID_WORD, 0));
            images.add(target.with(VALID_WORD, 0));
        }
        images.add(target);
        return changes(images);
    }

    private static List<Line> changes(List<Line> images) {
        List<Line> changes = new ArrayList<>();
        for (int i = 1; i < images.size(); i++) {
            if (!images.get(i).equals(images.get(i - 1))) {
                changes.add(images.get(i));
            }
        }
        return changes;
    }
}
