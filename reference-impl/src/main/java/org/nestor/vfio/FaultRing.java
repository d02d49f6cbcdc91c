package org.nestor.vfio;

import org.nestor.iommu.Done;
import org.nestor.iommu.Errno;
import org.nestor.iommu.IommuFault;
import org.nestor.iommu.Refusal;
import org.nestor.iommu.Result;
import org.nestor.rule.Rule;

/** The region of faults: the kernel writes records at its head, user space consumes up to its tail. */
final class FaultRing extends IndexRing {
    private static final Refusal FULL = Refusal.of(Errno.ENOSPC, "R-REG-21");

    FaultRing(int page) {
        super(IommuFault.BYTES, page);
    }

    /** Stores a fault in the slot at the head, or drops it when 511 are outstanding. */
    @Rule("R-REG-16")
    @Rule("R-REG-20")
    @Rule("R-REG-21")
    @Rule("R-REG-22")
    @Rule("R-REG-23")
    @Rule("R-REG-24")
    Result<Done> store(int head, IommuFault fault) {
        if ((userIndex() - head - 1 & ENTRIES - 1) == 0) {
            return FULL.result();
        }
        setEntry(head, fault.toBytes());
        setKernelIndex((head + 1) % ENTRIES);
        return Done.OK;
    }
}
