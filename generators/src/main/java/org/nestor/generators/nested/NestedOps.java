package org.nestor.generators.nested;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.nestor.generators.nested.NestedOp.Kind;

/**
 * Random sequences of steps. A sequence has a hot guest and a few hot operands, so that its steps meet: most often a page is mapped,
 * used, unmapped, invalidated and used again within few steps. A new kernel, which puts an end to all that has come about, is rare.
 */
public final class NestedOps {
    private static final int OPERANDS = 1 << 10;
    private static final int BURST_EVERY = 20;
    private static final int DOORBELLS_EVERY = 3;
    private static final int DOORBELL_STEPS = 8;

    /** The operand of a step for a doorbell's size that is half a page; the next one is for a whole page. */
    private static final int HALF_A_PAGE = 4;

    private static final int KERNEL_EVERY = 200;

    /** Numbers that are a guest modulo 3 and one of its devices modulo 5. */
    private static final int[] GUESTS_AND_DEVICES = {0, 6, 7, 4, 8};

    private static final List<Kind> BIAS = bias();

    private static final List<Kind> DOORBELL_KINDS = List.of(Kind.BIND, Kind.UNBIND, Kind.BIND_SHORT, Kind.BIND_SHORT);

    private final SplittableRandom random;
    private final List<NestedOp> ops = new ArrayList<>();
    private final int hotGuest;
    private final int[] hot;

    private NestedOps(SplittableRandom random) {
        this.random = random;
        this.hotGuest = guestAndDevice();
        this.hot = new int[] {random.nextInt(OPERANDS), random.nextInt(OPERANDS), random.nextInt(OPERANDS)};
    }

    private static List<Kind> bias() {
        List<Kind> kinds = new ArrayList<>(List.of(Kind.values()));
        kinds.remove(Kind.NEW_KERNEL);
        for (int i = 0; i < 12; i++) {
            kinds.add(Kind.DMA);
        }
        for (int i = 0; i < 6; i++) {
            kinds.addAll(List.of(Kind.MAP_STAGE1, Kind.UNMAP_STAGE1, Kind.INVALIDATE));
        }
        for (int i = 0; i < 2; i++) {
            kinds.addAll(List.of(
                    Kind.SET_TABLE, Kind.MAP_DMA, Kind.UNMAP_DMA, Kind.ATS_REQUEST, Kind.ATS_READ, Kind.ATS_READ));
        }
        return List.copyOf(kinds);
    }

    /** The sequence of a seed. */
    public static List<NestedOp> sequence(long seed, int length) {
        return new NestedOps(new SplittableRandom(seed)).sequence(length);
    }

    private List<NestedOp> sequence(int length) {
        while (ops.size() < length) {
            if (random.nextInt(BURST_EVERY) == 0) {
                if (random.nextInt(DOORBELLS_EVERY) == 0) {
                    doorbells();
                } else {
                    burst();
                }
            } else if (random.nextInt(KERNEL_EVERY) == 0) {
                add(Kind.NEW_KERNEL, 0, 0, 0);
            } else {
                int who = random.nextInt(4) > 0 ? hotGuest : random.nextInt(OPERANDS);
                ops.add(new NestedOp(BIAS.get(random.nextInt(BIAS.size())), who, operand(), operand()));
            }
        }
        return ops.subList(0, length);
    }

    private int guestAndDevice() {
        return GUESTS_AND_DEVICES[random.nextInt(GUESTS_AND_DEVICES.length)];
    }

    private int operand() {
        return random.nextBoolean() ? hot[random.nextInt(hot.length)] : random.nextInt(OPERANDS);
    }

    /** What guests and their drivers do in a row: something is mapped and used, then taken away or moved, and used again. */
    private void burst() {
        int who = guestAndDevice();
        int slot = random.nextInt(OPERANDS);
        if (random.nextBoolean()) {
            add(Kind.SWITCH, who, random.nextInt(OPERANDS), random.nextInt(OPERANDS));
        }
        add(Kind.MAP_STAGE1, who, slot, operand());
        add(Kind.DMA, who, slot, 0);
        add(Kind.ATS_REQUEST, who, slot, 0);
        if (random.nextInt(3) == 0) {
            int piece = random.nextInt(OPERANDS);
            add(Kind.UNMAP_DMA, who, piece, 0);
            add(Kind.MAP_DMA, who, piece, random.nextInt(OPERANDS));
        } else {
            add(Kind.UNMAP_STAGE1, who, slot, 0);
            add(Kind.INVALIDATE, who, random.nextInt(OPERANDS), random.nextInt(4) > 0 ? slot : slot + 9);
        }
        add(Kind.DMA, who, slot, 0);
        add(Kind.ATS_READ, who, slot, 0);
    }

    /**
     * What guests do whose devices come and go: one comes back while doorbells are announced and withdrawn, of a page or of a half of
     * it, and memory for them may be short.
     */
    private void doorbells() {
        int who = guestAndDevice();
        int page = random.nextInt(GuestLayout.DOORBELLS);
        doorbell(Kind.BIND, who, page);
        add(Kind.REPLUG, who, random.nextInt(OPERANDS), random.nextInt(2));
        for (int i = 0; i < DOORBELL_STEPS; i++) {
            doorbell(DOORBELL_KINDS.get(random.nextInt(DOORBELL_KINDS.size())), who, page);
        }
        add(Kind.MSI_ON, who, 0, 0);
    }

    private void doorbell(Kind kind, int who, int page) {
        int number = page + GuestLayout.DOORBELLS * random.nextInt(2);
        add(kind, who, number, random.nextInt(2) + (kind == Kind.BIND ? HALF_A_PAGE : 0));
    }

    private void add(Kind kind, int a, int b, int c) {
        ops.add(new NestedOp(kind, a, b, c));
    }
}
