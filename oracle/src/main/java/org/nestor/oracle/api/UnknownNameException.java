package org.nestor.oracle.api;

/** A request names a device, domain or container that there is none of. */
final class UnknownNameException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownNameException(String kind, String name) {
        super(kind + ": expected the name of a " + kind + " that was made before, found \"" + name + "\"");
    }
}
