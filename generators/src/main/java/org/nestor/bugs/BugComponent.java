package org.nestor.bugs;

/** The part of an SMMU, or of the software above it, that a fault sits in. */
public enum BugComponent {
    STREAM_TABLE("stream table"),
    CONTEXT_DESCRIPTOR("context descriptor"),
    STAGE_1("stage 1"),
    STAGE_2("stage 2"),
    PERMISSION("permission"),
    TLB_TAG("TLB tag"),
    INVALIDATION_SCOPE("invalidation scope"),
    CONFIGURATION_CACHE("configuration cache"),
    COMMAND_QUEUE("command queue"),
    EVENT_RECORD("event record"),
    EVENT_QUEUE("event queue"),
    REGISTERS("registers and reset"),
    STALL("stall and PRI"),
    DRIVER("driver"),
    NESTED_INVALIDATION("nested invalidation"),
    MSI_BINDING("MSI binding"),
    FAULT_RING("ring of faults");

    private final String label;

    BugComponent(String label) {
        this.label = label;
    }

    /** The name in lists. */
    public String label() {
        return label;
    }
}
