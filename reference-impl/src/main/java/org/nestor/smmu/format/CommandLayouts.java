package org.nestor.smmu.format;

/** The layouts of the commands (IHI 0070 chapter 4): 16 bytes each, shared by commands with equal operands. */
public final class CommandLayouts {

    private static final String OPCODE = "0 7 0 Opcode 4.1.1\n";
    private static final String SSEC = "0 10 10 SSec 4.1 SSec\n";
    private static final String SSV = "0 11 11 SSV 4.1 SSV\n";
    private static final String SUBSTREAM_ID = "0 31 12 SubstreamID 4.1 SubstreamID\n";
    private static final String STREAM_ID = "0 63 32 StreamID 4.1 StreamID\n";
    private static final String VMID = "0 47 32 VMID 4.4 VMID\n";
    private static final String ASID = "0 63 48 ASID 4.4 ASID\n";
    private static final String RANGE = """
            0 16 12 NUM   4.4.1 NUM, RES0 unless IDR3.RIL
            0 24 20 SCALE 4.4.1 SCALE, RES0 unless IDR3.RIL
            1 0  0  Leaf  4.4 Leaf
            1 9  8  TTL   4.4.1 TTL, RES0 unless IDR3.RIL
            1 11 10 TG    4.4.1 TG, RES0 unless IDR3.RIL
            """;
    private static final String INPUT_ADDRESS = "1 63 12 Addr 4.4 Address\n";
    private static final String IPA = "1 51 12 Addr 4.4 Address\n";

    /** The opcode alone: all that is decoded of commands that no Non-secure queue accepts. */
    public static final Layout OPCODE_ONLY = table("CMD");

    public static final Layout PREFETCH_CONFIG = table("CMD_PREFETCH_CONFIG", SSEC, SSV, SUBSTREAM_ID, STREAM_ID);
    public static final Layout PREFETCH_ADDR = table("CMD_PREFETCH_ADDR", SSEC, SSV, SUBSTREAM_ID, STREAM_ID, """
            1 4  0  Size   4.2.2 Size
            1 9  5  Stride 4.2.2 Stride, RES0 in SMMUv3.0
            1 63 12 Addr   4.2.2 Address
            """);
    public static final Layout CFGI_STE = table("CMD_CFGI_STE", SSEC, STREAM_ID, "1 0 0 Leaf 4.3.1 Leaf");
    public static final Layout CFGI_STE_RANGE =
            table("CMD_CFGI_STE_RANGE", SSEC, STREAM_ID, "1 4 0 Range 4.3.2 Range, 31 is CMD_CFGI_ALL");
    public static final Layout CFGI_CD = table("CMD_CFGI_CD", SSEC, SUBSTREAM_ID, STREAM_ID, "1 0 0 Leaf 4.3.3 Leaf");
    public static final Layout STREAM = table("CMD", SSEC, STREAM_ID);
    public static final Layout VMID_ONLY = table("CMD", VMID);
    public static final Layout ASID_ONLY = table("CMD", ASID);
    public static final Layout VMID_ASID = table("CMD", VMID, ASID);
    public static final Layout VA_BY_VMID_ASID = table("CMD", VMID, ASID, RANGE, INPUT_ADDRESS);
    public static final Layout VA_BY_VMID = table("CMD", VMID, RANGE, INPUT_ADDRESS);
    public static final Layout VA_BY_ASID = table("CMD", ASID, RANGE, INPUT_ADDRESS);
    public static final Layout VA = table("CMD", RANGE, INPUT_ADDRESS);
    public static final Layout IPA_BY_VMID = table("CMD", VMID, RANGE, IPA);
    public static final Layout ATC_INV =
            table("CMD_ATC_INV", "0 9 9 Global 4.5.1 Global\n", SSV, SUBSTREAM_ID, STREAM_ID, """
            1 5  0  Size 4.5.1 Size
            1 63 12 Addr 4.5.1 Address
            """);
    public static final Layout PRI_RESP = table("CMD_PRI_RESP", SSV, SUBSTREAM_ID, STREAM_ID, """
            1 8  0  PRGIndex 4.5.2 PRGIndex
            1 13 12 Resp     4.5.2 Resp
            """);
    public static final Layout RESUME = table("CMD_RESUME", SSEC, STREAM_ID, """
            0 12 12 Ac   4.6.1 Action
            0 13 13 Ab   4.6.1 Abort
            1 15 0  STAG 4.6.1 STAG
            """);
    public static final Layout SYNC = table("CMD_SYNC", """
            0 13 12 CS         4.7.3 ComplSignal
            0 23 22 MSH        4.7.3 MSIShareability
            0 27 24 MSIAttr    4.7.3 MSIAttributes
            0 63 32 MSIData    4.7.3 MSIData
            1 51 2  MSIAddress 4.7.3 MSIAddress
            """);

    private CommandLayouts() {}

    private static Layout table(String name, String... rows) {
        return Layout.table(name, 2, OPCODE + String.join("", rows));
    }
}
