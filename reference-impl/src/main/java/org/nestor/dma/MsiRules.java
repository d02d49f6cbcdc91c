package org.nestor.dma;

import org.nestor.iommu.Result;
import org.nestor.rule.Rule;

/** The decisions about doorbells that can be taken differently. */
public final class MsiRules {

    private MsiRules() {}

    /** Which sizes a guest's doorbell page may have. */
    public static class BindingSize {
        @Rule("R-MSI-12")
        public boolean accepts(long size) {
            return Long.bitCount(size) == 1;
        }
    }

    /** Whether a doorbell can be reached through a guest's page. */
    public static class DoorbellFit {
        /** The doorbell's offset in the host's page must lie within the guest's. */
        @Rule("R-MSI-37")
        public boolean fits(long offset, long guestPage) {
            return offset < guestPage;
        }
    }

    /** Where the window of a cookie begins. */
    public static class WindowBase {
        /**
         * The address the caller gave.
         *
         * @param nesting the domain's nesting attribute, if the driver knows it
         */
        @Rule("R-MSI-04")
        public long base(long asked, Result<Integer> nesting) {
            return asked;
        }
    }

    /** What becomes of a binding when its guest takes it back. */
    public static class Removal {
        /**
         * It goes, with what was mapped for it.
         *
         * @param removal does so
         */
        @Rule("R-MSI-14")
        public void take(Runnable removal) {
            removal.run();
        }
    }

    /** What becomes of the bindings of a domain when a guest announces another doorbell. */
    public static class Neighbours {
        /** They stay: each device may use one of its own. */
        @Rule("R-MSI-13")
        public void makeRoom(NestedMsiCookie cookie) {}
    }

    /** What becomes of a prepared MSI whose binding is gone. */
    public static class StaleBinding {
        /** The address that the device was given stays as it is. */
        @Rule("R-MSI-38")
        public long compose(long address) {
            return address;
        }
    }
}
