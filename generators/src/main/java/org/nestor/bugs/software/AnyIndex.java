package org.nestor.bugs.software;

import org.nestor.vfio.DeviceRules;

/** Stores whatever index user space writes. */
public final class AnyIndex extends DeviceRules.UserIndex {
    @Override
    public boolean accepts(long index, int entries) {
        return true;
    }
}
