package org.nestor.vfio;

/** The rest of a kernel, as a device meets it. */
public interface Kernel {

    /** Takes the memory of one ring, if there is any left. */
    boolean allocateRing();

    /** Lets those who are storing faults at this moment finish, as one does who waits for a lock that they have. */
    void awaitReporters();
}
