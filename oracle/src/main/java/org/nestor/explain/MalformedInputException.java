package org.nestor.explain;

/** The input is not what it should be; the message says what was found and what was expected. */
public final class MalformedInputException extends Exception {

    private static final long serialVersionUID = 1L;

    public MalformedInputException(String message) {
        super(message);
    }
}
