package org.nestor.tables;

/** A stream table and the register values that describe it. */
public sealed interface StreamTable permits LinearStreamTable, TwoLevelStreamTable {

    /** STRTAB_BASE. */
    long strtabBase();

    /** STRTAB_BASE_CFG. */
    int strtabBaseCfg();

    /** Writes the STE of a StreamID and gives its physical address. */
    long put(int streamId, Ste ste);
}
