package org.nestor.iommu.smmuv3;

import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.register.Register;

/** Watches what a driver does. */
public interface DriverObserver {
    DriverObserver NONE = new DriverObserver() {};

    /** The driver has written a register. */
    default void wrote(Register register) {}

    /** The driver has put a command into the queue. */
    default void command(CommandRecord command) {}

    /** The SMMU found a command illegal. */
    default void illegal(CommandRecord command) {}

    /** The driver prints an event, since nobody took the fault. */
    default void printed(EventRecord event) {}
}
