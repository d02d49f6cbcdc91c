package org.nestor.judge;

import java.util.HashMap;
import java.util.Map;
import org.nestor.allowed.MemoryHistory;
import org.nestor.memory.ExternalAbort;
import org.nestor.smmu.command.Command;

/** The MSIs of CMD_SYNCs that may not have completed yet, as far as finding one in memory would tell that it has. */
final class SyncMessages {
    private static final int BYTES = 4;

    private final MemoryHistory memory;
    private final Interrupts interrupts;
    /** Where each telling message goes. */
    private final Map<PublishedCommand, Long> telling = new HashMap<>();

    SyncMessages(MemoryHistory memory, Interrupts interrupts) {
        this.memory = memory;
        this.interrupts = interrupts;
    }

    /** The CMD_SYNC may send its message from now on. It tells nothing if memory may hold the same already. */
    void mayBeSent(PublishedCommand entry) {
        Command.Sync sync = (Command.Sync) entry.command().orElseThrow();
        if (sync.signal() != Command.Signal.IRQ || sync.msiAddress() == 0) {
            return;
        }
        long target = interrupts.target(sync.msiAddress());
        try {
            if (!memory.mayHold(target, Interrupts.bytes(sync.msiData()))) {
                telling.put(entry, target);
            }
        } catch (ExternalAbort lost) {
            telling.remove(entry);
        }
    }

    void sent(PublishedCommand entry) {
        telling.remove(entry);
    }

    boolean none() {
        return telling.isEmpty();
    }

    /** Whether these bytes, found in memory, show that the CMD_SYNC has completed. */
    boolean shownBy(PublishedCommand entry, long address, byte[] data) {
        Long target = telling.get(entry);
        if (target == null || target < address || target + BYTES > address + data.length) {
            return false;
        }
        byte[] message = Interrupts.bytes(((Command.Sync) entry.command().orElseThrow()).msiData());
        for (int i = 0; i < BYTES; i++) {
            if (data[(int) (target - address) + i] != message[i]) {
                return false;
            }
        }
        return true;
    }

    /** Somebody else wrote there, so that what is found there tells nothing. */
    void memoryWritten(long address, int length) {
        if (!telling.isEmpty()) {
            telling.values().removeIf(target -> target < address + length && address < target + BYTES);
        }
    }
}
