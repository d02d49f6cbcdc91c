package org.nestor.smmu.transaction;

/**
 * One access of a client device, within one page.
 *
 * @param streamId 32 bits, unsigned
 * @param ssv whether the access carries a SubstreamID
 * @param substreamId 20 bits; 0 when {@code ssv} is false
 * @param address the full 64-bit input address
 * @param access direction
 * @param privileged PnU as presented
 * @param instruction InD as presented; without effect on writes
 * @param ats kind of PCIe access
 * @param attributes memory type and shareability as presented
 */
public record Transaction(
        int streamId,
        boolean ssv,
        int substreamId,
        long address,
        Access access,
        boolean privileged,
        boolean instruction,
        AtsKind ats,
        MemoryAttributes attributes) {

    public static final int SUBSTREAM_ID_BITS = 20;

    public Transaction {
        if (substreamId >>> SUBSTREAM_ID_BITS != 0 || (!ssv && substreamId != 0)) {
            throw new IllegalArgumentException("SubstreamID 0x" + Integer.toHexString(substreamId));
        }
    }

    /** An unprivileged data access without a SubstreamID. */
    public static Transaction of(int streamId, long address, Access access) {
        return new Transaction(
                streamId, false, 0, address, access, false, false, AtsKind.UNTRANSLATED, MemoryAttributes.WRITE_BACK);
    }

    public static Transaction read(int streamId, long address) {
        return of(streamId, address, Access.READ);
    }

    public static Transaction write(int streamId, long address) {
        return of(streamId, address, Access.WRITE);
    }

    public Transaction withSubstream(int id) {
        return new Transaction(streamId, true, id, address, access, privileged, instruction, ats, attributes);
    }

    public Transaction withAddress(long other) {
        return new Transaction(streamId, ssv, substreamId, other, access, privileged, instruction, ats, attributes);
    }

    public Transaction withPrivilege(boolean privilegedAccess, boolean instructionAccess) {
        return new Transaction(
                streamId, ssv, substreamId, address, access, privilegedAccess, instructionAccess, ats, attributes);
    }

    public Transaction withAts(AtsKind kind) {
        return new Transaction(streamId, ssv, substreamId, address, access, privileged, instruction, kind, attributes);
    }

    public boolean isWrite() {
        return access == Access.WRITE;
    }
}
