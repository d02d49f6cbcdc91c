package org.nestor.vfio;

import org.nestor.iommu.Done;
import org.nestor.iommu.GuestStage1;
import org.nestor.iommu.NestedOps;
import org.nestor.iommu.Result;
import org.nestor.rule.Rule;

/** The decisions of a container that can be taken differently. */
public final class ContainerRules {

    private ContainerRules() {}

    /** What becomes of a domain whose table was set when a later domain refuses. */
    public static class TableUnwind {
        @Rule("R-VPT-05")
        @Rule("R-VPT-07")
        public void unwind(NestedOps domain, GuestStage1 before) {
            domain.restore(before);
        }
    }

    /** What becomes of a binding when a later domain refuses it. */
    public static class BindingUnwind {
        /** Whether it is taken back. */
        @Rule("R-VMB-05")
        @Rule("R-VMB-06")
        public boolean unbinds(boolean boundBefore) {
            return !boundBefore;
        }
    }

    /** Which result a request to several domains has. */
    public static class FirstError {
        @Rule("R-VCI-04")
        public Result<Done> combine(Result<Done> earlier, Result<Done> later) {
            return earlier.isOk() ? later : earlier;
        }
    }
}
