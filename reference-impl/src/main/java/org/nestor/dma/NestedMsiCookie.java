package org.nestor.dma;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.nestor.iommu.DomainCookie;
import org.nestor.iommu.Done;
import org.nestor.iommu.Errno;
import org.nestor.iommu.IommuDomain;
import org.nestor.iommu.Parts;
import org.nestor.iommu.Prot;
import org.nestor.iommu.Refusal;
import org.nestor.iommu.Result;
import org.nestor.rule.Rule;

/** The doorbells that a guest has announced for a nested domain, newest first. There is no window of host IOVAs. */
public final class NestedMsiCookie implements DomainCookie {
    private static final Refusal TOO_LARGE = Refusal.of(Errno.EINVAL, "R-MSI-08");
    private static final Refusal NO_PAGE_SIZE = Refusal.of(Errno.EINVAL, "R-MSI-12");
    private static final Refusal NO_MEMORY = Refusal.of(Errno.ENOMEM, "R-MSI-09");

    /**
     * A doorbell that is announced.
     *
     * @param giova what the guest's devices write to, the address of a page
     * @param gpa that page at stage 2's input
     * @param doorbell the page of the real doorbell that it leads to, once an MSI was prepared
     */
    public record Announced(long giova, long gpa, Optional<Long> doorbell) {}

    private final IommuDomain domain;
    private final long hostPage;
    private final BooleanSupplier memoryLeft;
    private final MsiRules.BindingSize bindingSize;
    private final MsiRules.DoorbellFit doorbellFit;
    private final MsiRules.Removal removal;
    private final MsiRules.Neighbours neighbours;
    private final List<MsiBinding> bindings = new ArrayList<>();

    /** @param memoryLeft takes the memory of one binding, if there is any left */
    NestedMsiCookie(IommuDomain domain, long hostPage, BooleanSupplier memoryLeft, Parts parts) {
        this.domain = domain;
        this.hostPage = hostPage;
        this.memoryLeft = memoryLeft;
        this.bindingSize = parts.get(MsiRules.BindingSize.class, MsiRules.BindingSize::new);
        this.doorbellFit = parts.get(MsiRules.DoorbellFit.class, MsiRules.DoorbellFit::new);
        this.removal = parts.get(MsiRules.Removal.class, MsiRules.Removal::new);
        this.neighbours = parts.get(MsiRules.Neighbours.class, MsiRules.Neighbours::new);
    }

    /** Announces a doorbell. Nothing is mapped before an MSI is prepared. */
    @Rule("R-MSI-08")
    @Rule("R-MSI-09")
    @Rule("R-MSI-10")
    @Rule("R-MSI-11")
    @Rule("R-MSI-13")
    Result<Done> bind(long giova, long gpa, long size) {
        if (Long.compareUnsigned(size, hostPage) > 0) {
            return TOO_LARGE.result();
        } else if (!bindingSize.accepts(size)) {
            return NO_PAGE_SIZE.result();
        }
        long page = giova & -size;
        if (!isBound(page)) {
            if (!memoryLeft.getAsBoolean()) {
                return NO_MEMORY.result();
            }
            neighbours.makeRoom(this);
            bindings.add(0, new MsiBinding(page, gpa & -size, size));
        }
        return Done.OK;
    }

    @Rule("R-MSI-14")
    @Rule("R-MSI-16")
    @Rule("R-MSI-17")
    @Rule("R-MSI-29")
    void unbind(long giova) {
        bindings.stream()
                .filter(binding -> binding.giova() == (giova & -binding.size()))
                .findFirst()
                .ifPresent(binding -> removal.take(() -> {
                    unmap(binding);
                    bindings.remove(binding);
                }));
    }

    private void unmap(MsiBinding binding) {
        if (binding.isMapped()) {
            domain.unmap(binding.gpa(), hostPage);
        }
    }

    /** The binding that leads to a doorbell: one that does so already, else the newest that leads nowhere yet, which is mapped now. */
    @Rule("R-MSI-18")
    @Rule("R-MSI-19")
    @Rule("R-MSI-20")
    @Rule("R-MSI-21")
    @Rule("R-MSI-22")
    @Rule("R-MSI-26")
    @Rule("R-MSI-30")
    @Rule("R-MSI-31")
    @Rule("R-MSI-32")
    @Rule("R-MSI-36")
    Optional<MsiBinding> lookUp(long doorbell) {
        long page = doorbell & -hostPage;
        long offset = doorbell & hostPage - 1;
        Optional<MsiBinding> found = bindings.stream()
                .filter(binding -> binding.leadsTo(page) && doorbellFit.fits(offset, binding.size()))
                .findFirst();
        if (found.isPresent()) {
            return found;
        }
        Optional<MsiBinding> unused = bindings.stream()
                .filter(binding -> !binding.isMapped() && doorbellFit.fits(offset, binding.size()))
                .findFirst();
        if (unused.isEmpty()
                || !domain.map(unused.get().gpa(), page, hostPage, Prot.DOORBELL)
                        .isOk()) {
            return Optional.empty();
        }
        unused.get().mappedTo(page);
        return unused;
    }

    boolean holds(MsiBinding binding) {
        return bindings.contains(binding);
    }

    @Override
    @Rule("R-MSI-33")
    public void release() {
        bindings.forEach(this::unmap);
        bindings.clear();
    }

    /** The doorbells that are announced, newest first. */
    public List<Announced> announced() {
        return bindings.stream()
                .map(binding -> new Announced(binding.giova(), binding.gpa(), binding.doorbellPage()))
                .toList();
    }

    /** How many doorbells are announced. */
    public int size() {
        return bindings.size();
    }

    /** Whether a doorbell is announced whose page begins at that address; one within a larger page is another. */
    public boolean isBound(long giova) {
        return bindings.stream().anyMatch(binding -> binding.giova() == giova);
    }
}
