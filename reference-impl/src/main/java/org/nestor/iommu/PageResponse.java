package org.nestor.iommu;

/**
 * {@code struct iommu_page_response}, fields as the caller filled them.
 *
 * @param group the request that it answers
 * @param code {@link #SUCCESS}, {@link #INVALID}, {@link #FAILURE}, or anything else that a caller may write
 */
public record PageResponse(long version, long flags, long pasid, long group, long code) {
    public static final int BYTES = 24;
    public static final int VERSION_1 = 1;
    public static final int PASID_VALID = 1;
    public static final int SUCCESS = 0;
    public static final int INVALID = 1;
    public static final int FAILURE = 2;

    public static PageResponse of(int group, int code) {
        return new PageResponse(VERSION_1, 0, 0, group, code);
    }

    /** The structure in its 24 bytes; argsz is not looked at. */
    public static PageResponse decode(byte[] bytes) {
        return new PageResponse(
                UserBuffer.u32(bytes, 4),
                UserBuffer.u32(bytes, 8),
                UserBuffer.u32(bytes, 12),
                UserBuffer.u32(bytes, 16),
                UserBuffer.u32(bytes, 20));
    }

    public byte[] toBytes() {
        return new StructWriter(BYTES)
                .u32(BYTES)
                .u32(version)
                .u32(flags)
                .u32(pasid)
                .u32(group)
                .u32(code)
                .toBytes();
    }
}
