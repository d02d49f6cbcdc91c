package org.nestor.bugs.software;

import org.nestor.dma.MsiRules;

/** Keeps one binding for a domain, so that the next overwrites it. */
public final class OneDoorbell extends MsiRules.Neighbours {
    @Override
    public boolean stay() {
        return false;
    }
}
