package org.nestor.generators.play;

import java.util.ArrayList;
import java.util.List;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.register.IdRegisters;

/** Which shapes translation tables may have under given ID registers. */
final class Geometry {
    /** Fewer bits leave no room for hot addresses apart from each other. */
    private static final int FEWEST_BITS = 25;

    private static final int PLAIN_BITS = 39;
    private static final int MOST_BITS = 48;
    private static final int CONCATENATED_BITS = 4;
    private static final int LAST_LEVEL = 3;

    private final IdRegisters ids;

    Geometry(IdRegisters ids) {
        this.ids = ids;
    }

    /** The granules that there are, smallest first. */
    List<Granule> granules() {
        List<Granule> granules = new ArrayList<>();
        for (Granule granule : Granule.values()) {
            if (ids.supports(granule)) {
                granules.add(granule);
            }
        }
        return granules;
    }

    static int pageShift(Granule granule) {
        return switch (granule) {
            case KB4 -> 12;
            case KB16 -> 14;
            case KB64 -> 16;
        };
    }

    /** Input address bits of a stage 1 table: 0 is the plain choice. */
    int stage1Bits(Granule granule, int choice) {
        int most = granule == Granule.KB64 && ids.vax() == 1 ? 52 : MOST_BITS;
        return switch (choice % 8) {
            case 0 -> PLAIN_BITS;
            case 1 -> MOST_BITS;
            case 2 -> most;
            case 3 -> FEWEST_BITS;
            case 4 -> 2 * (pageShift(granule) - 3) + pageShift(granule);
            case 5 -> 2 * (pageShift(granule) - 3) + pageShift(granule) - 1;
            default -> FEWEST_BITS + choice / 8 % (most - FEWEST_BITS + 1);
        };
    }

    /**
     * A stage 2 table.
     *
     * @param startLevel level of the first table, or of those side by side
     * @param inputBits IPA bits
     */
    record Shape(int startLevel, int inputBits) {}

    /** The shapes of stage 2 tables of a granule, up to what stage 1 of any granule can lead to; the first have one first table. */
    List<Shape> stage2Shapes(Granule granule) {
        List<Shape> plain = new ArrayList<>();
        List<Shape> others = new ArrayList<>();
        int page = pageShift(granule);
        int lowest = granule == Granule.KB4 ? 0 : 1;
        for (int level = 2; level >= lowest; level--) {
            int below = page + (LAST_LEVEL - level) * (page - 3);
            int single = below + page - 3;
            int most = Math.min(ids.ias(), MOST_BITS);
            for (int bits = Math.max(below + 1, FEWEST_BITS);
                    bits <= Math.min(most, single + CONCATENATED_BITS);
                    bits++) {
                boolean round = bits == Math.min(most, single) && bits >= 32;
                (round ? plain : others).add(new Shape(level, bits));
            }
        }
        if (plain.isEmpty()) {
            return others;
        }
        plain.addAll(others);
        return plain;
    }
}
