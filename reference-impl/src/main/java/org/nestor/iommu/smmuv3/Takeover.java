package org.nestor.iommu.smmuv3;

import org.nestor.rule.Rule;

/** What a driver does about devices that are still running behind an SMMU that it finds enabled. */
public class Takeover {

    /**
     * Their DMA is aborted before the SMMU is disabled, for it must not go untranslated meanwhile.
     *
     * @param abort has the SMMU abort while it is disabled
     */
    @Rule("R-LIF-14")
    public void quiet(Runnable abort) {
        abort.run();
    }
}
