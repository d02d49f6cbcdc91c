package org.nestor.reports;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who does something in a scenario, from left to right in a diagram. */
public enum Actor {
    /** The driver: register and memory accesses, commands. */
    @JsonProperty("software")
    SOFTWARE("software"),

    /** Physical memory. */
    @JsonProperty("memory")
    MEMORY("memory"),

    /** The SMMU under test. */
    @JsonProperty("smmu")
    SMMU("SMMU"),

    /** The client device: DMA, ATS, page requests. */
    @JsonProperty("device")
    DEVICE("device");

    private final String label;

    Actor(String label) {
        this.label = label;
    }

    /** The name for a reader. */
    public String label() {
        return label;
    }
}
