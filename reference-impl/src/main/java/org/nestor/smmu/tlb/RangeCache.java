package org.nestor.smmu.tlb;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nestor.rule.Rule;

/**
 * Entries that each serve one naturally aligned power-of-two range of keys, and of those only look-ups with fitting tags: a hash
 * table over (range, size) that is asked once for each size in use, the smallest first.
 *
 * <p>Tags are bits; an entry says which of them a look-up must share with it, as a ternary memory does. What is held is what a look-up
 * answers, so that a hit allocates nothing.
 *
 * @param <A> answers
 */
final class RangeCache<A> {
    private static final int FIRST_BUCKETS = 64;
    private static final int SHIFT_BITS = 6;

    /** Whether an entry is to go, by the first key of its range and log2 of the number of keys. */
    @FunctionalInterface
    interface Condition<A> {
        boolean holds(long key, int shift, A answer);
    }

    private static final class Node<A> {
        private final long place;
        private final long tags;
        private final long mask;
        private final A answer;
        private @Nullable Node<A> next;
        private long lastUse;

        private Node(long place, long tags, long mask, A answer) {
            this.place = place;
            this.tags = tags;
            this.mask = mask;
            this.answer = answer;
        }

        private boolean serves(long wantedPlace, long wantedTags) {
            return place == wantedPlace && ((tags ^ wantedTags) & mask) == 0;
        }

        private boolean fits(Condition<A> condition) {
            return condition.holds(place >>> SHIFT_BITS << shift(), shift(), answer);
        }

        private int shift() {
            return (int) place & (1 << SHIFT_BITS) - 1;
        }
    }

    private final int capacity;
    private final boolean bounded;
    private final A nothing;
    private final int[] sizes = new int[Long.SIZE];
    private long sizesInUse;
    private @Nullable Node<A>[] buckets = emptyBuckets(FIRST_BUCKETS);
    private int used;
    private long clock;

    /**
     * An empty cache.
     *
     * @param capacity most entries, at least 1; beyond it the least recently used one goes
     * @param nothing the answer where no entry serves
     */
    RangeCache(int capacity, A nothing) {
        this.capacity = capacity;
        this.bounded = capacity != Integer.MAX_VALUE;
        this.nothing = nothing;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <A> @Nullable Node<A>[] emptyBuckets(int count) {
        return new Node[count];
    }

    int size() {
        return used;
    }

    /** Tells every entry's answer, in no particular order. */
    void forEach(Consumer<A> reader) {
        for (Node<A> head : buckets) {
            for (Node<A> node = head; node != null; node = node.next) {
                reader.accept(node.answer);
            }
        }
    }

    /** The answer of the smallest range that covers the key and that the tags fit. */
    A find(long key, long tags) {
        for (long rest = sizesInUse; rest != 0; rest &= rest - 1) {
            long place = placeOf(key, Long.numberOfTrailingZeros(rest));
            Node<A> node = buckets[bucketOf(place)];
            while (node != null) {
                if (node.serves(place, tags)) {
                    if (bounded) {
                        node.lastUse = ++clock;
                    }
                    return node.answer;
                }
                node = node.next;
            }
        }
        return nothing;
    }

    /**
     * Adds an entry for the range of 2^shift keys around {@code key}, in place of one that serves look-ups with the same tags.
     *
     * @param mask the bits of {@code tags} that a look-up must share
     */
    void put(long key, int shift, long tags, long mask, A answer) {
        long place = placeOf(key, shift);
        int bucket = bucketOf(place);
        for (Node<A> node = buckets[bucket]; node != null; node = node.next) {
            if (node.serves(place, tags)) {
                remove(bucket, node);
            }
        }
        if (used >= capacity) {
            evict();
        } else if (used >= buckets.length) {
            grow();
        }
        Node<A> added = new Node<>(place, tags, mask, answer);
        added.lastUse = ++clock;
        link(added);
        used++;
        sizes[shift]++;
        sizesInUse |= 1L << shift;
    }

    /** Removes the entries whose range covers the key and that fit the condition. */
    void removeAt(long key, Condition<A> condition) {
        for (long rest = sizesInUse; rest != 0; rest &= rest - 1) {
            long place = placeOf(key, Long.numberOfTrailingZeros(rest));
            int bucket = bucketOf(place);
            for (Node<A> node = buckets[bucket]; node != null; node = node.next) {
                if (node.place == place && node.fits(condition)) {
                    remove(bucket, node);
                }
            }
        }
    }

    /** Removes every entry that fits the condition. */
    void removeIf(Condition<A> condition) {
        for (int bucket = 0; used > 0 && bucket < buckets.length; bucket++) {
            for (Node<A> node = buckets[bucket]; node != null; node = node.next) {
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

    private void link(Node<A> node) {
        int bucket = bucketOf(node.place);
        node.next = buckets[bucket];
        buckets[bucket] = node;
    }

    private void remove(int bucket, Node<A> gone) {
        Node<A> previous = null;
        for (Node<A> node = buckets[bucket]; node != null && !node.equals(gone); node = node.next) {
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
    }

    @Rule("C-TLB-09")
    private void evict() {
        Node<A> oldest = null;
        for (Node<A> head : buckets) {
            for (Node<A> node = head; node != null; node = node.next) {
                oldest = oldest == null || node.lastUse < oldest.lastUse ? node : oldest;
            }
        }
        if (oldest != null) {
            remove(bucketOf(oldest.place), oldest);
        }
    }

    private void grow() {
        @Nullable Node<A>[] old = buckets;
        buckets = emptyBuckets(old.length * 2);
        for (Node<A> head : old) {
            Node<A> node = head;
            while (node != null) {
                Node<A> following = node.next;
                link(node);
                node = following;
            }
        }
    }
}
