package org.nestor.allowed;

/**
 * A doubleword as a run has read it.
 *
 * @param address physical
 * @param value the value chosen, in memory byte order
 * @param since first instant at which memory may have held it
 * @param until last such instant, {@link WordVersions#NOW} if it may be now
 */
record Word(long address, long value, long since, long until) {

    /** Whether the value is one of the past only. */
    boolean past() {
        return until != WordVersions.NOW;
    }
}
