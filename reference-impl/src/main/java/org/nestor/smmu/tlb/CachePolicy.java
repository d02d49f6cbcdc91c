package org.nestor.smmu.tlb;

/**
 * What the caches do where the architecture leaves it to them. Nothing that a policy decides can make an outcome illegal.
 *
 * <p>A policy holds the state of its own random choices: use a new one for each run that is to be repeatable.
 */
public interface CachePolicy {

    /** Whether something that was just read is remembered. */
    boolean admits(CacheKind kind);

    /** Whether a look-up sees what is remembered; overlooking it is like having dropped it. */
    boolean consults(CacheKind kind);

    /** Most entries of each cache, the least recently used going first; {@link Integer#MAX_VALUE} for no bound. */
    int capacity();

    /** Whether this doubleword of an STE or CD that is fetched again is taken from the earlier fetch. */
    boolean keepsDoubleword();

    /** Whether an invalidation waits for the CMD_SYNC, and then takes effect in any order with the others that wait. */
    boolean defersInvalidation();

    /** How many speculative translations are made at this point. */
    int speculations();

    /** A choice among 0 to {@code bound - 1}. */
    int pick(int bound);
}
