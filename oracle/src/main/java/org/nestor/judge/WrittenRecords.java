package org.nestor.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nestor.smmu.format.EventRecord;

/** The entries of the event queue that are known to be written and that software has not taken, oldest first. */
final class WrittenRecords {
    private final QueueRing ring;
    private final List<Entry> entries = new ArrayList<>();

    /**
     * An entry that is known to be written.
     *
     * @param notBefore the exchange before which it was not written
     * @param notAfter the exchange after which it was not
     * @param record its content, once it was read
     * @param bySoftware it is an entry only because software set PROD
     */
    record Entry(int position, long notBefore, long notAfter, Optional<EventRecord> record, boolean bySoftware) {

        /** Whether it is known what it holds: what software wrote there, or what was read. */
        boolean known() {
            return bySoftware || record.isPresent();
        }
    }

    WrittenRecords(QueueRing ring) {
        this.ring = ring;
    }

    int size() {
        return entries.size();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    Entry get(int index) {
        return entries.get(index);
    }

    /** The SMMU has written an entry, at some time between two exchanges. */
    void add(int position, long notBefore, long notAfter) {
        entries.add(new Entry(position, notBefore, notAfter, Optional.empty(), false));
    }

    /** Software has set PROD behind an entry. */
    void addBySoftware(int position, long at) {
        entries.add(new Entry(position, at, at, Optional.empty(), true));
    }

    /** What an entry holds was read. */
    void read(int index, EventRecord record) {
        Entry entry = entries.get(index);
        entries.set(
                index, new Entry(entry.position(), entry.notBefore(), entry.notAfter(), Optional.of(record), false));
    }

    /** Whether the content of each was read. */
    boolean allRead() {
        return entries.stream().allMatch(entry -> entry.record().isPresent());
    }

    /** Software takes the oldest. Returns whether it has read them before. */
    boolean take(int count) {
        List<Entry> taken = entries.subList(0, count);
        boolean read = taken.stream().allMatch(entry -> entry.record().isPresent());
        taken.clear();
        return read;
    }

    void clear() {
        entries.clear();
    }

    /** The entry at an index of the ring, if it is one of these. */
    Optional<Entry> at(int index) {
        return entries.stream()
                .filter(entry -> ring.indexAt(ring.address(entry.position())) == index)
                .findFirst();
    }

    /**
     * Whether a write of somebody else may reach what is not known: an entry that nobody has read, or one that is still to come.
     *
     * @param next where the first of those to come will be
     * @param outstanding how many may come
     */
    boolean unknownIn(long address, int length, int next, int outstanding) {
        for (Entry entry : entries) {
            if (!entry.known() && meets(entry.position(), address, length)) {
                return true;
            }
        }
        for (int i = 0; i < Math.min(outstanding, ring.entries() - entries.size()); i++) {
            if (meets(ring.position(next + i), address, length)) {
                return true;
            }
        }
        return false;
    }

    private boolean meets(int position, long address, int length) {
        long entry = ring.address(position);
        return entry < address + length && address < entry + EventRecord.BYTES;
    }
}
