package org.nestor.smmu.queue;

import org.nestor.smmu.transaction.PageResponse;

/** What becomes of a page request. */
public sealed interface PageRequestResult {

    /** It is in the PRI queue, and software will answer. */
    record Queued() implements PageRequestResult {}

    /** The SMMU answered it. */
    record Answered(PageResponse response) implements PageRequestResult {}

    /** It is lost, and gets no answer. */
    record Dropped() implements PageRequestResult {}
}
