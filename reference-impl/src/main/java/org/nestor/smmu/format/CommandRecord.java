package org.nestor.smmu.format;

import java.util.Optional;

/**
 * The 16 bytes of a command queue entry (IHI 0070 chapter 4), whether or not they are a legal command. Each accessor reads the
 * bits where the commands that have the operand keep it; for other commands the value means nothing.
 *
 * @param dw0 bytes 0 to 7, little-endian
 * @param dw1 bytes 8 to 15, little-endian
 */
public record CommandRecord(long dw0, long dw1) implements Structure {

    /** The size of a command in bytes. */
    public static final int BYTES = 16;

    private static final Field OPCODE = CommandLayouts.OPCODE_ONLY.field("Opcode");
    private static final Field SSEC = CommandLayouts.PREFETCH_ADDR.field("SSec");
    private static final Field SSV = CommandLayouts.PREFETCH_ADDR.field("SSV");
    private static final Field SUBSTREAM_ID = CommandLayouts.PREFETCH_ADDR.field("SubstreamID");
    private static final Field STREAM_ID = CommandLayouts.PREFETCH_ADDR.field("StreamID");
    private static final Field PREFETCH_SIZE = CommandLayouts.PREFETCH_ADDR.field("Size");
    private static final Field STRIDE = CommandLayouts.PREFETCH_ADDR.field("Stride");
    private static final Field RANGE = CommandLayouts.CFGI_STE_RANGE.field("Range");
    private static final Field VMID = CommandLayouts.VA_BY_VMID_ASID.field("VMID");
    private static final Field ASID = CommandLayouts.VA_BY_VMID_ASID.field("ASID");
    private static final Field NUM = CommandLayouts.VA_BY_VMID_ASID.field("NUM");
    private static final Field SCALE = CommandLayouts.VA_BY_VMID_ASID.field("SCALE");
    private static final Field LEAF = CommandLayouts.VA_BY_VMID_ASID.field("Leaf");
    private static final Field TTL = CommandLayouts.VA_BY_VMID_ASID.field("TTL");
    private static final Field TG = CommandLayouts.VA_BY_VMID_ASID.field("TG");
    private static final Field ADDRESS = CommandLayouts.VA_BY_VMID_ASID.field("Addr");
    private static final Field IPA = CommandLayouts.IPA_BY_VMID.field("Addr");
    private static final Field GLOBAL = CommandLayouts.ATC_INV.field("Global");
    private static final Field ATC_SIZE = CommandLayouts.ATC_INV.field("Size");
    private static final Field PRG_INDEX = CommandLayouts.PRI_RESP.field("PRGIndex");
    private static final Field RESP = CommandLayouts.PRI_RESP.field("Resp");
    private static final Field AC = CommandLayouts.RESUME.field("Ac");
    private static final Field AB = CommandLayouts.RESUME.field("Ab");
    private static final Field STAG = CommandLayouts.RESUME.field("STAG");
    private static final Field CS = CommandLayouts.SYNC.field("CS");
    private static final Field MSH = CommandLayouts.SYNC.field("MSH");
    private static final Field MSI_ATTR = CommandLayouts.SYNC.field("MSIAttr");
    private static final Field MSI_DATA = CommandLayouts.SYNC.field("MSIData");
    private static final Field MSI_ADDRESS = CommandLayouts.SYNC.field("MSIAddress");

    /** The command in the first 16 of these bytes, in memory order. */
    public static CommandRecord fromBytes(byte[] bytes) {
        return new CommandRecord(LittleEndian.doubleword(bytes, 0), LittleEndian.doubleword(bytes, 1));
    }

    /** The 16 bytes in memory order. */
    public byte[] toBytes() {
        return LittleEndian.bytes(dw0, dw1);
    }

    public int opcode() {
        return (int) get(OPCODE);
    }

    /** The command of the opcode, empty if it is reserved or IMPLEMENTATION DEFINED. */
    public Optional<CommandOpcode> command() {
        return CommandOpcode.of(opcode());
    }

    public boolean ssec() {
        return isSet(SSEC);
    }

    public boolean ssv() {
        return isSet(SSV);
    }

    public int substreamId() {
        return (int) get(SUBSTREAM_ID);
    }

    /** All 32 bits, so negative for StreamIDs of 2^31 and more. */
    public int streamId() {
        return (int) get(STREAM_ID);
    }

    /** Size of CMD_PREFETCH_ADDR. */
    public int prefetchSize() {
        return (int) get(PREFETCH_SIZE);
    }

    public int stride() {
        return (int) get(STRIDE);
    }

    /** Range of CMD_CFGI_STE_RANGE: 2^(range + 1) StreamIDs; 31 covers all. */
    public int range() {
        return (int) get(RANGE);
    }

    public int vmid() {
        return (int) get(VMID);
    }

    public int asid() {
        return (int) get(ASID);
    }

    public int num() {
        return (int) get(NUM);
    }

    public int scale() {
        return (int) get(SCALE);
    }

    public boolean leaf() {
        return isSet(LEAF);
    }

    public int ttl() {
        return (int) get(TTL);
    }

    /** TG of a range: 0 no range, 1 4 KiB, 2 16 KiB, 3 64 KiB. */
    public int tg() {
        return (int) get(TG);
    }

    /** Bits [63:12], in place: an input address of stage 1, of a prefetch or of an ATC invalidation. */
    public long address() {
        return ADDRESS.inPlace(dw1);
    }

    /** Bits [51:12], in place, of CMD_TLBI_S2_IPA. */
    public long ipa() {
        return IPA.inPlace(dw1);
    }

    /** Global of CMD_ATC_INV. */
    public boolean global() {
        return isSet(GLOBAL);
    }

    /** Size of CMD_ATC_INV: 2^size pages of 4 KiB. */
    public int atcSize() {
        return (int) get(ATC_SIZE);
    }

    public int prgIndex() {
        return (int) get(PRG_INDEX);
    }

    /** Resp of CMD_PRI_RESP: 0 ResponseFailure, 1 InvalidRequest, 2 Success, 3 reserved. */
    public int resp() {
        return (int) get(RESP);
    }

    /** Ac of CMD_RESUME: retry. */
    public boolean ac() {
        return isSet(AC);
    }

    /** Ab of CMD_RESUME: terminate with abort, if Ac = 0. */
    public boolean ab() {
        return isSet(AB);
    }

    public int stag() {
        return (int) get(STAG);
    }

    /** CS of CMD_SYNC: 0 SIG_NONE, 1 SIG_IRQ, 2 SIG_SEV, 3 reserved. */
    public int cs() {
        return (int) get(CS);
    }

    public int msh() {
        return (int) get(MSH);
    }

    public int msiAttr() {
        return (int) get(MSI_ATTR);
    }

    public int msiData() {
        return (int) get(MSI_DATA);
    }

    /** Bits [51:2], in place. */
    public long msiAddress() {
        return MSI_ADDRESS.inPlace(dw1);
    }

    @Override
    public Layout layout() {
        return command().map(CommandOpcode::layout).orElse(CommandLayouts.OPCODE_ONLY);
    }

    @Override
    public long doubleword(int index) {
        return index == 0 ? dw0 : dw1;
    }
}
