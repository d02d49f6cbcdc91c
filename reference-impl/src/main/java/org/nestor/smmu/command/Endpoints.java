package org.nestor.smmu.command;

import org.nestor.smmu.transaction.PageResponse;

/** The PCIe endpoints behind the SMMU, as far as commands speak to them. */
public interface Endpoints {

    /** Endpoints that complete every invalidation at once and take every response. */
    Endpoints PROMPT = new Endpoints() {
        @Override
        public boolean invalidate(Command.AtcInv invalidation) {
            return true;
        }

        @Override
        public void respond(PageResponse response) {}
    };

    /**
     * Sends an ATC invalidation to an endpoint.
     *
     * @return whether it completes; if not, it times out
     */
    boolean invalidate(Command.AtcInv invalidation);

    /** Sends a page request group response to an endpoint. */
    void respond(PageResponse response);
}
