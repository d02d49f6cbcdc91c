package org.nestor.iommu.smmuv3;

import org.nestor.smmu.format.CommandOpcode;
import org.nestor.smmu.format.CommandRecord;

/** The commands that the driver sends, bit for bit (IHI 0070 chapter 4). */
final class Commands {
    static final CommandRecord SYNC = plain(CommandOpcode.CMD_SYNC);
    static final CommandRecord NSNH_ALL = plain(CommandOpcode.CMD_TLBI_NSNH_ALL);
    static final CommandRecord EL2_ALL = plain(CommandOpcode.CMD_TLBI_EL2_ALL);
    static final CommandRecord CFGI_ALL = new CommandRecord(CommandOpcode.CMD_CFGI_STE_RANGE.code(), 31);

    /** CMD_ATC_INV.Size that means every address. */
    static final int ATC_ALL = 52;

    private static final long LEAF = 1;
    private static final long PAGE_MASK = -4096L;
    private static final int STREAM_SHIFT = 32;
    private static final int VMID_SHIFT = 32;
    private static final int ASID_SHIFT = 48;
    private static final int SUBSTREAM_SHIFT = 12;
    private static final int RETRY = 1 << 12;
    private static final int ABORT = 1 << 13;

    private Commands() {}

    private static CommandRecord plain(CommandOpcode opcode) {
        return new CommandRecord(opcode.code(), 0);
    }

    private static CommandRecord ofStream(CommandOpcode opcode, int streamId, long dw1) {
        return new CommandRecord(opcode.code() | Integer.toUnsignedLong(streamId) << STREAM_SHIFT, dw1);
    }

    static CommandRecord cfgiSte(int streamId) {
        return ofStream(CommandOpcode.CMD_CFGI_STE, streamId, LEAF);
    }

    static CommandRecord cfgiSteAndTable(int streamId) {
        return ofStream(CommandOpcode.CMD_CFGI_STE, streamId, 0);
    }

    static CommandRecord cfgiCd(int streamId, int substreamId) {
        CommandRecord command = ofStream(CommandOpcode.CMD_CFGI_CD, streamId, LEAF);
        return new CommandRecord(command.dw0() | (long) substreamId << SUBSTREAM_SHIFT, command.dw1());
    }

    static CommandRecord prefetchConfig(int streamId) {
        return ofStream(CommandOpcode.CMD_PREFETCH_CONFIG, streamId, 0);
    }

    static CommandRecord resume(int streamId, int stag, boolean retry) {
        CommandRecord command = ofStream(CommandOpcode.CMD_RESUME, streamId, stag);
        return new CommandRecord(command.dw0() | (retry ? RETRY : ABORT), command.dw1());
    }

    /** Every address of an endpoint, or 2^size pages of 4 KiB. */
    static CommandRecord atcInv(int streamId, long address, int size) {
        return ofStream(CommandOpcode.CMD_ATC_INV, streamId, address & PAGE_MASK | size);
    }

    private static CommandRecord ofVmid(CommandOpcode opcode, int vmid, long asid, long dw1) {
        return new CommandRecord(
                opcode.code() | (long) (vmid & 0xFFFF) << VMID_SHIFT | (asid & 0xFFFF) << ASID_SHIFT, dw1);
    }

    static CommandRecord nhAll(int vmid) {
        return ofVmid(CommandOpcode.CMD_TLBI_NH_ALL, vmid, 0, 0);
    }

    static CommandRecord nhAsid(int vmid, long asid) {
        return ofVmid(CommandOpcode.CMD_TLBI_NH_ASID, vmid, asid, 0);
    }

    static CommandRecord el2Asid(long asid) {
        return ofVmid(CommandOpcode.CMD_TLBI_EL2_ASID, 0, asid, 0);
    }

    static CommandRecord s12VmAll(int vmid) {
        return ofVmid(CommandOpcode.CMD_TLBI_S12_VMALL, vmid, 0, 0);
    }

    /** By address, before the address and the range are filled in. */
    static CommandRecord nhVa(int vmid, long asid, boolean leaf) {
        return ofVmid(CommandOpcode.CMD_TLBI_NH_VA, vmid, asid, leaf ? LEAF : 0);
    }

    static CommandRecord el2Va(long asid, boolean leaf) {
        return ofVmid(CommandOpcode.CMD_TLBI_EL2_VA, 0, asid, leaf ? LEAF : 0);
    }

    static CommandRecord s2Ipa(int vmid, boolean leaf) {
        return ofVmid(CommandOpcode.CMD_TLBI_S2_IPA, vmid, 0, leaf ? LEAF : 0);
    }

    static CommandRecord at(CommandRecord command, long address) {
        return new CommandRecord(command.dw0(), command.dw1() | address & PAGE_MASK);
    }
}
