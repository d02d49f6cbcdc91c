package org.nestor.smmu.format;

/** Level 1 stream table descriptor: 8 bytes, IHI 0070 section 5.1. */
public record L1StreamTableDescriptor(long raw) implements Structure {

    public static final Layout LAYOUT = Layout.table("L1STD", 1, """
            # dw  high low  name   clause
              0   4    0    Span   5.1 L1STD.Span
              0   51   6    L2Ptr  5.1 L1STD.L2Ptr
            """);

    private static final Field SPAN = LAYOUT.field("Span");
    private static final Field L2PTR = LAYOUT.field("L2Ptr");

    public int span() {
        return (int) get(SPAN);
    }

    /** Address bits [51:6], in place. */
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
