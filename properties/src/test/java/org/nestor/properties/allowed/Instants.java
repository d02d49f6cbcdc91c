package org.nestor.properties.allowed;

/** Hands out instants. */
final class Instants {
    private long now;

    /** A new instant, after all others. */
    long next() {
        return ++now;
    }
}
