package org.nestor.judge;

import java.util.Optional;

/** The memory that the SMMU writes queue entries to. */
final class QueueMemory {
    private final Events events;
    private final PageRequests pageRequests;

    QueueMemory(Events events, PageRequests pageRequests) {
        this.events = events;
        this.pageRequests = pageRequests;
    }

    /** Why entries may be where memory was not told of, so that what it holds is not known. */
    Optional<String> unknown() {
        if (events.imprecise()) {
            return Optional.of("event records may be anywhere in their queue, and it may be in use as memory");
        }
        return pageRequests.imprecise()
                ? Optional.of("page requests may be anywhere, and memory with them")
                : Optional.empty();
    }

    /** Whether this byte is in an entry whose content is not settled. */
    boolean unsettled(long address) {
        return events.unsettled(address);
    }
}
