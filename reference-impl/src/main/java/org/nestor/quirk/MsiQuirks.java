package org.nestor.quirk;

import org.nestor.dma.MsiRules;
import org.nestor.iommu.Result;

/** How the published series treats doorbells. */
final class MsiQuirks {

    private MsiQuirks() {}

    /** Takes any size. */
    static final class AnySize extends MsiRules.BindingSize {
        @Override
        public boolean accepts(long size) {
            return true;
        }
    }

    /** Adds the doorbell's offset in the host's page to any guest page. */
    static final class OffsetBeyondPage extends MsiRules.DoorbellFit {
        @Override
        public boolean fits(long offset, long guestPage) {
            return true;
        }
    }

    /** Forgets the window's base when the driver does not know the attribute. */
    static final class BaseForgotten extends MsiRules.WindowBase {
        @Override
        public long base(long asked, Result<Integer> nesting) {
            return nesting.isOk() ? asked : 0;
        }
    }

    /** Follows a pointer to a binding that was freed; what it reads there is anything. */
    static final class DanglingBinding extends MsiRules.StaleBinding {
        private static final long FREED = 0x6b6b_6b6b_6b6b_6000L;

        @Override
        public long compose(long address) {
            return FREED;
        }
    }
}
