package org.nestor.allowed;

/** What an SMMU may do of its own accord. */
final class Speculation {
    private boolean updates;

    /**
     * A configuration was met.
     *
     * @param hardwareAccess whether it lets hardware set Access flags
     */
    void met(boolean hardwareAccess) {
        updates |= hardwareAccess;
    }

    /** Whether Access flags may have been set by walks that nobody asked for. */
    boolean updatesPossible() {
        return updates;
    }

    void clear() {
        updates = false;
    }
}
