package org.nestor.spec.eval;

import java.util.Arrays;
import java.util.Optional;

/** One state: the tuples of every relation of a {@link Population}, by slot; and the state after it, if there is one. */
public final class Valuation {
    private final Tuples[] tuples;
    private final Optional<Valuation> next;
    private final Remembered remembered = new Remembered();

    private Valuation(Tuples[] tuples, Optional<Valuation> next) {
        this.tuples = tuples;
        this.next = next;
    }

    /** A state of these relations; the array is copied. */
    public static Valuation of(Tuples[] tuples) {
        return new Valuation(tuples.clone(), Optional.empty());
    }

    /** The same state with a state that follows it. */
    public Valuation before(Valuation following) {
        return new Valuation(tuples, Optional.of(following));
    }

    /** The same state with other tuples of one relation. */
    public Valuation with(int slot, Tuples changed) {
        Tuples[] copy = Arrays.copyOf(tuples, tuples.length);
        copy[slot] = changed;
        return new Valuation(copy, next);
    }

    public Tuples get(int slot) {
        return tuples[slot];
    }

    /** What has been worked out for it. */
    Remembered remembered() {
        return remembered;
    }

    Valuation next() {
        return next.orElseThrow(() -> new IllegalArgumentException("a primed expression needs the state that follows"));
    }
}
