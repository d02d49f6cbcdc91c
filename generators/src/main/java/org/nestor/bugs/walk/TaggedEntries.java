package org.nestor.bugs.walk;

import org.nestor.smmu.config.Stage1Half;
import org.nestor.smmu.walk.InputRange;

/** Files translations under the address as it came, tag byte included. */
public final class TaggedEntries extends InputRange {

    @Override
    public long canonical(Stage1Half half, long address) {
        return address;
    }

    @Override
    public boolean covers(Stage1Half half, long canonical) {
        return super.covers(half, super.canonical(half, canonical));
    }
}
