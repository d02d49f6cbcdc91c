package org.nestor.smmu.tlb;

import java.util.Arrays;
import java.util.Optional;

/**
 * Entries that each serve one naturally aligned power-of-two range of keys, and of those only look-ups with fitting tags: an
 * open-addressing table over (range, size) that is asked once for each size in use, the smallest first.
 *
 * <p>Tags are bits; an entry says which of them a look-up must share with it, as a ternary memory does. A hit allocates nothing: an
 * entry is held in the {@link Optional} that answers for it.
 *
 * @param <E> entries
 */
final class RangeCache<E> {
    private static final int FIRST_SLOTS = 64;
    private static final int SHIFT_BITS = 6;
    private static final long FREE = -1;
    private static final long REMOVED = -2;

    /** Whether an entry is to go, by the first key of its range and log2 of the number of keys. */
    @FunctionalInterface
    interface Condition<E> {
        boolean holds(long key, int shift, E entry);
    }

    private final int capacity;
    private final int[] sizes = new int[Long.SIZE];
    private long sizesInUse;
    private long[] places;
    private long[] tags;
    private long[] masks;
    private long[] uses;
    private Optional<E>[] answers;
    private int used;
    private int occupied;
    private long clock;

    /** A cache of at most that many entries, at least 1; beyond it the least recently used one goes. */
    RangeCache(int capacity) {
        this.capacity = capacity;
        this.places = freeSlots(FIRST_SLOTS);
        this.tags = new long[FIRST_SLOTS];
        this.masks = new long[FIRST_SLOTS];
        this.uses = new long[FIRST_SLOTS];
        this.answers = noAnswers(FIRST_SLOTS);
    }

    private static long[] freeSlots(int count) {
        long[] slots = new long[count];
        Arrays.fill(slots, FREE);
        return slots;
    }

    @SuppressWarnings("unchecked")
    private static <E> Optional<E>[] noAnswers(int count) {
        Optional<E>[] answers = (Optional<E>[]) new Optional<?>[count];
        Arrays.fill(answers, Optional.empty());
        return answers;
    }

    int size() {
        return used;
    }

    /** The entry with the smallest range that covers the key and that the tags fit. */
    Optional<E> find(long key, long lookUpTags) {
        for (long rest = sizesInUse; rest != 0; rest &= rest - 1) {
            int slot = slotOf(placeOf(key, Long.numberOfTrailingZeros(rest)), lookUpTags);
            if (slot >= 0) {
                uses[slot] = ++clock;
                return answers[slot];
            }
        }
        return Optional.empty();
    }

    /**
     * Adds an entry for the range of 2^shift keys around {@code key}, in place of one that serves look-ups with the same tags.
     *
     * @param mask the bits of {@code entryTags} that a look-up must share
     */
    void put(long key, int shift, long entryTags, long mask, E entry) {
        long place = placeOf(key, shift);
        int known = slotOf(place, entryTags);
        if (known >= 0) {
            remove(known);
        }
        if (used >= capacity) {
            evict();
        }
        if (occupied * 2 >= places.length) {
            rebuild();
        }
        insert(place, entryTags, mask, ++clock, Optional.of(entry));
    }

    /** Removes the entries whose range covers the key and that fit the condition. */
    void removeAt(long key, Condition<E> condition) {
        for (long rest = sizesInUse; rest != 0; rest &= rest - 1) {
            long place = placeOf(key, Long.numberOfTrailingZeros(rest));
            for (int slot = firstSlot(place); places[slot] != FREE; slot = slot + 1 & places.length - 1) {
                if (places[slot] == place && fits(slot, condition)) {
                    remove(slot);
                }
            }
        }
    }

    /** Removes every entry that fits the condition. */
    void removeIf(Condition<E> condition) {
        for (int slot = 0; used > 0 && slot < places.length; slot++) {
            if (places[slot] >= 0 && fits(slot, condition)) {
                remove(slot);
            }
        }
    }

    /** The number of the range among those of its size, and the size. Keys of small ranges have at most 58 bits. */
    private static long placeOf(long key, int shift) {
        return (key >>> shift << SHIFT_BITS | shift) & Long.MAX_VALUE;
    }

    private static int shiftOf(long place) {
        return (int) place & (1 << SHIFT_BITS) - 1;
    }

    private int firstSlot(long place) {
        return (int) (place * 0x9E3779B97F4A7C15L >>> 32) & places.length - 1;
    }

    /** The slot of the range whose entry the tags fit, or -1. */
    private int slotOf(long place, long lookUpTags) {
        for (int slot = firstSlot(place); places[slot] != FREE; slot = slot + 1 & places.length - 1) {
            if (places[slot] == place && ((lookUpTags ^ tags[slot]) & masks[slot]) == 0) {
                return slot;
            }
        }
        return -1;
    }

    private boolean fits(int slot, Condition<E> condition) {
        int shift = shiftOf(places[slot]);
        return condition.holds(places[slot] >>> SHIFT_BITS << shift, shift, answers[slot].orElseThrow());
    }

    private void insert(long place, long entryTags, long mask, long use, Optional<E> answer) {
        int slot = firstSlot(place);
        while (places[slot] >= 0) {
            slot = slot + 1 & places.length - 1;
        }
        occupied += places[slot] == FREE ? 1 : 0;
        places[slot] = place;
        tags[slot] = entryTags;
        masks[slot] = mask;
        uses[slot] = use;
        answers[slot] = answer;
        used++;
        sizes[shiftOf(place)]++;
        sizesInUse |= 1L << shiftOf(place);
    }

    private void remove(int slot) {
        int shift = shiftOf(places[slot]);
        places[slot] = REMOVED;
        answers[slot] = Optional.empty();
        used--;
        if (--sizes[shift] == 0) {
            sizesInUse &= ~(1L << shift);
        }
    }

    private void evict() {
        int oldest = -1;
        for (int slot = 0; slot < places.length; slot++) {
            if (places[slot] >= 0 && (oldest < 0 || uses[slot] < uses[oldest])) {
                oldest = slot;
            }
        }
        remove(oldest);
    }

    /** Drops the traces of removed entries, and makes room if the entries themselves take up a quarter of the slots. */
    private void rebuild() {
        long[] oldPlaces = places;
        long[] oldTags = tags;
        long[] oldMasks = masks;
        long[] oldUses = uses;
        Optional<E>[] oldAnswers = answers;
        int slots = used * 4 >= places.length ? places.length * 2 : places.length;
        places = freeSlots(slots);
        tags = new long[slots];
        masks = new long[slots];
        uses = new long[slots];
        answers = noAnswers(slots);
        used = 0;
        occupied = 0;
        Arrays.fill(sizes, 0);
        for (int slot = 0; slot < oldPlaces.length; slot++) {
            if (oldPlaces[slot] >= 0) {
                insert(oldPlaces[slot], oldTags[slot], oldMasks[slot], oldUses[slot], oldAnswers[slot]);
            }
        }
    }
}
