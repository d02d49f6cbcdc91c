package org.nestor.smmu.tlb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.nestor.rule.Rule;

/** The hash table of ranges against a list. */
class RangeCacheProperties {

    /** An entry, which serves look-ups with its tag or, if it is shared, with any. */
    record Item(long key, int shift, int tag, boolean shared, int number) {
        boolean serves(int asked) {
            return shared || tag == asked;
        }

        boolean covers(long address) {
            return address >>> shift == key >>> shift;
        }
    }

    sealed interface Step {
        record Put(long key, int shift, int tag, boolean shared) implements Step {}

        record Find(long key, int tag) implements Step {}

        record RemoveAt(long key, int tag) implements Step {}

        record RemoveIf(int tag) implements Step {}
    }

    /** What a range cache should do, with the entry used last at the end. */
    private static final class Model {
        private final int capacity;
        private final List<Item> items = new ArrayList<>();

        Model(int capacity) {
            this.capacity = capacity;
        }

        void put(Item item) {
            items.removeIf(held -> held.shift() == item.shift() && held.covers(item.key()) && held.serves(item.tag()));
            if (items.size() == capacity) {
                items.remove(0);
            }
            items.add(item);
        }

        /** The candidates: of the smallest range, and serving the tag. */
        List<Item> find(long key, int tag) {
            List<Item> serving = items.stream()
                    .filter(item -> item.covers(key) && item.serves(tag))
                    .toList();
            Optional<Integer> smallest = serving.stream().map(Item::shift).min(Comparator.naturalOrder());
            return serving.stream()
                    .filter(item -> item.shift() == smallest.orElseThrow())
                    .toList();
        }

        void use(Item item) {
            items.remove(item);
            items.add(item);
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    @Rule("C-TLB-09")
    void behavesLikeAListOfRanges(@ForAll("capacities") int capacity, @ForAll("steps") List<Step> steps) {
        RangeCache<Optional<Item>> cache = new RangeCache<>(capacity, Optional.empty());
        Model model = new Model(capacity);
        for (int number = 0; number < steps.size(); number++) {
            apply(steps.get(number), number, cache, model);
            assertEquals(model.items.size(), cache.size());
        }
        for (int tag = 0; tag < 3; tag++) {
            for (long key = 0; key < 128; key++) {
                find(new Step.Find(key, tag), cache, model);
            }
        }
    }

    private static void apply(Step step, int number, RangeCache<Optional<Item>> cache, Model model) {
        if (step instanceof Step.Put put) {
            Item item = new Item(put.key(), put.shift(), put.tag(), put.shared(), number);
            cache.put(put.key(), put.shift(), put.tag(), put.shared() ? 0 : -1, Optional.of(item));
            model.put(item);
        } else if (step instanceof Step.Find find) {
            find(find, cache, model);
        } else if (step instanceof Step.RemoveAt remove) {
            cache.removeAt(remove.key(), (base, shift, item) -> tagOf(item) == remove.tag());
            model.items.removeIf(item -> item.covers(remove.key()) && item.tag() == remove.tag());
        } else if (step instanceof Step.RemoveIf remove) {
            cache.removeIf((base, shift, item) ->
                    base == item.orElseThrow().key() >>> shift << shift && tagOf(item) == remove.tag());
            model.items.removeIf(item -> item.tag() == remove.tag());
        }
    }

    private static int tagOf(Optional<Item> item) {
        return item.orElseThrow().tag();
    }

    private static void find(Step.Find find, RangeCache<Optional<Item>> cache, Model model) {
        Optional<Item> found = cache.find(find.key(), find.tag());
        List<Item> candidates = model.find(find.key(), find.tag());
        assertEquals(candidates.isEmpty(), found.isEmpty());
        if (found.isPresent()) {
            assertTrue(candidates.contains(found.get()), () -> found + " instead of " + candidates);
            model.use(found.get());
        }
    }

    @Provide
    Arbitrary<Integer> capacities() {
        return Arbitraries.of(1, 2, 4, 16, Integer.MAX_VALUE);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Long> keys = Arbitraries.longs().between(0, 127);
        Arbitrary<Integer> tags = Arbitraries.integers().between(0, 2);
        Arbitrary<Integer> shifts = Arbitraries.of(0, 0, 0, 1, 3, 5);
        Arbitrary<Step> puts = Combinators.combine(keys, shifts, tags, Arbitraries.of(true, false, false))
                .as(Step.Put::new);
        Arbitrary<Step> finds = Combinators.combine(keys, tags).as(Step.Find::new);
        Arbitrary<Step> removals = Combinators.combine(keys, tags).as(Step.RemoveAt::new);
        Arbitrary<Step> sweeps = tags.map(Step.RemoveIf::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(30, puts), Tuple.of(15, finds), Tuple.of(5, removals), Tuple.of(1, sweeps))
                .list()
                .ofMinSize(1)
                .ofMaxSize(200);
    }

    /** The random steps seldom get as far as the size at which the table grows. */
    @Property(tries = 20)
    void keepsEveryEntryWhileItGrows(@ForAll long base) {
        RangeCache<Long> cache = new RangeCache<>(Integer.MAX_VALUE, -1L);
        long first = base & 0xFFFF_FFFF_F000L;
        for (long i = 0; i < 1000; i++) {
            cache.put(first + i, 0, i & 3, -1, i);
        }
        assertEquals(1000, cache.size());
        for (long i = 0; i < 1000; i++) {
            assertEquals(i, cache.find(first + i, i & 3));
            assertEquals(-1, cache.find(first + i, i + 1 & 3));
        }
        cache.removeIf((key, shift, entry) -> (entry & 1) == 0);
        assertEquals(500, cache.size());
        for (long i = 0; i < 1000; i++) {
            assertEquals((i & 1) == 0 ? -1 : i, cache.find(first + i, i & 3));
        }
    }

    /** Keys of small ranges have at most 58 bits. */
    @Property(tries = 100)
    void findsTheSmallestRangeWhereverItIsPut(@ForAll long any) {
        long key = any >>> 6;
        RangeCache<String> cache = new RangeCache<>(Integer.MAX_VALUE, "nothing");
        for (int shift = 63; shift >= 0; shift--) {
            cache.put(key, shift, 0, -1, "2^" + shift);
            assertEquals("2^" + shift, cache.find(key, 0));
        }
        cache.removeAt(key, (base, shift, entry) -> shift < 40);
        assertEquals("2^40", cache.find(key, 0));
        assertEquals(24, cache.size());
    }

    @Property(tries = 100)
    void tellsAddressesOfEitherHalfApart(@ForAll long address) {
        RangeCache<String> cache = new RangeCache<>(Integer.MAX_VALUE, "nothing");
        cache.put(address, 12, 0, -1, "page");
        assertEquals("page", cache.find(address ^ 0xFFF, 0));
        for (int bit = 12; bit < 64; bit++) {
            assertEquals("nothing", cache.find(address ^ 1L << bit, 0));
        }
    }
}
