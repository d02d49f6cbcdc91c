package org.nestor.generators.structure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.register.IdRegisters;

/**
 * The fields of an STE that only together describe a stage 2 table.
 *
 * @param s2tg granule: 0 is 4 KiB, 1 is 64 KiB, 2 is 16 KiB, 3 is reserved
 * @param s2t0sz 64 minus the input address bits
 * @param s2sl0 start level
 */
record Stage2Shape(int s2tg, int s2t0sz, int s2sl0) {

    /** All shapes that the fields can hold which break exactly these rules. */
    static List<Stage2Shape> breaking(IdRegisters id, List<String> rules) {
        return IntStream.range(0, 4 * 64 * 4)
                .mapToObj(code -> new Stage2Shape(code >> 8, code >> 2 & 63, code & 3))
                .filter(shape -> shape.broken(id).equals(rules))
                .toList();
    }

    private List<String> broken(IdRegisters id) {
        List<String> broken = new ArrayList<>();
        boolean exists = s2tg != 3 && id.supports(granule());
        if (!exists) {
            broken.add("A-STE-19");
        }
        boolean large = s2tg == 1;
        if (s2t0sz > (!id.stt() ? 39 : large ? 47 : 48)) {
            broken.add("A-STE-22");
        }
        int fewest = 64 - id.ias();
        if (s2t0sz < (id.atLeastV3(1) ? Math.max(fewest, large ? 12 : 16) : fewest)) {
            broken.add("A-STE-24");
        }
        if (s2tg != 3 && startLevel(id) < 0) {
            broken.add("A-STE-25");
        }
        if (s2tg != 3 && startLevel(id) >= 0 && !fits(startLevel(id))) {
            broken.add("A-STE-23");
        }
        return broken;
    }

    private Granule granule() {
        return switch (s2tg) {
            case 0 -> Granule.KB4;
            case 1 -> Granule.KB64;
            default -> Granule.KB16;
        };
    }

    private int startLevel(IdRegisters id) {
        if (s2sl0 == 3) {
            return s2tg == 0 && id.stt() ? 3 : -1;
        }
        return (s2tg == 0 ? 2 : 3) - s2sl0;
    }

    /** The start level resolves at least one bit, and with up to 16 tables side by side all of them. */
    private boolean fits(int level) {
        int page = s2tg == 0 ? 12 : s2tg == 1 ? 16 : 14;
        int below = page + (3 - level) * (page - 3);
        int bits = 64 - s2t0sz;
        return bits > below && bits <= below + page - 3 + 4;
    }
}
