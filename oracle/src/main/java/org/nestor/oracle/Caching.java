package org.nestor.oracle;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.nestor.smmu.tlb.CachePolicies;
import org.nestor.smmu.tlb.CachePolicy;

/** What the caches of the embedded reference do. */
public enum Caching {
    /** They remember nothing. */
    NEVER,
    /** They remember everything until it is invalidated. */
    INFINITE,
    /** They remember a little, and forget what was not used for longest. */
    LRU,
    /** They remember and forget at random. */
    RANDOM,
    /** They read ahead, at random. */
    PREFETCH;

    private static final int LRU_CAPACITY = 8;

    /** The one of that name in lower case. */
    public static Optional<Caching> named(String name) {
        return Arrays.stream(values())
                .filter(caching -> caching.label().equals(name))
                .findFirst();
    }

    /** The name in lower case, as the command line spells it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    CachePolicy policy(long seed) {
        return switch (this) {
            case NEVER -> CachePolicies.never();
            case INFINITE -> CachePolicies.infinite();
            case LRU -> CachePolicies.lru(LRU_CAPACITY);
            case RANDOM -> CachePolicies.random(seed);
            case PREFETCH -> CachePolicies.prefetching(seed);
        };
    }
}
