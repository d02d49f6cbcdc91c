package org.nestor.properties.spec;

/** The word of smmu/invalidation that a run watches. */
enum WatchedWord {
    STE("SteWord"),
    CD("CdWord"),
    STAGE1("Stage1Word"),
    STAGE2("Stage2Word");

    private final String atom;

    WatchedWord(String atom) {
        this.atom = atom;
    }

    /** Its name in the module. */
    String atom() {
        return atom;
    }
}
