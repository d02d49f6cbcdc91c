package org.nestor.bugs.software;

import org.nestor.vfio.ContainerRules;

/** Leaves the bindings that a failed request has made so far. */
public final class BindingsKept extends ContainerRules.BindingUnwind {
    @Override
    public boolean unbinds(boolean boundBefore) {
        return false;
    }
}
