package org.nestor.smmu.format;

/** Stage 2 descriptor of VMSAv8-64, byte order already undone (DDI 0487). Addresses: {@link OutputAddress}. */
public record Stage2Descriptor(long raw) implements Structure {

    /** Block and page descriptors. */
    public static final Layout LEAF = Layout.table("stage 2 leaf", 1, """
            # dw  high low  name        clause
              0   1    0    Type        DDI 0487 descriptor formats
              0   5    2    MemAttr     DDI 0487 stage 2 attributes
              0   7    6    S2AP        DDI 0487 stage 2 attributes
              0   9    8    SH          DDI 0487 stage 2 attributes
              0   10   10   AF          DDI 0487 stage 2 attributes
              0   47   12   OutputAddress DDI 0487 descriptor formats
              0   51   51   DBM         DDI 0487 stage 2 attributes
              0   52   52   Contiguous  DDI 0487 stage 2 attributes
              0   54   53   XN          DDI 0487 stage 2 attributes
              0   58   55   Software    DDI 0487 stage 2 attributes, IGNORED
              0   63   59   HWU         DDI 0487 stage 2 attributes
            """);

    /** Table descriptors: no hierarchical control, bits [63:59] are IGNORED. */
    public static final Layout TABLE = Layout.table("stage 2 table", 1, """
            # dw  high low  name        clause
              0   1    0    Type        DDI 0487 descriptor formats
              0   47   12   NextTable   DDI 0487 descriptor formats
              0   63   59   Ignored     DDI 0487 descriptor formats
            """);

    private static final Field MEM_ATTR = LEAF.field("MemAttr");
    private static final Field S2AP = LEAF.field("S2AP");
    private static final Field SH = LEAF.field("SH");
    private static final Field AF = LEAF.field("AF");
    private static final Field DBM = LEAF.field("DBM");
    private static final Field CONTIGUOUS = LEAF.field("Contiguous");
    private static final Field XN = LEAF.field("XN");

    @Override
    public Layout layout() {
        return LEAF;
    }

    @Override
    public long doubleword(int index) {
        return raw;
    }

    public int memAttr() {
        return (int) get(MEM_ATTR);
    }

    /** S2AP[1:0]: bit 0 read, bit 1 write. */
    public int s2ap() {
        return (int) get(S2AP);
    }

    public int sh() {
        return (int) get(SH);
    }

    public boolean af() {
        return isSet(AF);
    }

    public boolean dbm() {
        return isSet(DBM);
    }

    public boolean contiguous() {
        return isSet(CONTIGUOUS);
    }

    /** XN[1:0] in bits [54:53]; only bit 1 counts without IDR3.XNX. */
    public int xn() {
        return (int) get(XN);
    }

    /** The descriptor with the Access flag set. */
    public Stage2Descriptor accessed() {
        return new Stage2Descriptor(AF.insert(raw, 1));
    }

    /** The descriptor with S2AP[1] set: writable and dirty. */
    public Stage2Descriptor dirty() {
        return new Stage2Descriptor(S2AP.insert(raw, s2ap() | 0b10));
    }
}
