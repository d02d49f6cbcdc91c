package org.nestor.tables;

/** A table of CDs and the STE fields that describe it. */
public sealed interface CdTable permits LinearCdTable, TwoLevelCdTable {

    /** What STE.S1ContextPtr holds: the base, as a physical address or as the IPA that a guest sees. */
    long s1ContextPtr();

    /** log2 of the number of CDs. */
    int s1CdMax();

    /** STE.S1Fmt. */
    int s1Fmt();

    /** Writes the CD of a SubstreamID and gives its physical address. */
    long put(int substreamId, Cd cd);
}
