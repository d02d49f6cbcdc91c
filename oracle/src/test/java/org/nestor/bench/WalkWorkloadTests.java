package org.nestor.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WalkWorkloadTests {

    /** Rounds over the 1024 pages: enough for the compiler to settle, and more than 100 000 hits that are looked at. */
    private static final int WARM_UP = 400;

    private static final int ROUNDS = 100;

    /** What measuring itself and a compilation that ends late may allocate; one object a hit would be 1.6 MB. */
    private static final long SLACK_BYTES = 64 * 1024L;

    @ParameterizedTest
    @CsvSource({
        "NESTED_MISS, 15",
        "NESTED_COLD, 34",
        "NESTED_HIT, 0",
        "STAGE1_MISS, 3",
        "STAGE2_MISS, 3",
        "BYPASS, 0",
        "INVALIDATE, 2"
    })
    void everyOperationOfACaseReadsTheSameNumberOfDoublewords(WalkCase walkCase, int expected) {
        long[][] addresses = WalkReads.of(walkCase).addresses();

        assertEquals(WalkWorkload.PAGES, addresses.length);
        for (int page = 0; page < addresses.length; page++) {
            assertEquals(expected, addresses[page].length, "page " + page);
        }
    }

    @ParameterizedTest
    @EnumSource(WalkCase.class)
    void everyAnswerOfEveryCaseIsRight(WalkCase walkCase) {
        assertEquals(0, WalkReads.of(walkCase).bad());
    }

    @Test
    void anAnswerForAnotherPageIsTakenAsWrong() {
        WalkWorkload workload = new WalkWorkload(WalkCase.NESTED_MISS);

        assertTrue(workload.isRight(1, workload.translate(1)));
        assertFalse(workload.isRight(1, workload.translate(2)));
    }

    @Test
    void theOrderOfTheWorkloadVisitsEveryPageOnce() {
        boolean[] visited = new boolean[WalkWorkload.PAGES];
        int page = 0;
        for (int i = 0; i < WalkWorkload.PAGES; i++) {
            assertFalse(visited[page], "page " + page);
            visited[page] = true;
            page = WalkWorkload.next(page);
        }
        assertEquals(0, page);
    }

    @Test
    void aHitAllocatesNothing() {
        WalkWorkload workload = new WalkWorkload(WalkCase.NESTED_HIT);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        int bad = rounds(workload, WARM_UP);

        long before = threads.getThreadAllocatedBytes(thread);
        bad += rounds(workload, ROUNDS);
        long allocated = threads.getThreadAllocatedBytes(thread) - before;

        assertEquals(0, bad);
        assertTrue(allocated <= SLACK_BYTES, ROUNDS * WalkWorkload.PAGES + " hits allocated " + allocated + " bytes");
    }

    private static int rounds(WalkWorkload workload, int count) {
        int bad = 0;
        for (int round = 0; round < count; round++) {
            int page = 0;
            for (int i = 0; i < WalkWorkload.PAGES; i++) {
                bad += workload.isRight(page, workload.translate(page)) ? 0 : 1;
                page = WalkWorkload.next(page);
            }
        }
        return bad;
    }
}
