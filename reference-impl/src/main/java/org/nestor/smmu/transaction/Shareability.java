package org.nestor.smmu.transaction;

/** Shareability domains, from the narrowest to the widest. */
public enum Shareability {
    NON_SHAREABLE,
    INNER_SHAREABLE,
    OUTER_SHAREABLE;

    /** Decodes an SH field: 00 NSH, 10 OSH, 11 ISH; the reserved value 01 acts as 00. */
    public static Shareability ofField(int sh) {
        return switch (sh) {
            case 2 -> OUTER_SHAREABLE;
            case 3 -> INNER_SHAREABLE;
            default -> NON_SHAREABLE;
        };
    }

    /** The wider of the two domains. */
    public Shareability widest(Shareability other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
