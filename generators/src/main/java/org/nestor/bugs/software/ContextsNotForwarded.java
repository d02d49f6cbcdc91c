package org.nestor.bugs.software;

import org.nestor.virtualizer.ForwardingRules;

/** Keeps a guest's invalidations of CDs to itself. */
public final class ContextsNotForwarded extends ForwardingRules.ContextInvalidation {
    @Override
    public boolean isForwarded() {
        return false;
    }
}
