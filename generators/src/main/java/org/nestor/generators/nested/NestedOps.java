package org.nestor.generators.nested;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.nestor.generators.nested.NestedOp.Kind;

/** Random sequences of steps. Guests, slots and targets come from few, so that steps meet. */
public final class NestedOps {
    private static final int OPERANDS = 1 << 10;
    private static final List<Kind> BIAS = bias();

    private NestedOps() {}

    private static List<Kind> bias() {
        List<Kind> kinds = new ArrayList<>(List.of(Kind.values()));
        for (int i = 0; i < 6; i++) {
            kinds.add(Kind.DMA);
        }
        for (int i = 0; i < 2; i++) {
            kinds.addAll(List.of(
                    Kind.SET_TABLE, Kind.MAP_STAGE1, Kind.UNMAP_STAGE1, Kind.INVALIDATE, Kind.MAP_DMA, Kind.UNMAP_DMA));
        }
        return List.copyOf(kinds);
    }

    /** The sequence of a seed. */
    public static List<NestedOp> sequence(long seed, int length) {
        SplittableRandom random = new SplittableRandom(seed);
        List<NestedOp> ops = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            ops.add(new NestedOp(
                    BIAS.get(random.nextInt(BIAS.size())),
                    random.nextInt(OPERANDS),
                    random.nextInt(OPERANDS),
                    random.nextInt(OPERANDS)));
        }
        return ops;
    }
}
