package org.nestor.dma;

import java.util.Optional;
import org.nestor.iommu.DomainCookie;
import org.nestor.iommu.DomainType;
import org.nestor.iommu.Done;
import org.nestor.iommu.Errno;
import org.nestor.iommu.IommuDevice;
import org.nestor.iommu.IommuDomain;
import org.nestor.iommu.Parts;
import org.nestor.iommu.Refusal;
import org.nestor.iommu.Result;
import org.nestor.rule.Rule;

/** Gives domains their MSI cookies, and MSIs their addresses. */
public final class MsiLayer {
    private static final Refusal OTHER_TYPE = Refusal.of(Errno.EINVAL, "R-MSI-01");
    private static final Refusal HAS_COOKIE = Refusal.of(Errno.EEXIST, "R-MSI-01");
    private static final Refusal OTHER_COOKIE = Refusal.of(Errno.EINVAL, "R-MSI-07");
    private static final Refusal NO_WAY = Refusal.of(Errno.ENOMEM, "R-MSI-23");

    private final long hostPage;
    private final Parts parts;
    private final MsiRules.StaleBinding staleBinding;
    private int bindingsLeft = Integer.MAX_VALUE;

    public MsiLayer(long hostPage, Parts parts) {
        this.hostPage = hostPage;
        this.parts = parts;
        this.staleBinding = parts.get(MsiRules.StaleBinding.class, MsiRules.StaleBinding::new);
    }

    /** How many bindings there is memory left for. */
    public void setBindingsLeft(int bindings) {
        bindingsLeft = bindings;
    }

    /**
     * Gives a domain its cookie; the kind depends on whether it is nested now.
     *
     * @param base of the window of doorbells, where there is one
     */
    @Rule("R-MSI-01")
    @Rule("R-MSI-02")
    @Rule("R-MSI-05")
    public Result<Done> getCookie(IommuDomain domain, long base) {
        if (domain.type() != DomainType.UNMANAGED) {
            return OTHER_TYPE.result();
        } else if (domain.cookie().isPresent()) {
            return HAS_COOKIE.result();
        }
        Result<Integer> nesting = domain.nesting();
        domain.setCookie(
                nesting.toOptional().orElse(0) == 1
                        ? new NestedMsiCookie(domain, hostPage, () -> bindingsLeft-- > 0, parts)
                        : new WindowMsiCookie(
                                domain,
                                parts.get(MsiRules.WindowBase.class, MsiRules.WindowBase::new)
                                        .base(base, nesting)));
        return Done.OK;
    }

    /** Announces a guest's doorbell in a domain that the driver has found bound and nested. */
    @Rule("R-MSI-07")
    public Result<Done> bind(IommuDomain domain, long giova, long gpa, long size) {
        return nested(domain).map(cookie -> cookie.bind(giova, gpa, size)).orElseGet(OTHER_COOKIE::result);
    }

    @Rule("R-MSI-15")
    public void unbind(IommuDomain domain, long giova) {
        nested(domain).ifPresent(cookie -> cookie.unbind(giova));
    }

    private static Optional<NestedMsiCookie> nested(IommuDomain domain) {
        return domain.cookie().map(NestedMsiCookie.class::isInstance).orElse(false)
                ? domain.cookie().map(NestedMsiCookie.class::cast)
                : Optional.empty();
    }

    /** Prepares an MSI of a device. Without an IOMMU in the way the device writes to the doorbell itself. */
    @Rule("R-MSI-22")
    @Rule("R-MSI-23")
    @Rule("R-MSI-24")
    @Rule("R-MSI-25")
    public Result<PreparedMsi> prepare(IommuDevice device, long doorbell) {
        Optional<DomainCookie> cookie = device.domain().flatMap(IommuDomain::cookie);
        if (cookie.isEmpty()) {
            return Result.ok(new PreparedMsi(doorbell, Optional.empty()));
        } else if (cookie.get() instanceof NestedMsiCookie nested) {
            Optional<MsiBinding> binding = nested.lookUp(doorbell);
            return binding.isEmpty()
                    ? NO_WAY.result()
                    : Result.ok(new PreparedMsi(
                            binding.get().giova() + (doorbell & hostPage - 1),
                            Optional.of(new PreparedMsi.Binding(nested, binding.get()))));
        }
        return ((WindowMsiCookie) cookie.get())
                .iova(doorbell)
                .map(iova -> Result.ok(new PreparedMsi(iova, Optional.empty())))
                .orElseGet(NO_WAY::result);
    }

    /** The address of an MSI that was prepared earlier, as it is written to the device again. */
    @Rule("R-MSI-38")
    public long compose(PreparedMsi msi) {
        return msi.binding().map(PreparedMsi.Binding::isGone).orElse(false)
                ? staleBinding.compose(msi.address())
                : msi.address();
    }
}
