package org.nestor.iommu;

/**
 * {@code struct iommu_cache_invalidate_info}, fields as the caller filled them. What the granularity does not use is 0.
 *
 * @param cache bit set of {@link #IOTLB}, {@link #DEV_IOTLB}, {@link #PASID_CACHE}
 * @param granularity {@link #DOMAIN}, {@link #PASID} or {@link #ADDR}
 * @param flags of the union's member
 * @param archid ASID, 32 bits
 * @param address input address of stage 1
 * @param granuleSize bytes of a page or block
 * @param granules how many of them
 */
public record CacheInvalidateInfo(
        long version,
        int cache,
        int granularity,
        long flags,
        long archid,
        long pasid,
        long address,
        long granuleSize,
        long granules) {
    public static final int VERSION_1 = 1;
    public static final int IOTLB = 1;
    public static final int DEV_IOTLB = 1 << 1;
    public static final int PASID_CACHE = 1 << 2;
    public static final int DOMAIN = 0;
    public static final int PASID = 1;
    public static final int ADDR = 2;
    public static final int FLAG_PASID = 1;
    public static final int FLAG_ARCHID = 1 << 1;
    public static final int FLAG_LEAF = 1 << 2;

    /** Bytes with the longest member of the union. */
    public static final int BYTES = 56;

    /** Everything of the domain. */
    public static CacheInvalidateInfo domain() {
        return new CacheInvalidateInfo(VERSION_1, IOTLB, DOMAIN, 0, 0, 0, 0, 0, 0);
    }

    /** Everything of an ASID. */
    public static CacheInvalidateInfo asid(long archid) {
        return new CacheInvalidateInfo(VERSION_1, IOTLB, PASID, FLAG_ARCHID, archid, 0, 0, 0, 0);
    }

    /** A range of an ASID. */
    public static CacheInvalidateInfo range(long archid, long address, long granuleSize, long granules, boolean leaf) {
        int flags = FLAG_ARCHID | (leaf ? FLAG_LEAF : 0);
        return new CacheInvalidateInfo(VERSION_1, IOTLB, ADDR, flags, archid, 0, address, granuleSize, granules);
    }

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** The structure as bytes, with argsz {@link #BYTES} and padding 0. */
    public byte[] toBytes() {
        StructWriter out = new StructWriter(BYTES)
                .u32(BYTES)
                .u32(version)
                .u8(cache)
                .u8(granularity)
                .at(16)
                .u32(flags)
                .u32(archid)
                .u64(pasid);
        return out.u64(address).u64(granuleSize).u64(granules).toBytes();
    }
}
