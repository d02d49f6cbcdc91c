package org.nestor.explain;

/** What is special about a field under the configuration and the ID registers. */
public enum Mark {
    NONE(""),
    /** The value has no effect in this configuration. */
    IGNORED("IGNORED"),
    /** Must be written as 0; the SMMU ignores it. */
    RES0("RES0"),
    /** The value breaks a rule. */
    ILLEGAL("ILLEGAL"),
    /** The value carries no information in this record. */
    UNKNOWN("UNKNOWN");

    private final String label;

    Mark(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
