package org.nestor.campaign;

/** The seed of each scenario of a campaign. */
final class Seeds {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private Seeds() {}

    /** A seed for the scenario of that number, 0 being the first; by the finaliser of SplitMix64. */
    static long of(long campaign, long number) {
        long z = campaign + (number + 1) * GAMMA;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
