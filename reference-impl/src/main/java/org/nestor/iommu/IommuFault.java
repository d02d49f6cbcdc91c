package org.nestor.iommu;

/** {@code struct iommu_fault}: what a device's fault handler is told. */
public sealed interface IommuFault {
    int BYTES = 64;
    int DMA_UNRECOVERABLE = 1;
    int PAGE_REQUEST = 2;
    int READ = 1;
    int WRITE = 1 << 1;
    int EXEC = 1 << 2;
    int PRIV = 1 << 3;

    /** The structure as bytes, padding 0. */
    byte[] toBytes();

    /**
     * A fault that cannot be repaired.
     *
     * @param flags which of the members are valid
     * @param permission bit set of {@link IommuFault#READ} and its like
     * @param address input address
     */
    record Unrecoverable(FaultReason reason, int flags, int pasid, int permission, long address, long fetchAddress)
            implements IommuFault {
        public static final int PASID_VALID = 1;
        public static final int ADDR_VALID = 1 << 1;
        public static final int FETCH_ADDR_VALID = 1 << 2;

        @Override
        public byte[] toBytes() {
            return new StructWriter(BYTES)
                    .u32(DMA_UNRECOVERABLE)
                    .u32(0)
                    .u32(reason.value())
                    .u32(flags)
                    .u32(pasid)
                    .u32(permission)
                    .u64(address)
                    .u64(fetchAddress)
                    .toBytes();
        }
    }

    /**
     * A stalled transaction that waits for a response.
     *
     * @param group names the request in its response: the STAG
     */
    record PageRequest(int flags, int pasid, int group, int permission, long address) implements IommuFault {
        public static final int PASID_VALID = 1;
        public static final int LAST_PAGE = 1 << 1;
        public static final int PRIVATE_DATA = 1 << 2;
        public static final int RESPONSE_NEEDS_PASID = 1 << 3;

        @Override
        public byte[] toBytes() {
            return new StructWriter(BYTES)
                    .u32(PAGE_REQUEST)
                    .u32(0)
                    .u32(flags)
                    .u32(pasid)
                    .u32(group)
                    .u32(permission)
                    .u64(address)
                    .toBytes();
        }

        boolean lastPage() {
            return (flags & LAST_PAGE) != 0;
        }

        boolean responseNeedsPasid() {
            return (flags & RESPONSE_NEEDS_PASID) != 0;
        }
    }
}
