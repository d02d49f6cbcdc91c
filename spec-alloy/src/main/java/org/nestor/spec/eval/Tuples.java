package org.nestor.spec.eval;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/**
 * A relation over a numbered population: a set of tuples of one arity. A tuple of k atoms is a number of k digits, the digits being the
 * atoms and the base the size of the population.
 */
public final class Tuples {
    private final int base;
    private final int arity;
    private final long[] sorted;

    private Tuples(int base, int arity, long[] sorted) {
        this.base = base;
        this.arity = arity;
        this.sorted = sorted;
    }

    /** No tuples. */
    public static Tuples none(int base, int arity) {
        return new Tuples(base, arity, new long[0]);
    }

    /** One atom. */
    public static Tuples atom(int base, int atom) {
        return new Tuples(base, 1, new long[] {atom});
    }

    /** Tuples as numbers, in any order and possibly repeated. */
    public static Tuples of(int base, int arity, long... tuples) {
        return new Tuples(base, arity, distinct(tuples.clone(), tuples.length));
    }

    /** Every atom. */
    static Tuples universe(int base) {
        long[] atoms = new long[base];
        Arrays.setAll(atoms, atom -> atom);
        return new Tuples(base, 1, atoms);
    }

    /** Every atom with itself. */
    static Tuples identity(int base) {
        long[] pairs = new long[base];
        Arrays.setAll(pairs, atom -> (long) atom * base + atom);
        return new Tuples(base, 2, pairs);
    }

    public int arity() {
        return arity;
    }

    public int size() {
        return sorted.length;
    }

    public boolean isEmpty() {
        return sorted.length == 0;
    }

    /** The tuple at a position, in ascending order. */
    public long tuple(int position) {
        return sorted[position];
    }

    boolean contains(long tuple) {
        return Arrays.binarySearch(sorted, tuple) >= 0;
    }

    boolean in(Tuples other) {
        for (long tuple : sorted) {
            if (!other.contains(tuple)) {
                return false;
            }
        }
        return true;
    }

    Tuples union(Tuples other) {
        if (isEmpty()) {
            return other;
        }
        if (other.isEmpty()) {
            return this;
        }
        long[] both = Arrays.copyOf(sorted, sorted.length + other.sorted.length);
        System.arraycopy(other.sorted, 0, both, sorted.length, other.sorted.length);
        return new Tuples(base, arity, distinct(both, both.length));
    }

    Tuples intersection(Tuples other) {
        return filtered(other::contains);
    }

    Tuples difference(Tuples other) {
        return isEmpty() || other.isEmpty() ? this : filtered(tuple -> !other.contains(tuple));
    }

    Tuples product(Tuples other) {
        long shift = power(other.arity);
        long[] pairs = new long[sorted.length * other.sorted.length];
        int next = 0;
        for (long left : sorted) {
            for (long right : other.sorted) {
                pairs[next++] = left * shift + right;
            }
        }
        return new Tuples(base, arity + other.arity, pairs);
    }

    Tuples join(Tuples other) {
        long shift = power(other.arity - 1);
        long[] joined = new long[8];
        int count = 0;
        for (long left : sorted) {
            long head = left / base * shift;
            long from = left % base * shift;
            for (int i = other.firstAtLeast(from); i < other.sorted.length && other.sorted[i] < from + shift; i++) {
                if (count == joined.length) {
                    joined = Arrays.copyOf(joined, 2 * count);
                }
                joined[count++] = head + other.sorted[i] - from;
            }
        }
        return new Tuples(base, arity + other.arity - 2, distinct(joined, count));
    }

    Tuples override(Tuples other) {
        long shift = power(arity - 1);
        return filtered(tuple -> {
                    long head = tuple / shift * shift;
                    int at = other.firstAtLeast(head);
                    return at == other.sorted.length || other.sorted[at] >= head + shift;
                })
                .union(other);
    }

    Tuples transpose() {
        long[] turned = new long[sorted.length];
        Arrays.setAll(turned, i -> sorted[i] % base * base + sorted[i] / base);
        return new Tuples(base, 2, distinct(turned, turned.length));
    }

    Tuples closure() {
        Tuples all = this;
        while (true) {
            Tuples more = all.union(all.join(this));
            if (more.size() == all.size()) {
                return all;
            }
            all = more;
        }
    }

    Tuples reflexiveClosure() {
        return closure().union(identity(base));
    }

    /** The tuples at some positions. */
    Tuples at(IntPredicate positions) {
        long[] chosen = IntStream.range(0, sorted.length)
                .filter(positions)
                .mapToLong(i -> sorted[i])
                .toArray();
        return new Tuples(base, arity, chosen);
    }

    private Tuples filtered(LongPredicate kept) {
        long[] rest = new long[sorted.length];
        int count = 0;
        for (long tuple : sorted) {
            if (kept.test(tuple)) {
                rest[count++] = tuple;
            }
        }
        return count == sorted.length ? this : new Tuples(base, arity, Arrays.copyOf(rest, count));
    }

    private int firstAtLeast(long tuple) {
        int at = Arrays.binarySearch(sorted, tuple);
        return at < 0 ? -at - 1 : at;
    }

    private long power(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= base;
        }
        return power;
    }

    private static long[] distinct(long[] tuples, int count) {
        Arrays.sort(tuples, 0, count);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || tuples[i] != tuples[i - 1]) {
                tuples[kept++] = tuples[i];
            }
        }
        return kept == tuples.length ? tuples : Arrays.copyOf(tuples, kept);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tuples that && arity == that.arity && Arrays.equals(sorted, that.sorted);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sorted);
    }
}
