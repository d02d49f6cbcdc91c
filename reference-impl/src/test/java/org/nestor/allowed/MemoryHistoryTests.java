package org.nestor.allowed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nestor.memory.ExternalAbort;
import org.nestor.memory.MemoryRegion;

class MemoryHistoryTests {
    private static final long BASE = 0x1000;
    private static final byte[] OLD = {1, 2, 3, 4, 5, 6, 7, 8};
    private static final byte[] NEW = {9, 2, 3, 4, 5, 6, 7, 8};
    private static final byte[] NEWER = {10, 2, 3, 4, 5, 6, 7, 8};

    private final MemoryHistory memory = new MemoryHistory(List.of(new MemoryRegion(BASE, 0x1000, false)));

    @BeforeEach
    void anSmmuMayRead() {
        memory.readable(true, 0);
    }

    @Test
    void holdsOnlyWhatWasWrittenLast() {
        memory.write(BASE, OLD, 1);
        memory.write(BASE, NEW, 2);
        assertTrue(memory.mayHold(BASE, NEW));
        assertFalse(memory.mayHold(BASE, OLD));
    }

    @Test
    void hasHeldAValueUntilTheInstantOfTheWriteThatReplacedIt() {
        memory.write(BASE, OLD, 1);
        memory.write(BASE, NEW, 5);
        memory.write(BASE, NEWER, 8);
        assertTrue(memory.mayHaveHeld(BASE, OLD, 5));
        assertFalse(memory.mayHaveHeld(BASE, OLD, 6));
        assertTrue(memory.mayHaveHeld(BASE, NEW, 8));
        assertFalse(memory.mayHaveHeld(BASE, NEW, 9));
        assertTrue(memory.mayHaveHeld(BASE, NEWER, 9));
    }

    @Test
    void looksAtTheAskedBytesOnly() {
        memory.write(BASE, OLD, 1);
        memory.write(BASE, NEW, 5);
        assertTrue(memory.mayHaveHeld(BASE + 1, new byte[] {2, 3}, 6));
        assertFalse(memory.mayHaveHeld(BASE, new byte[] {1, 2}, 6));
        assertTrue(memory.mayHaveHeld(BASE, new byte[] {1, 2}, 5));
    }

    @Test
    void holdsEitherValueAfterAWriteThatMayHaveHappened() {
        memory.write(BASE, OLD, 1);
        memory.mayWrite(BASE, NEW, 3);
        assertTrue(memory.mayHold(BASE, OLD));
        assertTrue(memory.mayHold(BASE, NEW));
        memory.seen(BASE, NEW, 4);
        assertFalse(memory.mayHold(BASE, OLD));
        assertTrue(memory.mayHaveHeld(BASE, OLD, 4));
        assertFalse(memory.mayHaveHeld(BASE, OLD, 5));
    }

    @Test
    void changedSinceAnInstantOnlyWhereAValueEndedThenOrLater() {
        memory.write(BASE + 8, OLD, 1);
        memory.write(BASE + 8, NEW, 5);
        assertTrue(memory.changedSince(BASE + 8, 8, 5));
        assertFalse(memory.changedSince(BASE + 8, 8, 6));
        assertFalse(memory.changedSince(BASE, 8, 5));
        assertTrue(memory.changedSince(BASE + 4, 5, 5));
        assertFalse(memory.changedSince(BASE + 16, 8, 0));
    }

    @Test
    void aWriteWhileNothingMayReadLeavesNoPast() {
        memory.readable(false, 1);
        memory.write(BASE, OLD, 2);
        memory.write(BASE, NEW, 3);
        memory.readable(true, 4);
        assertFalse(memory.mayHaveHeld(BASE, OLD, 2));
        assertTrue(memory.mayHold(BASE, NEW));
    }

    @Test
    void whatIsForgottenHasNotBeenHeld() {
        memory.write(BASE, OLD, 1);
        memory.write(BASE, NEW, 5);
        memory.forgetBefore(6);
        assertFalse(memory.mayHaveHeld(BASE, OLD, 5));
        assertTrue(memory.mayHold(BASE, NEW));
        assertFalse(memory.changedSince(BASE, 8, 0));
    }

    @Test
    void memoryThatHelloDoesNotNameAborts() {
        ExternalAbort abort = assertThrows(ExternalAbort.class, () -> memory.mayHold(BASE + 0xFFC, OLD));
        assertEquals(BASE + 0x1000, abort.address());
    }
}
