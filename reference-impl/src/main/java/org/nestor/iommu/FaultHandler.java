package org.nestor.iommu;

/** Takes the faults of one device. */
@FunctionalInterface
public interface FaultHandler {

    /** Takes the fault, or refuses it; then it is the driver's to deal with. */
    Result<Done> handle(IommuFault fault);
}
