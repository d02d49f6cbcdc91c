package org.nestor.bugs.software;

import org.nestor.iommu.smmuv3.StreamOwner;

/** Gives the entry of a StreamID to whoever comes last. */
public final class EntryOfTheLatest extends StreamOwner {
    @Override
    public boolean admits(boolean taken) {
        return true;
    }
}
