package org.nestor.smmu.walk;

/** What a reader knows of an input address: an entry, or nothing. */
public sealed interface Stage1Lookup permits Stage1Entry, Stage1Lookup.Unknown {

    /** Nothing is remembered. */
    enum Unknown implements Stage1Lookup {
        UNKNOWN
    }
}
