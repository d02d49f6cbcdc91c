package org.nestor.smmu.format;

/** Level 1 context descriptor: 8 bytes, IHI 0070 section 5.3. */
public record L1ContextDescriptor(long raw) implements Structure {

    public static final Layout LAYOUT = Layout.table("L1CD", 1, """
            # dw  high low  name   clause
              0   0    0    V      5.3 L1CD.V
              0   51   12   L2Ptr  5.3 L1CD.L2Ptr
            """);

    private static final Field V = LAYOUT.field("V");
    private static final Field L2PTR = LAYOUT.field("L2Ptr");

    public boolean v() {
        return isSet(V);
    }

    /** Address bits [51:12], in place. */
    public long l2Ptr() {
        return L2PTR.inPlace(doubleword(L2PTR.doubleword()));
    }

    @Override
    public Layout layout() {
        return LAYOUT;
    }

    @Override
    public long doubleword(int index) {
        return raw;
    }
}
