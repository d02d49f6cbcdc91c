package org.nestor.smmu.format;

/** What bits [1:0] of a translation table descriptor make of it at its level (DDI 0487, VMSAv8-64 descriptor formats). */
public enum DescriptorKind {
    INVALID,
    TABLE,
    BLOCK,
    PAGE;

    /**
     * Decodes the type.
     *
     * @param raw the descriptor, byte order already undone
     * @param level 0 to 3
     * @param blocks whether a block descriptor is allowed at this level
     */
    public static DescriptorKind of(long raw, int level, boolean blocks) {
        if ((raw & 1) == 0) {
            return INVALID;
        }
        if ((raw & 2) != 0) {
            return level == 3 ? PAGE : TABLE;
        }
        return blocks ? BLOCK : INVALID;
    }

    public boolean isLeaf() {
        return this == BLOCK || this == PAGE;
    }
}
