package org.nestor.iommu.smmuv3;

import org.nestor.rule.Rule;

/** Which device a StreamID's entry in the stream table belongs to. */
public class StreamOwner {

    /**
     * To the one that came first. What another wants to be would be written over an entry that is in use.
     *
     * @param taken whether the StreamID belongs to another device
     */
    @Rule("R-ATT-20")
    public boolean admits(boolean taken) {
        return !taken;
    }
}
