package org.nestor.explain;

/** The fields of translation table descriptors in words. */
final class DescriptorMeanings {

    static final Meanings STAGE_1 = Meanings.table("""
                    NS, NSTable: Secure streams only
                    AP: privileged read/write; read/write; privileged read-only; read-only
                    SH: @SHAREABILITY
                    AF: not accessed; accessed
                    nG: global; of its ASID
                    OutputAddress: output address
                    DBM: fixed permission; writable, AP[2] is the clean flag
                    Contiguous: on its own; one of a contiguous group
                    PXN: executable if privileged; not executable if privileged
                    UXN: executable if unprivileged; not executable if unprivileged
                    Software: for software
                    HWU: hardware use
                    NextTable: address of the next table
                    PXNTable: no limit; not executable below if privileged
                    UXNTable: no limit; not executable below if unprivileged
                    APTable: no limit; not accessible below if unprivileged; read-only below; \
                    read-only below and not accessible if unprivileged
                    """).with("AttrIndx", index -> "MAIR.Attr" + index);

    static final Meanings STAGE_2 = Meanings.table("""
                    S2AP: no access; read-only; write-only; read/write
                    SH: @SHAREABILITY
                    AF: not accessed; accessed
                    OutputAddress: output address
                    DBM: fixed permission; writable, S2AP[1] is the dirty flag
                    Contiguous: on its own; one of a contiguous group
                    XN: executable; executable if unprivileged; never executable; executable if privileged
                    Software: for software
                    HWU: hardware use
                    NextTable: address of the next table
                    Ignored: no hierarchical control
                    """).with("MemAttr", DescriptorMeanings::stage2MemAttr);

    private DescriptorMeanings() {}

    private static String stage2MemAttr(long value) {
        return Encoding.MEM_ATTR.words(value) + "; under S2FWB " + forced(value);
    }

    private static String forced(long value) {
        return switch ((int) value & 7) {
            case 4 -> "reserved";
            case 5 -> "Normal NC, or the Device type of stage 1";
            case 6 -> "Normal WB";
            case 7 -> "as stage 1";
            default -> Encoding.MEM_ATTR.words(value & 3);
        };
    }
}
