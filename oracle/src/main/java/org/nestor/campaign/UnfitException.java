package org.nestor.campaign;

/** The implementation under test cannot be campaigned against; the message says why. */
public final class UnfitException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean ended;

    /** @param ended whether it died or hung before it could say who it is */
    UnfitException(String message, boolean ended) {
        super(message);
        this.ended = ended;
    }

    /** Whether it died or hung before it could say who it is. */
    public boolean ended() {
        return ended;
    }
}
