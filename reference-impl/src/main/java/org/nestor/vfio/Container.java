package org.nestor.vfio;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.nestor.dma.MsiLayer;
import org.nestor.iommu.Done;
import org.nestor.iommu.Errno;
import org.nestor.iommu.IommuCore;
import org.nestor.iommu.IommuDomain;
import org.nestor.iommu.Parts;
import org.nestor.iommu.Refusal;
import org.nestor.iommu.Result;
import org.nestor.iommu.UserBuffer;
import org.nestor.rule.Rule;

/** A VFIO container of type 1: groups, the domains they are in, and the memory mapped in all of them. */
public final class Container {
    public static final int TYPE1 = 1;
    public static final int TYPE1V2 = 3;
    public static final int TYPE1_NESTING = 6;

    /** The software MSI window of the host. */
    public static final long MSI_WINDOW = 0x800_0000;

    public static final long MSI_WINDOW_BYTES = 0x10_0000;

    private static final Refusal NOT_NOW = Refusal.of(Errno.EINVAL, "R-LIF-11");
    private static final Refusal IN_CONTAINER = Refusal.of(Errno.EINVAL, "R-LIF-12");

    private final IommuCore core;
    private final MsiLayer msi;
    private final Supplier<IommuDomain> allocate;
    private final DmaMap memory;
    private final NestedIoctls nestedIoctls;
    private final List<VfioGroup> groups = new ArrayList<>();
    private final List<VfioDomain> domains = new ArrayList<>();
    private Optional<Integer> type = Optional.empty();

    /**
     * A container without groups.
     *
     * @param allocate makes an unmanaged domain
     */
    public Container(
            IommuCore core,
            MsiLayer msi,
            Supplier<IommuDomain> allocate,
            ProcessMemory process,
            long hostPage,
            Parts parts) {
        this.core = core;
        this.msi = msi;
        this.allocate = allocate;
        this.memory = new DmaMap(process, hostPage);
        this.nestedIoctls = new NestedIoctls(core, Collections.unmodifiableList(domains), parts);
    }

    IommuCore core() {
        return core;
    }

    /** Adds a group, which joins the container's IOMMU at once if there is one. */
    public Result<Done> addGroup(VfioGroup group) {
        if (group.container().isPresent()) {
            return IN_CONTAINER.result();
        }
        if (type.isPresent()) {
            Result<Done> attached = attach(group);
            if (!attached.isOk()) {
                return attached;
            }
        }
        groups.add(group);
        group.joined(this);
        return Done.OK;
    }

    /** Chooses the IOMMU type and attaches the groups. A refusal leaves the container without an IOMMU. */
    @Rule("R-LIF-11")
    public Result<Done> setIommu(int newType) {
        boolean known = newType == TYPE1 || newType == TYPE1V2 || newType == TYPE1_NESTING;
        if (!known || type.isPresent() || groups.isEmpty()) {
            return NOT_NOW.result();
        }
        type = Optional.of(newType);
        for (VfioGroup group : groups) {
            Result<Done> attached = attach(group);
            if (!attached.isOk()) {
                groups.forEach(this::detach);
                type = Optional.empty();
                return attached;
            }
        }
        return Done.OK;
    }

    /**
     * Attaches a group: to a domain of its own first, then to one that is there already if that takes it. The MSI cookie comes after
     * the attach, so that its kind is known.
     */
    @Rule("R-LIF-12")
    @Rule("R-LIF-13")
    @Rule("R-VPT-11")
    private Result<Done> attach(VfioGroup group) {
        IommuDomain trial = allocate.get();
        if (type.orElseThrow() == TYPE1_NESTING) {
            trial.setNesting(true);
        }
        Result<Done> attached = group.group().attach(trial);
        if (!attached.isOk()) {
            group.group().detach(trial);
            trial.free();
            return attached;
        }
        for (VfioDomain existing : domains) {
            group.group().detach(trial);
            if (group.group().attach(existing.domain()).isOk()) {
                existing.groups().add(0, group);
                trial.free();
                return Done.OK;
            }
            group.group().detach(existing.domain());
            Result<Done> back = group.group().attach(trial);
            if (!back.isOk()) {
                trial.free();
                return back;
            }
        }
        return adopt(group, trial);
    }

    private Result<Done> adopt(VfioGroup group, IommuDomain domain) {
        Result<Done> replayed = memory.replay(domain);
        if (!replayed.isOk()) {
            group.group().detach(domain);
            domain.free();
            return replayed;
        }
        if (group.hasSoftwareMsiWindow()) {
            msi.getCookie(domain, MSI_WINDOW);
        }
        VfioDomain own = new VfioDomain(domain);
        own.groups().add(group);
        domains.add(0, own);
        return Done.OK;
    }

    /** Takes a group out; the last one of a domain takes the domain with it. */
    @Rule("R-LIF-04")
    @Rule("R-LIF-05")
    public void removeGroup(VfioGroup group) {
        if (!groups.contains(group)) {
            return;
        }
        detach(group);
        groups.remove(group);
        group.left();
        if (groups.isEmpty()) {
            type = Optional.empty();
        }
    }

    private void detach(VfioGroup group) {
        domains.stream()
                .filter(domain -> domain.groups().contains(group))
                .findFirst()
                .ifPresent(domain -> {
                    group.group().detach(domain.domain());
                    domain.groups().remove(group);
                    if (domain.groups().isEmpty()) {
                        if (domains.size() == 1) {
                            memory.clear(domains);
                        }
                        domain.domain().free();
                        domains.remove(domain);
                    }
                });
    }

    /** Takes every group out. */
    @Rule("R-LIF-06")
    public void close() {
        List.copyOf(groups).forEach(this::removeGroup);
    }

    /** The domains, newest first. */
    public List<IommuDomain> domains() {
        return domains.stream().map(VfioDomain::domain).toList();
    }

    /** An ioctl of the IOMMU; the reply is what is written back to the caller's structure. */
    @Rule("R-LIF-10")
    public Result<byte[]> ioctl(Ioctl ioctl, UserBuffer argument) {
        if (type.isEmpty()) {
            return NOT_NOW.result();
        }
        return switch (ioctl) {
            case MAP_DMA -> DmaIoctls.map(argument, memory, domains);
            case UNMAP_DMA -> DmaIoctls.unmap(argument, memory, domains);
            case SET_PASID_TABLE -> nothing(nestedIoctls.setPasidTable(argument));
            case CACHE_INVALIDATE -> nothing(nestedIoctls.cacheInvalidate(argument));
            case SET_MSI_BINDING -> nothing(nestedIoctls.setMsiBinding(argument));
            default -> DmaIoctls.UNKNOWN.result();
        };
    }

    private static Result<byte[]> nothing(Result<Done> result) {
        return result.then(done -> Result.ok(new byte[0]));
    }
}
