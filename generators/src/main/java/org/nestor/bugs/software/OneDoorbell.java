package org.nestor.bugs.software;

import org.nestor.dma.MsiRules;
import org.nestor.dma.NestedMsiCookie;

/** Keeps one binding for a domain, so that the next overwrites it. */
public final class OneDoorbell extends MsiRules.Neighbours {
    @Override
    public void makeRoom(NestedMsiCookie cookie) {
        cookie.release();
    }
}
