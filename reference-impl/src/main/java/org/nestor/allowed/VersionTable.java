package org.nestor.allowed;

import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The past of doublewords by their address: an open-addressing table, as it is asked for each word of each walk. */
final class VersionTable {
    private static final int SMALLEST = 64;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private long[] addresses = new long[SMALLEST];
    private @Nullable WordVersions[] versions = new WordVersions[SMALLEST];
    private int count;

    boolean isEmpty() {
        return count == 0;
    }

    @Nullable
    WordVersions get(long address) {
        return versions[slot(address)];
    }

    void put(long address, WordVersions past) {
        if (2 * count >= versions.length) {
            resize(2 * versions.length, found -> true);
        }
        int slot = slot(address);
        count += versions[slot] == null ? 1 : 0;
        addresses[slot] = address;
        versions[slot] = past;
    }

    /** Drops what the predicate does not want. */
    void retain(Predicate<WordVersions> wanted) {
        resize(versions.length, wanted);
    }

    void clear() {
        if (count > 0) {
            Arrays.fill(versions, null);
            count = 0;
        }
    }

    /** Where the address is, or belongs. */
    private int slot(long address) {
        int mask = versions.length - 1;
        int slot = (int) (address * SPREAD >>> 32) & mask;
        while (versions[slot] != null && addresses[slot] != address) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void resize(int capacity, Predicate<WordVersions> wanted) {
        long[] oldAddresses = addresses;
        @Nullable WordVersions[] old = versions;
        addresses = new long[capacity];
        versions = new WordVersions[capacity];
        count = 0;
        for (int i = 0; i < old.length; i++) {
            WordVersions past = old[i];
            if (past != null && wanted.test(past)) {
                put(oldAddresses[i], past);
            }
        }
    }
}
