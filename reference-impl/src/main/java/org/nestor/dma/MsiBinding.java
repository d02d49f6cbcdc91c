package org.nestor.dma;

import java.util.Optional;

/** A guest's doorbell: what its devices write, what that is at stage 2's input, and, once an MSI was prepared, the real doorbell. */
final class MsiBinding {
    private static final long NOT_MAPPED = 0;

    private final long giova;
    private final long gpa;
    private final long size;
    private long physical = NOT_MAPPED;

    MsiBinding(long giova, long gpa, long size) {
        this.giova = giova;
        this.gpa = gpa;
        this.size = size;
    }

    long giova() {
        return giova;
    }

    long gpa() {
        return gpa;
    }

    /** Bytes of the guest's stage 1 page. */
    long size() {
        return size;
    }

    boolean isMapped() {
        return physical != NOT_MAPPED;
    }

    /** The page of the doorbell that it leads to, if it does. */
    Optional<Long> doorbellPage() {
        return isMapped() ? Optional.of(physical) : Optional.empty();
    }

    boolean leadsTo(long doorbellPage) {
        return isMapped() && physical == doorbellPage;
    }

    void mappedTo(long doorbellPage) {
        physical = doorbellPage;
    }
}
