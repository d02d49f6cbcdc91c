package org.nestor.smmu.transaction;

/**
 * A PCIe page request of an endpoint (IHI 0070 section 8).
 *
 * @param streamId 32 bits, unsigned
 * @param ssv whether the request carries a PASID
 * @param substreamId 20 bits; 0 when {@code ssv} is false
 * @param address bits [63:12] of it are passed on
 * @param read read access is wanted
 * @param write write access is wanted
 * @param execute execute access is wanted
 * @param privileged privileged access is wanted
 * @param last the last request of its group
 * @param prgIndex 9 bits, the index of the group
 */
public record PageRequest(
        int streamId,
        boolean ssv,
        int substreamId,
        long address,
        boolean read,
        boolean write,
        boolean execute,
        boolean privileged,
        boolean last,
        int prgIndex) {

    public PageRequest {
        if (substreamId >>> Transaction.SUBSTREAM_ID_BITS != 0 || (!ssv && substreamId != 0) || prgIndex >>> 9 != 0) {
            throw new IllegalArgumentException("page request with SubstreamID 0x" + Integer.toHexString(substreamId)
                    + ", PRGIndex 0x" + Integer.toHexString(prgIndex));
        }
    }

    /** A Stop Marker, which says that no more requests follow and asks for nothing: a last request for no access, with a PASID. */
    public boolean isStopMarker() {
        return ssv && last && !read && !write;
    }
}
