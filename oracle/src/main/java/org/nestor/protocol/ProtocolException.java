package org.nestor.protocol;

/** Something that is not a line of the protocol. Its message is the whole complaint: {@code file:line:column: what}. */
public final class ProtocolException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;
    private final int column;
    private final String complaint;

    /**
     * @param file the file as the user named it
     * @param line 1-based line
     * @param column 1-based column in characters
     * @param complaint what was expected and what was found
     */
    public ProtocolException(String file, int line, int column, String complaint) {
        super(file + ":" + line + ":" + column + ": " + complaint);
        this.file = file;
        this.line = line;
        this.column = column;
        this.complaint = complaint;
    }

    /** The file as the user named it. */
    public String file() {
        return file;
    }

    /** 1-based line. */
    public int line() {
        return line;
    }

    /** 1-based column in characters. */
    public int column() {
        return column;
    }

    /** What was expected and what was found, without the place. */
    public String complaint() {
        return complaint;
    }
}
