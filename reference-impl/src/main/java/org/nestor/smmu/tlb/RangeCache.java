package org.nestor.smmu.tlb;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Entries that each serve one naturally aligned power-of-two range of keys, and of those only look-ups with fitting tags: a hash
 * table over (range, size) that is asked once for each size in use, the smallest first.
 *
 * <p>Tags are bits; an entry says which of them a look-up must share with it, as a ternary memory does. A hit allocates nothing: an
 * entry is held in the {@link Optional} that answers for it, and the last answer is kept at hand.
 *
 * @param <E> entries
 */
final class RangeCache<E> {
    private static final int FIRST_BUCKETS = 64;
    private static final int SHIFT_BITS = 6;

    /** Whether an entry is to go, by the first key of its range and log2 of the number of keys. */
    @FunctionalInterface
    interface Condition<E> {
        boolean holds(long key, int shift, E entry);
    }

    private static final class Node<E> {
        private final long place;
        private final long tags;
        private final long mask;
        private final Optional<E> answer;
        private @Nullable Node<E> next;
        private long lastUse;

        private Node(long place, long tags, long mask, Optional<E> answer) {
            this.place = place;
            this.tags = tags;
            this.mask = mask;
            this.answer = answer;
        }

        private boolean serves(long wantedPlace, long wantedTags) {
            return place == wantedPlace && ((tags ^ wantedTags) & mask) == 0;
        }

        private boolean fits(Condition<E> condition) {
            return condition.holds(place >>> SHIFT_BITS << shift(), shift(), answer.orElseThrow());
        }

        private int shift() {
            return (int) place & (1 << SHIFT_BITS) - 1;
        }
    }

    private final int capacity;
    private final int[] sizes = new int[Long.SIZE];
    private long sizesInUse;
    private @Nullable Node<E>[] buckets = emptyBuckets(FIRST_BUCKETS);
    private int used;
    private long clock;
    private long lastKey;
    private long lastTags;
    private Optional<E> lastAnswer = Optional.empty();

    /** A cache of at most that many entries, at least 1; beyond it the least recently used one goes. */
    RangeCache(int capacity) {
        this.capacity = capacity;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <E> @Nullable Node<E>[] emptyBuckets(int count) {
        return new Node[count];
    }

    int size() {
        return used;
    }

    /** The entry with the smallest range that covers the key and that the tags fit. */
    Optional<E> find(long key, long tags) {
        return key == lastKey && tags == lastTags && lastAnswer.isPresent() ? lastAnswer : search(key, tags);
    }

    private Optional<E> search(long key, long tags) {
        for (long rest = sizesInUse; rest != 0; rest &= rest - 1) {
            long place = placeOf(key, Long.numberOfTrailingZeros(rest));
            Node<E> node = buckets[bucketOf(place)];
            while (node != null) {
                if (node.serves(place, tags)) {
                    node.lastUse = ++clock;
                    lastKey = key;
                    lastTags = tags;
                    lastAnswer = node.answer;
                    return node.answer;
                }
                node = node.next;
            }
        }
        return Optional.empty();
    }

    /**
     * Adds an entry for the range of 2^shift keys around {@code key}, in place of one that serves look-ups with the same tags.
     *
     * @param mask the bits of {@code tags} that a look-up must share
     */
    void put(long key, int shift, long tags, long mask, E entry) {
        long place = placeOf(key, shift);
        int bucket = bucketOf(place);
        for (Node<E> node = buckets[bucket]; node != null; node = node.next) {
            if (node.serves(place, tags)) {
                remove(bucket, node);
            }
        }
        if (used >= capacity) {
            evict();
        } else if (used >= buckets.length) {
            grow();
        }
        Node<E> added = new Node<>(place, tags, mask, Optional.of(entry));
        added.lastUse = ++clock;
        link(added);
        used++;
        sizes[shift]++;
        sizesInUse |= 1L << shift;
        lastAnswer = Optional.empty();
    }

    /** Removes the entries whose range covers the key and that fit the condition. */
    void removeAt(long key, Condition<E> condition) {
        for (long rest = sizesInUse; rest != 0; rest &= rest - 1) {
            long place = placeOf(key, Long.numberOfTrailingZeros(rest));
            int bucket = bucketOf(place);
            for (Node<E> node = buckets[bucket]; node != null; node = node.next) {
                if (node.place == place && node.fits(condition)) {
                    remove(bucket, node);
                }
            }
        }
    }

    /** Removes every entry that fits the condition. */
    void removeIf(Condition<E> condition) {
        for (int bucket = 0; used > 0 && bucket < buckets.length; bucket++) {
            for (Node<E> node = buckets[bucket]; node != null; node = node.next) {
                if (node.fits(condition)) {
                    remove(bucket, node);
                }
            }
        }
    }

    /** The number of the range among those of its size, and the size. Keys of small ranges have at most 58 bits. */
    private static long placeOf(long key, int shift) {
        return key >>> shift << SHIFT_BITS | shift;
    }

    private int bucketOf(long place) {
        return (int) (place * 0x9E3779B97F4A7C15L >>> 32) & buckets.length - 1;
    }

    private void link(Node<E> node) {
        int bucket = bucketOf(node.place);
        node.next = buckets[bucket];
        buckets[bucket] = node;
    }

    private void remove(int bucket, Node<E> gone) {
        Node<E> previous = null;
        for (Node<E> node = buckets[bucket]; node != null && !node.equals(gone); node = node.next) {
            previous = node;
        }
        if (previous == null) {
            buckets[bucket] = gone.next;
        } else {
            previous.next = gone.next;
        }
        used--;
        if (--sizes[gone.shift()] == 0) {
            sizesInUse &= ~(1L << gone.shift());
        }
        lastAnswer = Optional.empty();
    }

    private void evict() {
        Node<E> oldest = null;
        for (Node<E> head : buckets) {
            for (Node<E> node = head; node != null; node = node.next) {
                oldest = oldest == null || node.lastUse < oldest.lastUse ? node : oldest;
            }
        }
        if (oldest != null) {
            remove(bucketOf(oldest.place), oldest);
        }
    }

    private void grow() {
        @Nullable Node<E>[] old = buckets;
        buckets = emptyBuckets(old.length * 2);
        for (Node<E> head : old) {
            Node<E> node = head;
            while (node != null) {
                Node<E> following = node.next;
                link(node);
                node = following;
            }
        }
    }
}
