package org.nestor.smmu.format;

/**
 * A named range of bits in one doubleword of a structure.
 *
 * @param name the architecture's name
 * @param doubleword index of the 64-bit word that holds the field
 * @param high number of the most significant bit, 0 to 63
 * @param low number of the least significant bit, at most {@code high}
 * @param clause section of IHI 0070 (or DDI 0487) that defines it
 */
public record Field(String name, int doubleword, int high, int low, String clause) {

    public Field {
        if (low < 0 || high > 63 || low > high || doubleword < 0) {
            throw new IllegalArgumentException(name + ": bits [" + high + ":" + low + "] of doubleword " + doubleword);
        }
    }

    public int width() {
        return high - low + 1;
    }

    /** The bits of the field, in place. */
    public long mask() {
        return -1L >>> 63 - (high - low) << low;
    }

    /** The value of the field, shifted down to bit 0. */
    public long extract(long word) {
        return (word & mask()) >>> low;
    }

    public boolean isSet(long word) {
        return (word & mask()) != 0;
    }

    /** The bits of the field left where they are: how address fields are read. */
    public long inPlace(long word) {
        return word & mask();
    }

    /**
     * The word with this field replaced.
     *
     * @throws IllegalArgumentException if {@code value} does not fit the field
     */
    public long insert(long word, long value) {
        if ((value << low & ~mask()) != 0 || value << low >>> low != value) {
            throw new IllegalArgumentException(
                    name + " has " + width() + " bits, 0x" + Long.toHexString(value) + " does not fit");
        }
        return word & ~mask() | value << low;
    }
}
