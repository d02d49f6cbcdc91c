package org.nestor.vfio;

/** An eventfd: counts signals until they are taken. */
public final class EventFd {
    private long count;

    void signal() {
        count++;
    }

    /** The signals since the last call. */
    public long take() {
        long taken = count;
        count = 0;
        return taken;
    }
}
