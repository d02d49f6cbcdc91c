package org.nestor.bench;

import org.nestor.memory.SparseMemory;

/** What one operation of a case reads, found by running the workload over memory that keeps count, and whether answers are right. */
final class WalkReads {
    private final long[][] addresses;
    private final int bad;

    private WalkReads(long[][] addresses, int bad) {
        this.addresses = addresses;
        this.bad = bad;
    }

    /** For each page, the addresses of the doublewords that are read, in order. */
    long[][] addresses() {
        return addresses;
    }

    /** Answers that are wrong. */
    int bad() {
        return bad;
    }

    /** Runs the case over all pages twice and looks at the second round, when what is remembered has been remembered. */
    static WalkReads of(WalkCase walkCase) {
        RecordingMemory memory = new RecordingMemory(SparseMemory.ram(0x4000_0000L, 0x4000_0000L));
        WalkWorkload workload = new WalkWorkload(walkCase, memory);
        long[][] addresses = new long[WalkWorkload.PAGES][];
        int bad = 0;
        for (int page = 0; page < WalkWorkload.PAGES; page++) {
            bad += workload.isRight(page, workload.translate(page)) ? 0 : 1;
        }
        for (int page = 0; page < WalkWorkload.PAGES; page++) {
            memory.take();
            if (walkCase == WalkCase.INVALIDATE) {
                workload.invalidate(page);
                bad += workload.isConsumed() ? 0 : 1;
            } else {
                bad += workload.isRight(page, workload.translate(page)) ? 0 : 1;
            }
            addresses[page] = memory.take();
        }
        return new WalkReads(addresses, bad);
    }

    /** Doublewords read for one operation, the mean over the pages. */
    double perOperation() {
        long total = 0;
        for (long[] page : addresses) {
            total += page.length;
        }
        return (double) total / addresses.length;
    }
}
