package org.nestor.properties.spec;

/** The entries of smmu/invalidation. */
enum WatchedEntry {
    STE("SteCache"),
    CD("CdCache"),
    STAGE1("Stage1Tlb"),
    STAGE2_POINTER("Stage2Walk"),
    STAGE2("Stage2Tlb"),
    COMBINED("CombinedTlb");

    private final String atom;

    WatchedEntry(String atom) {
        this.atom = atom;
    }

    /** Its name in the module. */
    String atom() {
        return atom;
    }
}
