package org.nestor.bugs.software;

import org.nestor.vfio.DeviceRules;

/** Leaves the handler of faults behind when its ring goes. */
public final class HandlerLeft extends DeviceRules.HandlerRemoval {
    @Override
    public void close(Runnable removal) {}
}
