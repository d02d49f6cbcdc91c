package org.nestor.smmu.tlb;

import java.util.Random;

/** The policies that the reference is run under. */
public final class CachePolicies {

    private CachePolicies() {}

    /** Remembers nothing. */
    public static CachePolicy never() {
        return new Steady(false, Integer.MAX_VALUE);
    }

    /** Remembers everything that was used until it is invalidated, and no longer. */
    public static CachePolicy infinite() {
        return new Steady(true, Integer.MAX_VALUE);
    }

    /**
     * Remembers what was used last.
     *
     * @param capacity entries of each cache, at least 1
     */
    public static CachePolicy lru(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity " + capacity + ": expected at least 1 entry");
        }
        return new Steady(true, capacity);
    }

    /** Remembers configuration, and no translation. */
    public static CachePolicy configurationOnly() {
        return new Steady(true, Integer.MAX_VALUE) {
            @Override
            public boolean admits(CacheKind kind) {
                return kind.compareTo(CacheKind.CONFIGURATION) <= 0;
            }
        };
    }

    /** Remembers, overlooks, mixes and defers at random. */
    public static CachePolicy random(long seed) {
        return new Erratic(seed, 0);
    }

    /** Remembers nearly everything, defers invalidations and reads ahead of need, at random. */
    public static CachePolicy prefetching(long seed) {
        return new Erratic(seed, 4);
    }

    /** Does the same at every time. */
    private static class Steady implements CachePolicy {
        private final boolean remembers;
        private final int capacity;

        Steady(boolean remembers, int capacity) {
            this.remembers = remembers;
            this.capacity = capacity;
        }

        @Override
        public boolean admits(CacheKind kind) {
            return remembers;
        }

        @Override
        public boolean consults(CacheKind kind) {
            return true;
        }

        @Override
        public int capacity() {
            return capacity;
        }

        @Override
        public boolean keepsDoubleword() {
            return false;
        }

        @Override
        public boolean defersInvalidation() {
            return false;
        }

        @Override
        public int speculations() {
            return 0;
        }

        @Override
        public int pick(int bound) {
            return 0;
        }
    }

    /** Decides by a seeded generator. */
    private static final class Erratic implements CachePolicy {
        private final Random random;
        private final int eagerness;

        Erratic(long seed, int eagerness) {
            this.random = new Random(seed);
            this.eagerness = eagerness;
        }

        @Override
        public boolean admits(CacheKind kind) {
            return random.nextInt(4 + eagerness) != 0;
        }

        @Override
        public boolean consults(CacheKind kind) {
            return random.nextInt(4 + eagerness) != 0;
        }

        @Override
        public int capacity() {
            return Integer.MAX_VALUE;
        }

        @Override
        public boolean keepsDoubleword() {
            return random.nextBoolean();
        }

        @Override
        public boolean defersInvalidation() {
            return random.nextBoolean();
        }

        @Override
        public int speculations() {
            return eagerness == 0 ? 0 : random.nextInt(eagerness);
        }

        @Override
        public int pick(int bound) {
            return random.nextInt(bound);
        }
    }
}
