package org.nestor.protocol.json;

/** A piece of text that is not the JSON that was asked for: one sentence, and the column it speaks of. */
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int column;

    /**
     * @param column 1-based column in characters
     * @param message what was expected and what was found
     */
    public JsonException(int column, String message) {
        super(message, null, false, false);
        this.column = column;
    }

    /** The 1-based column, in characters. */
    public int column() {
        return column;
    }

    /** The sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
