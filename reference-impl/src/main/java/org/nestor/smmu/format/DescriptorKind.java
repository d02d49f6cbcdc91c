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
        if (isTable(raw, level)) {
            return TABLE;
        }
        return switch ((int) raw & 0b11) {
            case 0b11 -> PAGE;
            case 0b01 -> blocks ? BLOCK : INVALID;
            default -> INVALID;
        };
    }

    /** Whether a descriptor, byte order already undone, leads to a table of the next level. */
    public static boolean isTable(long raw, int level) {
        return level < 3 && (raw & 0b11) == 0b11;
    }

    public boolean isLeaf() {
        return this == BLOCK || this == PAGE;
    }
}
