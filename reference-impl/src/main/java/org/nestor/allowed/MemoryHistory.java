package org.nestor.allowed;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nestor.memory.MemoryRegion;
import org.nestor.memory.PhysicalMemory;
import org.nestor.memory.SparseMemory;
import org.nestor.rule.Rule;

/**
 * Physical memory as somebody outside an SMMU knows it: what each doubleword holds, may hold, and held before. The past begins where an
 * SMMU may first have read: what was overwritten before that nobody can have seen.
 */
public final class MemoryHistory {
    private static final long ACCESS_FLAG = 1L << 10;
    private static final long READ_ONLY = 1L << 7;
    private static final long DIRTY_BIT_MODIFIER = 1L << 51;
    private static final int WORD_BYTES = 8;

    private final SparseMemory now;
    private final VersionTable past = new VersionTable();
    private final List<MemoryRegion> devices;
    private long unsettledFrom;
    private long unsettledBytes;
    private int hardwareUpdates;
    private boolean readable;
    private long readableUntil = WordVersions.NEVER;

    public MemoryHistory(List<MemoryRegion> regions) {
        this.now = new SparseMemory(regions);
        this.devices = regions.stream().filter(MemoryRegion::device).toList();
    }

    /** Whether a device answers here: what it holds nobody knows. */
    public boolean device(long address) {
        for (MemoryRegion device : devices) {
            if (device.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** From now on anything may be written into a range, until {@link #settle}: what it holds is not known. */
    public void unsettle(long address, long bytes) {
        unsettledFrom = address;
        unsettledBytes = bytes;
    }

    /** What memory holds is known again. */
    public void settle() {
        unsettledBytes = 0;
    }

    /** Whether it is not known what is read here. */
    boolean unknown(long address) {
        return device(address) || Long.compareUnsigned(address - unsettledFrom, unsettledBytes) < 0;
    }

    /** What memory is taken to hold now. Not to be written through this view. */
    public PhysicalMemory now() {
        return now;
    }

    /**
     * Whether an SMMU may read structures from this instant on: never before it is enabled, nor while it is disabled.
     *
     * @param possible true from when SMMUEN may be 1
     */
    @Rule("C-CFG-10")
    public void readable(boolean possible, long at) {
        if (readable && !possible) {
            readableUntil = at;
        }
        readable = possible;
    }

    /**
     * Lets an SMMU update descriptors on its own.
     *
     * @param httu IDR0.HTTU: 0 no updates, 1 the Access flag, 2 the dirty state too
     */
    public void hardwareUpdates(int httu) {
        hardwareUpdates = httu;
    }

    /**
     * Memory was written.
     *
     * @param at the instant
     * @throws org.nestor.memory.ExternalAbort if a byte lies outside every region; then nothing was written
     */
    public void write(long address, byte[] data, long at) {
        now.requireMapped(address, data.length);
        for (int done = 0; done < data.length; ) {
            int length = Math.min(data.length - done, WORD_BYTES - (int) (address + done & 7));
            write(address + done, mask(address + done, length), bits(address + done, data, done, length), at);
            done += length;
        }
    }

    private void write(long address, long mask, long bits, long at) {
        long word = address & -WORD_BYTES;
        long before = now.read64(word);
        long after = before & ~mask | bits;
        WordVersions versions = past.get(word);
        if (versions == null) {
            if (before == after) {
                return;
            }
            if (!readable && readableUntil == WordVersions.NEVER) {
                now.write64(word, after);
                return;
            }
            versions = new WordVersions(before);
            past.put(word, versions);
        }
        long[] held = present(versions);
        versions.end(readable ? at : readableUntil);
        for (long value : held) {
            versions.add(value & ~mask | bits, at);
        }
        now.write64(word, after);
    }

    private static long[] present(WordVersions versions) {
        int count = 0;
        for (int i = 0; i < versions.count(); i++) {
            count += versions.present(i) ? 1 : 0;
        }
        long[] held = new long[count];
        for (int i = 0; i < versions.count(); i++) {
            if (versions.present(i)) {
                held[--count] = versions.value(i);
            }
        }
        return held;
    }

    /**
     * Memory may have been written, at this instant or at any later one: it holds these bytes, or what it held.
     *
     * @throws org.nestor.memory.ExternalAbort if a byte lies outside every region
     */
    public void mayWrite(long address, byte[] data, long from) {
        now.requireMapped(address, data.length);
        for (int done = 0; done < data.length; ) {
            int length = Math.min(data.length - done, WORD_BYTES - (int) (address + done & 7));
            long mask = mask(address + done, length);
            long bits = bits(address + done, data, done, length);
            long word = address + done & -WORD_BYTES;
            WordVersions versions = past.get(word);
            if (versions == null) {
                versions = new WordVersions(now.read64(word));
                past.put(word, versions);
            }
            for (long value : present(versions)) {
                versions.add(value & ~mask | bits, from);
            }
            done += length;
        }
    }

    /** Whether memory may hold these bytes now. */
    public boolean mayHold(long address, byte[] data) {
        return mayHaveHeld(address, data, WordVersions.NOW);
    }

    /**
     * Whether memory may hold these bytes now, or may have held them since an instant, each doubleword by itself.
     *
     * @throws org.nestor.memory.ExternalAbort if a byte lies outside every region
     */
    public boolean mayHaveHeld(long address, byte[] data, long since) {
        now.requireMapped(address, data.length);
        for (int done = 0; done < data.length; ) {
            int length = Math.min(data.length - done, WORD_BYTES - (int) (address + done & 7));
            long mask = mask(address + done, length);
            long bits = bits(address + done, data, done, length);
            if (held(address + done & -WORD_BYTES, mask, bits, since).isEmpty()) {
                return false;
            }
            done += length;
        }
        return true;
    }

    /** These bytes were seen in memory, which ends all doubt about them. */
    public void seen(long address, byte[] data, long at) {
        now.requireMapped(address, data.length);
        for (int done = 0; done < data.length; ) {
            int length = Math.min(data.length - done, WORD_BYTES - (int) (address + done & 7));
            long mask = mask(address + done, length);
            long bits = bits(address + done, data, done, length);
            long word = address + done & -WORD_BYTES;
            Optional<Long> held = held(word, mask, bits, WordVersions.NOW);
            WordVersions versions = past.get(word);
            if (held.isEmpty() || versions == null || (held.get() & mask) != bits) {
                write(address + done, mask, bits, at);
            } else {
                versions.keepPresent(mask, bits, at);
                now.write64(word, held.get());
            }
            done += length;
        }
    }

    /** Whether memory may have held anything else somewhere in a range since an instant. */
    public boolean changedSince(long address, int length, long since) {
        for (long word = address & -WORD_BYTES; word < address + length; word += WORD_BYTES) {
            WordVersions versions = past.get(word);
            if (versions != null && versions.changedSince(since)) {
                return true;
            }
        }
        return false;
    }

    /** A value not ended before an instant that agrees with what was seen; an Access flag or dirty state may have come. */
    private Optional<Long> held(long word, long mask, long bits, long since) {
        WordVersions versions = past.get(word);
        if (versions == null) {
            long value = now.read64(word);
            return agrees(value, mask, bits) ? Optional.of(value) : Optional.empty();
        }
        Optional<Long> updated = Optional.empty();
        for (int i = 0; i < versions.count(); i++) {
            if (versions.until(i) >= since && (versions.value(i) & mask) == bits) {
                return Optional.of(versions.value(i));
            }
            if (versions.until(i) >= since && agrees(versions.value(i), mask, bits)) {
                updated = Optional.of(versions.value(i));
            }
        }
        return updated;
    }

    private boolean agrees(long value, long mask, long bits) {
        return (value & mask) == bits
                || hardwareUpdates > 0 && (updated(value, mask, bits) || updatedBigEndian(value, mask, bits));
    }

    private boolean updatedBigEndian(long value, long mask, long bits) {
        return updated(Long.reverseBytes(value), Long.reverseBytes(mask), Long.reverseBytes(bits));
    }

    /** Access flags may be set speculatively, and with them the state that a granted write marks. */
    @Rule("A-AFD-04")
    @Rule("A-NST-15")
    private boolean updated(long value, long mask, long seen) {
        boolean dirties = hardwareUpdates > 1 && (value & DIRTY_BIT_MODIFIER) != 0;
        long changed = (value ^ seen) & mask;
        long updatable = ACCESS_FLAG | (dirties ? READ_ONLY : 0);
        return (value & 1) != 0 && (changed & ~updatable) == 0 && (changed & ACCESS_FLAG & ~seen) == 0;
    }

    /** Whether a doubleword may have this very value now. */
    boolean maybe(long word, long value) {
        WordVersions versions = past.get(word);
        if (versions == null) {
            return now.read64(word) == value;
        }
        for (int i = 0; i < versions.count(); i++) {
            if (versions.present(i) && versions.value(i) == value) {
                return true;
            }
        }
        return false;
    }

    /** The past of a doubleword, null if it has none: asked for each word of a walk. */
    @Nullable
    WordVersions versions(long word) {
        return past.isEmpty() ? null : past.get(word);
    }

    /** Forgets what ended before an instant. */
    void forgetBefore(long instant) {
        past.retain(versions -> {
            versions.forgetBefore(instant);
            return !versions.settled();
        });
    }

    /** Every byte is zero, and nothing was ever anything else. */
    public void clear() {
        now.clear();
        past.clear();
        settle();
        readable = false;
        readableUntil = WordVersions.NEVER;
    }

    private static long mask(long address, int length) {
        return (length == WORD_BYTES ? -1L : (1L << Byte.SIZE * length) - 1) << Byte.SIZE * (int) (address & 7);
    }

    private static long bits(long address, byte[] data, int from, int length) {
        long bits = 0;
        for (int i = length - 1; i >= 0; i--) {
            bits = bits << Byte.SIZE | data[from + i] & 0xFFL;
        }
        return bits << Byte.SIZE * (int) (address & 7);
    }
}
