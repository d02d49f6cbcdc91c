package org.nestor.protocol;

/** A right that a page request asks for or that an ATS translation grants. */
public enum Permission implements Wire {
    /** Reading. */
    READ("read"),

    /** Writing. */
    WRITE("write"),

    /** Executing. */
    EXEC("exec");

    private final String wire;

    Permission(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
