package org.nestor.quirk;

import org.nestor.iommu.smmuv3.AsidTag;
import org.nestor.iommu.smmuv3.GranuleRules;
import org.nestor.iommu.smmuv3.RangeEncoder;
import org.nestor.iommu.smmuv3.WholeDomain;
import org.nestor.smmu.format.CommandOpcode;
import org.nestor.smmu.format.CommandRecord;

/** How the published series invalidates what a guest asks it to. */
final class InvalidationQuirks {
    private static final int VMID_SHIFT = 32;

    private InvalidationQuirks() {}

    /** Removes the entries of every guest. */
    static final class EveryVmid extends WholeDomain {
        @Override
        public CommandRecord command(int vmid) {
            return new CommandRecord(CommandOpcode.CMD_TLBI_NSNH_ALL.code(), 0);
        }
    }

    /** Leaves the ATCs of the endpoints as they are. */
    static final class NoEndpoints extends WholeDomain.Endpoints {
        @Override
        public boolean included() {
            return false;
        }
    }

    /** Keeps 16 bits of an ASID in a signed 32-bit variable; a negative one means that there is none, which selects stage 2. */
    static final class SignedAsid extends AsidTag {
        @Override
        public boolean fits(long archid, int bits) {
            return true;
        }

        @Override
        public CommandRecord everything(int vmid, long archid) {
            return (int) archid < 0
                    ? ofVmid(CommandOpcode.CMD_TLBI_S12_VMALL, vmid, false)
                    : super.everything(vmid, archid);
        }

        @Override
        public CommandRecord byAddress(int vmid, long archid, boolean leaf) {
            return (int) archid < 0
                    ? ofVmid(CommandOpcode.CMD_TLBI_S2_IPA, vmid, leaf)
                    : super.byAddress(vmid, archid, leaf);
        }

        private static CommandRecord ofVmid(CommandOpcode opcode, int vmid, boolean leaf) {
            return new CommandRecord(opcode.code() | (long) vmid << VMID_SHIFT, leaf ? 1 : 0);
        }
    }

    /** Takes a range without a size, and invalidates nothing. */
    static final class EmptyRangeAccepted extends GranuleRules.EmptyRange {
        @Override
        public boolean refused(long granule, long granules) {
            return false;
        }
    }

    /** Looks for a power of two in 32 bits. */
    static final class NarrowPowerOfTwo extends GranuleRules.PowerOfTwo {
        @Override
        public boolean holds(long granule) {
            return Integer.bitCount((int) granule) == 1;
        }
    }

    /** Takes any power of two for a granule. */
    static final class AnyGranule extends GranuleRules.LeafSizes {
        @Override
        public boolean accepts(long granule, long smmuLeafSizes) {
            return true;
        }
    }

    /** Divides the byte count by the host's page size. */
    static final class DividedByteCount extends GranuleRules.ForeignGranule {
        @Override
        public long bytes(long bytes, long granule, long hostLeafSizes) {
            return bytes / Long.lowestOneBit(hostLeafSizes);
        }
    }

    /** Starts at the address as given, and ends where that plus the size is. */
    static final class NoAlignment extends GranuleRules.Alignment {
        @Override
        public long first(long address, long granule) {
            return address;
        }

        @Override
        public long last(long address, long size, long granule) {
            return address + size - 1;
        }
    }

    /** Announces the host's granule for the guest's. */
    static final class HostGranule extends GranuleRules.Families {
        @Override
        public int pageShift(long granule, int hostPageShift) {
            return hostPageShift;
        }
    }

    /** Takes the level from the granule. */
    static final class LevelOfGranule extends GranuleRules.LevelHint {
        @Override
        public int ttl(long granule, int pageShift) {
            return 4 - (Long.numberOfTrailingZeros(granule) - 3) / (pageShift - 3) & 0b11;
        }
    }

    /** Encodes every range with a TG. */
    static final class ReservedEncoding extends RangeEncoder.SinglePage {
        @Override
        public boolean isPlain(int num, int scale, int ttl) {
            return false;
        }
    }
}
