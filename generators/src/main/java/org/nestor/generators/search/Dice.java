package org.nestor.generators.search;

import java.util.Random;

/** Random numbers with a bias: small ones, and the same ones again. */
final class Dice {
    private static final int OPERANDS = 1 << 20;

    private final Random random;

    Dice(long seed) {
        this.random = new Random(seed);
    }

    /** 0 to {@code bound} - 1, all alike. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** True {@code percent} times out of a hundred. */
    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** 0 mostly, otherwise a number that leaves many choices. */
    int rarely(int percent) {
        return chance(percent) ? any() : 0;
    }

    /** A number that leaves many choices to what interprets it. */
    int any() {
        return random.nextInt(OPERANDS);
    }

    /** One of these. */
    int of(int... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
