package org.nestor.reports;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a request that diverges ended. */
public enum Ending {
    /** With a reply that is not allowed. */
    @JsonProperty("replied")
    REPLIED,

    /** The implementation ended instead of replying. */
    @JsonProperty("died")
    DIED,

    /** The implementation did not reply in time. */
    @JsonProperty("hung")
    HUNG
}
