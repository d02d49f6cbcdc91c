package org.nestor.bugs.software;

import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import org.nestor.iommu.Done;
import org.nestor.iommu.Result;
import org.nestor.vfio.DeviceRules;

/** Chooses the slot of a fault before those who are storing theirs have finished. */
public final class SlotChosenEarly extends DeviceRules.FaultSlot {
    @Override
    public Result<Done> take(IntSupplier head, Runnable others, IntFunction<Result<Done>> store) {
        int slot = head.getAsInt();
        others.run();
        return store.apply(slot);
    }
}
