package org.nestor.iommu.smmuv3;

import java.util.List;
import org.nestor.iommu.CacheInvalidateInfo;
import org.nestor.iommu.Errno;
import org.nestor.iommu.Parts;
import org.nestor.iommu.Refusal;
import org.nestor.iommu.Result;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.CommandRecord;

/** Decides which commands an invalidation request of a guest comes to. */
final class GuestInvalidation {
    private static final Refusal VERSION = Refusal.of(Errno.EINVAL, "R-INV-06");
    private static final Refusal OTHER_CACHES = Refusal.of(Errno.ENOENT, "R-INV-11");
    private static final Refusal NO_CACHE = Refusal.of(Errno.EINVAL, "R-INV-12");
    private static final Refusal BY_PASID = Refusal.of(Errno.ENOENT, "R-INV-13");
    private static final Refusal NO_TAG = Refusal.of(Errno.EINVAL, "R-INV-14");
    private static final Refusal ADDRESS_BY_PASID = Refusal.of(Errno.ENOENT, "R-INV-17");
    private static final Refusal NO_POWER_OF_TWO = Refusal.of(Errno.EINVAL, "R-INV-24");
    private static final Refusal EMPTY = Refusal.of(Errno.EINVAL, "R-INV-25");
    private static final Refusal NO_LEAF_SIZE = Refusal.of(Errno.EINVAL, "R-INV-28");
    private static final Refusal WIDE_ASID = Refusal.of(Errno.EINVAL, "R-INV-31");
    private static final Refusal NO_GRANULARITY = Refusal.of(Errno.EINVAL, "R-INV-06");
    private static final int MOST_STEPS = 1 << 10;

    private final SmmuFeatures features;
    private final RangeEncoder encoder;
    private final GranuleRules.PowerOfTwo powerOfTwo;
    private final GranuleRules.EmptyRange emptyRange;
    private final GranuleRules.LeafSizes leafSizes;
    private final AsidTag asidTag;
    private final GranuleRules.Alignment alignment;
    private final GranuleRules.Families families;
    private final GranuleRules.LevelHint levelHint;
    private final GranuleRules.ForeignGranule foreign;
    private final WholeDomain wholeDomain;
    private final WholeDomain.Endpoints wholeDomainEndpoints;
    private final UntaggedAddress untaggedAddress;

    /**
     * What to send.
     *
     * @param commands to the SMMU, with one CMD_SYNC behind them
     * @param endpoints whether ATCs are invalidated after that
     * @param address where the ATC invalidation begins
     * @param size its bytes, 0 for all addresses
     */
    record Plan(List<CommandRecord> commands, boolean endpoints, long address, long size) {}

    GuestInvalidation(SmmuFeatures features, RangeEncoder encoder, Parts parts) {
        this.features = features;
        this.encoder = encoder;
        this.powerOfTwo = parts.get(GranuleRules.PowerOfTwo.class, GranuleRules.PowerOfTwo::new);
        this.emptyRange = parts.get(GranuleRules.EmptyRange.class, GranuleRules.EmptyRange::new);
        this.leafSizes = parts.get(GranuleRules.LeafSizes.class, GranuleRules.LeafSizes::new);
        this.asidTag = parts.get(AsidTag.class, AsidTag::new);
        this.alignment = parts.get(GranuleRules.Alignment.class, GranuleRules.Alignment::new);
        this.families = parts.get(GranuleRules.Families.class, GranuleRules.Families::new);
        this.levelHint = parts.get(GranuleRules.LevelHint.class, GranuleRules.LevelHint::new);
        this.foreign = parts.get(GranuleRules.ForeignGranule.class, GranuleRules.ForeignGranule::new);
        this.wholeDomain = parts.get(WholeDomain.class, WholeDomain::new);
        this.wholeDomainEndpoints = parts.get(WholeDomain.Endpoints.class, WholeDomain.Endpoints::new);
        this.untaggedAddress = parts.get(UntaggedAddress.class, UntaggedAddress::new);
    }

    /** The checks of the driver, in the order of the API. */
    @Rule("R-INV-06")
    @Rule("R-INV-11")
    @Rule("R-INV-12")
    @Rule("R-INV-32")
    Result<Plan> plan(CacheInvalidateInfo info, int vmid, PageFormat host) {
        if (info.version() != CacheInvalidateInfo.VERSION_1) {
            return VERSION.result();
        } else if ((info.cache() & (CacheInvalidateInfo.PASID_CACHE | CacheInvalidateInfo.DEV_IOTLB)) != 0) {
            return OTHER_CACHES.result();
        } else if ((info.cache() & CacheInvalidateInfo.IOTLB) == 0) {
            return NO_CACHE.result();
        }
        return switch (info.granularity()) {
            case CacheInvalidateInfo.DOMAIN -> everything(List.of(wholeDomain.command(vmid)));
            case CacheInvalidateInfo.PASID -> ofAsid(info, vmid);
            case CacheInvalidateInfo.ADDR -> ofAddress(info, vmid, host);
            default -> NO_GRANULARITY.result();
        };
    }

    private Result<Plan> everything(List<CommandRecord> commands) {
        return Result.ok(new Plan(commands, wholeDomainEndpoints.included(), 0, 0));
    }

    @Rule("R-INV-13")
    @Rule("R-INV-14")
    @Rule("R-INV-15")
    @Rule("R-INV-16")
    @Rule("R-INV-20")
    @Rule("R-INV-35")
    private Result<Plan> ofAsid(CacheInvalidateInfo info, int vmid) {
        if (info.has(CacheInvalidateInfo.FLAG_PASID)) {
            return BY_PASID.result();
        } else if (!info.has(CacheInvalidateInfo.FLAG_ARCHID)) {
            return NO_TAG.result();
        } else if (!asidTag.fits(info.archid(), features.asidBits())) {
            return WIDE_ASID.result();
        }
        return Result.ok(new Plan(List.of(asidTag.everything(vmid, info.archid())), true, 0, 0));
    }

    @Rule("R-INV-17")
    @Rule("R-INV-18")
    @Rule("R-INV-19")
    @Rule("R-INV-20")
    @Rule("R-INV-21")
    @Rule("R-INV-22")
    @Rule("R-INV-35")
    private Result<Plan> ofAddress(CacheInvalidateInfo info, int vmid, PageFormat host) {
        if (info.has(CacheInvalidateInfo.FLAG_PASID)) {
            return ADDRESS_BY_PASID.result();
        } else if (!info.has(CacheInvalidateInfo.FLAG_ARCHID)) {
            return everything(untaggedAddress.commands(List.of(wholeDomain.command(vmid))));
        } else if (!asidTag.fits(info.archid(), features.asidBits())) {
            return WIDE_ASID.result();
        }
        long granule = info.granuleSize();
        if (granule != 0 && !powerOfTwo.holds(granule)) {
            return NO_POWER_OF_TWO.result();
        } else if (emptyRange.refused(granule, info.granules())) {
            return EMPTY.result();
        } else if (granule != 0 && !leafSizes.accepts(granule, features.leafSizes())) {
            return NO_LEAF_SIZE.result();
        }
        long size = info.granules() * granule;
        CommandRecord template = asidTag.byAddress(vmid, info.archid(), info.has(CacheInvalidateInfo.FLAG_LEAF));
        List<CommandRecord> commands =
                size == 0 ? List.of() : range(template, info.address(), size, granule, vmid, host);
        if (size == 0) {
            return Result.ok(new Plan(commands, true, 0, 0));
        }
        long first = alignment.first(info.address(), granule);
        return Result.ok(new Plan(commands, true, first, alignment.last(info.address(), size, granule) - first + 1));
    }

    /** A range that would take too many commands is answered with everything of the VMID. */
    private List<CommandRecord> range(
            CommandRecord template, long address, long size, long granule, int vmid, PageFormat host) {
        long first = alignment.first(address, granule);
        long last = alignment.last(address, size, granule);
        if (last - first == -1) {
            return List.of(Commands.nhAll(vmid));
        } else if (features.rangeInvalidation()) {
            int pageShift = families.pageShift(granule, host.pageShift());
            return encoder.ranges(template, first, last - first + 1, pageShift, levelHint.ttl(granule, pageShift));
        }
        boolean known = (granule & host.pageSizes()) != 0;
        long step = known ? granule : Math.min(granule, Long.lowestOneBit(host.pageSizes()));
        long bytes = known ? size : foreign.bytes(size, granule, host.pageSizes());
        first = alignment.first(address, step);
        last = alignment.last(address, bytes, step);
        if (Long.compareUnsigned(last - first, step * MOST_STEPS) >= 0) {
            return List.of(Commands.nhAll(vmid));
        }
        return encoder.steps(template, first, last, step);
    }
}
