package org.nestor.smmu.tlb;

import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Entries that each serve one naturally aligned power-of-two range of keys, and of those only look-ups with fitting tags: a hash
 * table over (range, size) that is asked once for each size in use, the smallest first.
 *
 * <p>A hit allocates nothing: an entry is held in the {@link Optional} that answers for it.
 *
 * @param <T> tags that a look-up carries
 * @param <E> entries
 */
final class RangeCache<T, E> {
    private static final int FIRST_BUCKETS = 64;

    /** Whether an entry serves look-ups with these tags. */
    @FunctionalInterface
    interface Match<T, E> {
        boolean serves(E entry, T tags);
    }

    /** Whether an entry is to go, by the first key of its range and log2 of the number of keys. */
    @FunctionalInterface
    interface Condition<E> {
        boolean holds(long key, int shift, E entry);
    }

    private static final class Node<E> {
        private final long number;
        private final int shift;
        private final Optional<E> answer;
        private @Nullable Node<E> next;
        private long lastUse;

        private Node(long number, int shift, E entry, @Nullable Node<E> next) {
            this.number = number;
            this.shift = shift;
            this.answer = Optional.of(entry);
            this.next = next;
        }

        private boolean fits(Condition<E> condition) {
            return condition.holds(number << shift, shift, entry());
        }

        private E entry() {
            return answer.orElseThrow();
        }
    }

    private final Match<T, E> match;
    private final int capacity;
    private @Nullable Node<E>[] buckets = emptyBuckets(FIRST_BUCKETS);
    private final int[] sizes = new int[Long.SIZE];
    private long sizesInUse;
    private int used;
    private long clock;

    RangeCache(int capacity, Match<T, E> match) {
        this.capacity = capacity;
        this.match = match;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <E> @Nullable Node<E>[] emptyBuckets(int count) {
        return new Node[count];
    }

    int size() {
        return used;
    }

    /** The entry with the smallest range that covers the key and serves the tags. */
    Optional<E> find(long key, T tags) {
        for (long rest = sizesInUse; rest != 0; rest &= rest - 1) {
            int shift = Long.numberOfTrailingZeros(rest);
            long number = key >>> shift;
            Node<E> node = buckets[bucketOf(number, shift)];
            while (node != null) {
                if (node.number == number && node.shift == shift && match.serves(node.entry(), tags)) {
                    node.lastUse = ++clock;
                    return node.answer;
                }
                node = node.next;
            }
        }
        return Optional.empty();
    }

    /** Adds an entry for the range of 2^shift keys around {@code key}, in place of one that serves the same look-ups. */
    void put(long key, int shift, T tags, E entry) {
        long number = key >>> shift;
        removeFrom(
                bucketOf(number, shift),
                node -> node.number == number && node.shift == shift && match.serves(node.entry(), tags));
        if (used >= capacity) {
            evict();
        } else if (used >= buckets.length) {
            grow();
        }
        int bucket = bucketOf(number, shift);
        Node<E> node = new Node<>(number, shift, entry, buckets[bucket]);
        node.lastUse = ++clock;
        buckets[bucket] = node;
        used++;
        sizes[shift]++;
        sizesInUse |= 1L << shift;
    }

    /** Removes the entries whose range covers the key and that fit the condition. */
    void removeAt(long key, Condition<E> condition) {
        for (long rest = sizesInUse; rest != 0; rest &= rest - 1) {
            int shift = Long.numberOfTrailingZeros(rest);
            long number = key >>> shift;
            removeFrom(
                    bucketOf(number, shift),
                    node -> node.number == number && node.shift == shift && node.fits(condition));
        }
    }

    /** Removes every entry that fits the condition. */
    void removeIf(Condition<E> condition) {
        if (used == 0) {
            return;
        }
        for (int bucket = 0; bucket < buckets.length; bucket++) {
            if (buckets[bucket] != null) {
                removeFrom(bucket, node -> node.fits(condition));
            }
        }
    }

    private int bucketOf(long number, int shift) {
        return (int) ((number ^ (long) shift << 58) * 0x9E3779B97F4A7C15L >>> 32) & buckets.length - 1;
    }

    private void grow() {
        @Nullable Node<E>[] old = buckets;
        buckets = emptyBuckets(old.length * 2);
        for (Node<E> head : old) {
            Node<E> node = head;
            while (node != null) {
                Node<E> following = node.next;
                int bucket = bucketOf(node.number, node.shift);
                node.next = buckets[bucket];
                buckets[bucket] = node;
                node = following;
            }
        }
    }

    private void evict() {
        Node<E> oldest = null;
        for (Node<E> head : buckets) {
            for (Node<E> node = head; node != null; node = node.next) {
                oldest = oldest == null || node.lastUse < oldest.lastUse ? node : oldest;
            }
        }
        if (oldest != null) {
            long stamp = oldest.lastUse;
            removeFrom(bucketOf(oldest.number, oldest.shift), node -> node.lastUse == stamp);
        }
    }

    private void removeFrom(int bucket, Predicate<Node<E>> condition) {
        Node<E> previous = null;
        Node<E> node = buckets[bucket];
        while (node != null) {
            if (condition.test(node)) {
                unlink(bucket, previous, node);
            } else {
                previous = node;
            }
            node = node.next;
        }
    }

    private void unlink(int bucket, @Nullable Node<E> previous, Node<E> node) {
        if (previous == null) {
            buckets[bucket] = node.next;
        } else {
            previous.next = node.next;
        }
        used--;
        if (--sizes[node.shift] == 0) {
            sizesInUse &= ~(1L << node.shift);
        }
    }
}
