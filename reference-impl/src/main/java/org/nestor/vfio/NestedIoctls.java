package org.nestor.vfio;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nestor.dma.NestedMsiCookie;
import org.nestor.iommu.Done;
import org.nestor.iommu.Errno;
import org.nestor.iommu.GuestStage1;
import org.nestor.iommu.IommuCore;
import org.nestor.iommu.IommuDevice;
import org.nestor.iommu.IommuDomain;
import org.nestor.iommu.NestedOps;
import org.nestor.iommu.Parts;
import org.nestor.iommu.Refusal;
import org.nestor.iommu.Result;
import org.nestor.iommu.UserBuffer;
import org.nestor.rule.Rule;

/** The three ioctls of the nested-stage API. Each goes to every domain of the container. */
final class NestedIoctls {
    private static final Refusal NO_TABLE_HEAD = Refusal.of(Errno.EFAULT, "R-VPT-01");
    private static final Refusal SHORT_TABLE = Refusal.of(Errno.EINVAL, "R-VPT-01");
    private static final Refusal TABLE_FLAGS = Refusal.of(Errno.EINVAL, "R-VPT-02");
    private static final Refusal NO_INVALIDATION_HEAD = Refusal.of(Errno.EFAULT, "R-VCI-01");
    private static final Refusal MALFORMED_INVALIDATION = Refusal.of(Errno.EINVAL, "R-VCI-01");
    private static final Refusal NO_BINDING = Refusal.of(Errno.EFAULT, "R-VMB-01");
    private static final Refusal SHORT_BINDING = Refusal.of(Errno.EINVAL, "R-VMB-01");
    private static final Refusal BINDING_FLAGS = Refusal.of(Errno.EINVAL, "R-VMB-02");
    private static final int HEAD_BYTES = 8;
    private static final int BINDING_BYTES = 32;
    private static final int SET = 1;
    private static final int UNSET = 1 << 1;

    private final IommuCore core;
    private final List<VfioDomain> domains;
    private final ContainerRules.TableUnwind tableUnwind;
    private final ContainerRules.BindingUnwind bindingUnwind;
    private final ContainerRules.FirstError firstError;

    NestedIoctls(IommuCore core, List<VfioDomain> domains, Parts parts) {
        this.core = core;
        this.domains = domains;
        this.tableUnwind = parts.get(ContainerRules.TableUnwind.class, ContainerRules.TableUnwind::new);
        this.bindingUnwind = parts.get(ContainerRules.BindingUnwind.class, ContainerRules.BindingUnwind::new);
        this.firstError = parts.get(ContainerRules.FirstError.class, ContainerRules.FirstError::new);
    }

    @Rule("R-VPT-01")
    @Rule("R-VPT-02")
    @Rule("R-VPT-03")
    @Rule("R-VPT-09")
    Result<Done> setPasidTable(UserBuffer argument) {
        Optional<byte[]> head = argument.read(0, HEAD_BYTES);
        if (head.isEmpty()) {
            return NO_TABLE_HEAD.result();
        }
        long flags = UserBuffer.u32(head.get(), 4);
        if (UserBuffer.u32(head.get(), 0) < HEAD_BYTES) {
            return SHORT_TABLE.result();
        } else if (flags == UNSET) {
            domains.forEach(domain -> core.detachPasidTable(domain.domain()));
            return Done.OK;
        }
        return flags == SET ? set(argument.from(HEAD_BYTES)) : TABLE_FLAGS.result();
    }

    private record Earlier(NestedOps ops, GuestStage1 state) {}

    @Rule("R-VPT-04")
    @Rule("R-VPT-05")
    @Rule("R-VPT-06")
    @Rule("R-VPT-07")
    @Rule("R-VPT-08")
    @Rule("R-VPT-10")
    private Result<Done> set(UserBuffer config) {
        List<Earlier> done = new ArrayList<>();
        for (VfioDomain each : domains) {
            IommuDomain domain = each.domain();
            Optional<Earlier> before = domain.nestedOps().map(ops -> new Earlier(ops, ops.guestStage1()));
            Result<Done> attached = core.attachPasidTable(domain, config);
            if (!attached.isOk()) {
                done.forEach(earlier -> tableUnwind.unwind(earlier.ops(), earlier.state()));
                return attached;
            }
            before.ifPresent(done::add);
        }
        return Done.OK;
    }

    /** The structure is read again for each device. */
    @Rule("R-VCI-01")
    @Rule("R-VCI-02")
    @Rule("R-VCI-05")
    @Rule("R-VCI-06")
    @Rule("R-VCI-07")
    Result<Done> cacheInvalidate(UserBuffer argument) {
        Optional<byte[]> head = argument.read(0, HEAD_BYTES);
        if (head.isEmpty()) {
            return NO_INVALIDATION_HEAD.result();
        } else if (UserBuffer.u32(head.get(), 0) < HEAD_BYTES || UserBuffer.u32(head.get(), 4) != 0) {
            return MALFORMED_INVALIDATION.result();
        }
        UserBuffer info = argument.from(HEAD_BYTES);
        Result<Done> result = Done.OK;
        for (VfioDomain domain : domains) {
            result = firstError.combine(result, invalidate(domain, info));
        }
        return result;
    }

    @Rule("R-VCI-03")
    private Result<Done> invalidate(VfioDomain domain, UserBuffer info) {
        for (VfioGroup group : domain.groups()) {
            for (IommuDevice device : group.devices()) {
                Result<Done> invalidated = core.cacheInvalidate(domain.domain(), device, info);
                if (!invalidated.isOk()) {
                    return invalidated;
                }
            }
        }
        return Done.OK;
    }

    @Rule("R-VMB-01")
    @Rule("R-VMB-02")
    @Rule("R-VMB-03")
    @Rule("R-VMB-07")
    @Rule("R-VMB-08")
    Result<Done> setMsiBinding(UserBuffer argument) {
        Optional<byte[]> bytes = argument.read(0, BINDING_BYTES);
        if (bytes.isEmpty()) {
            return NO_BINDING.result();
        }
        byte[] binding = bytes.get();
        if (UserBuffer.u32(binding, 0) < BINDING_BYTES) {
            return SHORT_BINDING.result();
        }
        long flags = UserBuffer.u32(binding, 4);
        long giova = UserBuffer.u64(binding, 8);
        if (flags == UNSET) {
            domains.forEach(domain -> core.unbindGuestMsi(domain.domain(), giova));
            return Done.OK;
        }
        return flags == SET
                ? bind(giova, UserBuffer.u64(binding, 16), UserBuffer.u64(binding, 24))
                : BINDING_FLAGS.result();
    }

    @Rule("R-VMB-04")
    @Rule("R-VMB-05")
    @Rule("R-VMB-06")
    private Result<Done> bind(long giova, long gpa, long size) {
        List<IommuDomain> added = new ArrayList<>();
        for (VfioDomain each : domains) {
            IommuDomain domain = each.domain();
            boolean before = isBound(domain, giova & -size);
            Result<Done> bound = core.bindGuestMsi(domain, giova, gpa, size);
            if (!bound.isOk()) {
                added.forEach(earlier -> core.unbindGuestMsi(earlier, giova));
                return bound;
            }
            if (bindingUnwind.unbinds(before)) {
                added.add(domain);
            }
        }
        return Done.OK;
    }

    private static boolean isBound(IommuDomain domain, long giova) {
        return domain.cookie().stream()
                .filter(NestedMsiCookie.class::isInstance)
                .map(NestedMsiCookie.class::cast)
                .anyMatch(cookie -> cookie.isBound(giova));
    }
}
