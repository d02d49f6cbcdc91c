package org.nestor.bugs.software;

import org.nestor.vfio.DeviceRules;

/** Leaves the handler of faults behind when its ring goes, until the device is opened again. */
public final class HandlerLeft extends DeviceRules.HandlerRemoval {
    @Override
    public boolean comesWithClose() {
        return false;
    }
}
