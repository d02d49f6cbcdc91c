package org.nestor.reports;

/**
 * How many replies were judged how.
 *
 * @param conforms the reply is one that the architecture allows
 * @param diverges it is not
 * @param indeterminate it could not be judged
 * @param died the implementation died or hung instead of replying
 */
public record Verdicts(long conforms, long diverges, long indeterminate, long died) {

    public Verdicts {
        Checks.count("conforms", conforms);
        Checks.count("diverges", diverges);
        Checks.count("indeterminate", indeterminate);
        Checks.count("died", died);
    }

    /** All judged replies. */
    public long total() {
        return conforms + diverges + indeterminate + died;
    }
}
