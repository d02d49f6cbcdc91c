package org.nestor.reports;

/** A file that is not a {@code results.json}: one line that says where, what was expected, and what is there. */
public final class MalformedResultsException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedResultsException(String message) {
        super(message, null, false, false);
    }
}
