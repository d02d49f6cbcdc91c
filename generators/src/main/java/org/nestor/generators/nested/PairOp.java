package org.nestor.generators.nested;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One step of a guest that runs on {@link TwoMachines}. The operands are taken modulo what there is. */
public record PairOp(Kind kind, int a, int b) {
    private static final int OPERANDS = 1 << 8;

    private static final List<Kind> BIAS = bias();

    /** What a step does, and what its operands are. */
    public enum Kind {
        /** The device runs in a context: which. */
        TRANSLATE,
        /** The device's stream bypasses. */
        BYPASS,
        /** The device's stream is aborted. */
        ABORT,
        /** The running context's CD is edited: which table it shows, or none, and the form of the invalidation. */
        EDIT_CD,
        /** A page is mapped, after what was there has been taken away: slot, target. */
        MAP,
        /** A page is taken away: slot, form of the invalidation. */
        UNMAP,
        /** A read of the device through the tables: slot. */
        READ,
        /** A read of the device at an address of the guest's memory: which. */
        READ_DATA
    }

    private static List<Kind> bias() {
        List<Kind> kinds = new ArrayList<>(List.of(Kind.values()));
        for (int i = 0; i < 2; i++) {
            kinds.addAll(List.of(Kind.TRANSLATE, Kind.MAP, Kind.MAP, Kind.UNMAP, Kind.READ, Kind.READ, Kind.READ));
        }
        return List.copyOf(kinds);
    }

    /** The sequence of a seed. */
    public static List<PairOp> sequence(long seed, int length) {
        SplittableRandom random = new SplittableRandom(seed);
        List<PairOp> ops = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            Kind kind = BIAS.get(random.nextInt(BIAS.size()));
            ops.add(new PairOp(kind, random.nextInt(OPERANDS), random.nextInt(OPERANDS)));
        }
        return List.copyOf(ops);
    }

    /** The same step with one operand smaller, the smallest first. */
    public List<PairOp> simpler() {
        List<PairOp> simpler = new ArrayList<>();
        for (int value = 0; value < PairWorld.SLOTS; value++) {
            if (value < a) {
                simpler.add(new PairOp(kind, value, b));
            }
            if (value < b) {
                simpler.add(new PairOp(kind, a, value));
            }
        }
        return simpler;
    }

    @Override
    public String toString() {
        return kind + " " + a + " " + b;
    }
}
