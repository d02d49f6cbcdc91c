package org.nestor.campaign;

/** The implementation under test cannot be campaigned against; the message says why. */
public final class UnfitException extends Exception {
    private static final long serialVersionUID = 1L;

    UnfitException(String message) {
        super(message);
    }
}
