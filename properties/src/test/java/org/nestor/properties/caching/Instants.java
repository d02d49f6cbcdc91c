package org.nestor.properties.caching;

/** Hands out instants. */
final class Instants {
    private long now;

    /** A new instant, after all others. */
    long next() {
        return ++now;
    }
}
