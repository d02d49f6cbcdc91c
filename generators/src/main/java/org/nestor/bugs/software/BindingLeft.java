package org.nestor.bugs.software;

import org.nestor.dma.MsiRules;

/** Leaves a binding when the guest takes it back. */
public final class BindingLeft extends MsiRules.Removal {
    @Override
    public void take(Runnable removal) {}
}
