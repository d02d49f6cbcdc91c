package org.nestor.smmu.format;

/** Stage 1 descriptor of VMSAv8-64, byte order already undone (DDI 0487). Addresses: {@link OutputAddress}. */
public record Stage1Descriptor(long raw) implements Structure {

    /** Block and page descriptors. */
    public static final Layout LEAF = Layout.table("stage 1 leaf", 1, """
            # dw  high low  name        clause
              0   1    0    Type        DDI 0487 descriptor formats
              0   4    2    AttrIndx    DDI 0487 stage 1 attributes
              0   5    5    NS          DDI 0487 stage 1 attributes, Secure
              0   7    6    AP          DDI 0487 stage 1 attributes, AP[2:1]
              0   9    8    SH          DDI 0487 stage 1 attributes
              0   10   10   AF          DDI 0487 stage 1 attributes
              0   11   11   nG          DDI 0487 stage 1 attributes
              0   47   12   OutputAddress DDI 0487 descriptor formats
              0   51   51   DBM         DDI 0487 stage 1 attributes
              0   52   52   Contiguous  DDI 0487 stage 1 attributes
              0   53   53   PXN         DDI 0487 stage 1 attributes
              0   54   54   UXN         DDI 0487 stage 1 attributes
              0   58   55   Software    DDI 0487 stage 1 attributes, IGNORED
              0   62   59   HWU         DDI 0487 stage 1 attributes
            """);

    /** Table descriptors. */
    public static final Layout TABLE = Layout.table("stage 1 table", 1, """
            # dw  high low  name        clause
              0   1    0    Type        DDI 0487 descriptor formats
              0   47   12   NextTable   DDI 0487 descriptor formats
              0   59   59   PXNTable    DDI 0487 hierarchical control
              0   60   60   UXNTable    DDI 0487 hierarchical control
              0   62   61   APTable     DDI 0487 hierarchical control
              0   63   63   NSTable     DDI 0487 hierarchical control, Secure
            """);

    private static final Field ATTR_INDX = LEAF.field("AttrIndx");
    private static final Field NS = LEAF.field("NS");
    private static final Field AP = LEAF.field("AP");
    private static final Field SH = LEAF.field("SH");
    private static final Field AF = LEAF.field("AF");
    private static final Field NG = LEAF.field("nG");
    private static final Field DBM = LEAF.field("DBM");
    private static final Field CONTIGUOUS = LEAF.field("Contiguous");
    private static final Field PXN = LEAF.field("PXN");
    private static final Field UXN = LEAF.field("UXN");
    private static final Field PXN_TABLE = TABLE.field("PXNTable");
    private static final Field UXN_TABLE = TABLE.field("UXNTable");
    private static final Field NS_TABLE = TABLE.field("NSTable");
    private static final Field AP_TABLE = TABLE.field("APTable");

    @Override
    public Layout layout() {
        return LEAF;
    }

    @Override
    public long doubleword(int index) {
        return raw;
    }

    public int attrIndx() {
        return (int) get(ATTR_INDX);
    }

    /** Means something to Secure streams alone. */
    public boolean ns() {
        return isSet(NS);
    }

    /** AP[2:1]: bit 1 read-only, bit 0 accessible to unprivileged accesses. */
    public int ap() {
        return (int) get(AP);
    }

    public int sh() {
        return (int) get(SH);
    }

    public boolean af() {
        return isSet(AF);
    }

    public boolean nG() {
        return isSet(NG);
    }

    public boolean dbm() {
        return isSet(DBM);
    }

    public boolean contiguous() {
        return isSet(CONTIGUOUS);
    }

    public boolean pxn() {
        return isSet(PXN);
    }

    /** UXN, and XN in a regime with one privilege level. */
    public boolean uxn() {
        return isSet(UXN);
    }

    public boolean pxnTable() {
        return isSet(PXN_TABLE);
    }

    public boolean uxnTable() {
        return isSet(UXN_TABLE);
    }

    /** Means something to Secure streams alone. */
    public boolean nsTable() {
        return isSet(NS_TABLE);
    }

    /** APTable[1:0]: bit 1 removes write, bit 0 removes unprivileged access. */
    public int apTable() {
        return (int) get(AP_TABLE);
    }

    /** The descriptor with the Access flag set. */
    public Stage1Descriptor accessed() {
        return new Stage1Descriptor(AF.insert(raw, 1));
    }

    /** The descriptor with AP[2] cleared: writable and dirty. */
    public Stage1Descriptor dirty() {
        return new Stage1Descriptor(AP.insert(raw, ap() & 0b01));
    }
}
