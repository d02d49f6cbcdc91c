package org.nestor.campaign;

import java.util.List;
import org.nestor.campaign.Played.Exchange;

/**
 * A cause of divergence with its smallest case.
 *
 * @param cause what it is folded by
 * @param firstSeed seed of the first scenario that showed it
 * @param count how many scenarios showed it
 * @param smallest the shrunk case, the failing exchange last
 */
record Finding(Cause cause, long firstSeed, long count, Played smallest) {

    Finding again() {
        return new Finding(cause, firstSeed, count + 1, smallest);
    }

    /** The failing exchange. */
    Exchange last() {
        List<Exchange> all = smallest.exchanges();
        return all.get(all.size() - 1);
    }

    /** Requests after the machine was set up. */
    int requestsBeyondSetup() {
        return smallest.exchanges().size() - smallest.setup();
    }

    Failure failure() {
        return smallest.failure().orElseThrow();
    }
}
