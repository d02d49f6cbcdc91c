package org.nestor.properties.spec;

import org.nestor.tables.PageTable;
import org.nestor.tables.Stage2Bits;
import org.nestor.tables.TableSpace;

/** What makes a guest's structures, which lie somewhere in memory, visible to the guest at the same addresses. */
final class IdentityMap {
    private static final long PAGE = 4096;

    private IdentityMap() {}

    /** Maps all pages of a space that have been handed out, also for the mapping itself. */
    static void into(PageTable stage2, TableSpace space) {
        for (long page = 0; page < space.allocator().next(); page += PAGE) {
            stage2.map(page, page, 3, Stage2Bits.READ_WRITE);
        }
    }
}
