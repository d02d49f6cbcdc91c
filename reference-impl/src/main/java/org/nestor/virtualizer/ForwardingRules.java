package org.nestor.virtualizer;

import org.nestor.iommu.CacheInvalidateInfo;
import org.nestor.rule.Rule;

/** The decisions of a virtualizer, about what it passes on of a guest's commands, that can be taken differently. */
public final class ForwardingRules {

    private ForwardingRules() {}

    /** What a guest's invalidation of CDs is to the host. */
    public static class ContextInvalidation {
        /** A reason to set the guest's table anew, which is what has real hardware fetch its CD again. */
        @Rule("R-STE-22")
        public boolean isForwarded() {
            return true;
        }
    }

    /** What a guest's invalidation of an ASID is to the host. */
    public static class AsidInvalidation {
        /** One of that ASID. */
        @Rule("R-INV-15")
        public CacheInvalidateInfo request(int asid) {
            return CacheInvalidateInfo.asid(asid);
        }
    }
}
