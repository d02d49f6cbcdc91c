package org.nestor.iommu.smmuv3;

import org.nestor.rule.Rule;

/** The decisions about the granule and the size of a range that a guest asks to have invalidated. */
public final class GranuleRules {

    private GranuleRules() {}

    /** Which numbers are powers of two. */
    public static class PowerOfTwo {
        @Rule("R-INV-24")
        @Rule("R-INV-26")
        public boolean holds(long granule) {
            return Long.bitCount(granule) == 1;
        }
    }

    /** Whether a range without a size is refused. */
    public static class EmptyRange {
        /** A granule of 0, or a size that is 0 or does not fit 64 bits. */
        @Rule("R-INV-25")
        public boolean refused(long granule, long granules) {
            return granule == 0 || granules == 0 || Math.multiplyHigh(granule, granules) != 0 || granules < 0;
        }
    }

    /** Which granules the SMMU can have made entries of. */
    public static class LeafSizes {
        @Rule("R-INV-28")
        public boolean accepts(long granule, long smmuLeafSizes) {
            return (granule & smmuLeafSizes) != 0;
        }
    }

    /** Where a range begins and ends. */
    public static class Alignment {
        @Rule("R-INV-41")
        public long first(long address, long granule) {
            return address & -granule;
        }

        /** The last byte; a range does not wrap. */
        @Rule("R-INV-41")
        public long last(long address, long size, long granule) {
            long end = address + size - 1;
            return (Long.compareUnsigned(end, address) < 0 ? -1 : end) | granule - 1;
        }
    }

    /** What a range invalidation says about the entries that it means. */
    public static class Families {
        private static final long OF_16K = 1L << 14 | 1L << 25;
        private static final long OF_64K = 1L << 16 | 1L << 29 | 1L << 42;

        /** log2 of the page of the translation granule that a leaf size belongs to. */
        @Rule("R-INV-30")
        public int pageShift(long granule, int hostPageShift) {
            if ((granule & OF_64K) != 0) {
                return 16;
            }
            return (granule & OF_16K) != 0 ? 14 : 12;
        }
    }

    /** TTL of a range command. */
    public static class LevelHint {
        /** None: a page of a request may lie in a block. */
        @Rule("R-INV-30")
        public int ttl(long granule, int pageShift) {
            return 0;
        }
    }

    /** Without range invalidation, how a granule that no table of the host has is stepped through. */
    public static class ForeignGranule {
        /** The size in bytes of what is invalidated, from its size in bytes. */
        @Rule("R-INV-27")
        public long bytes(long bytes, long granule, long hostLeafSizes) {
            return bytes;
        }
    }
}
