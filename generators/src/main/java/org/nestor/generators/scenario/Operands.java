package org.nestor.generators.scenario;

/**
 * A value described by raw numbers, each interpreted modulo what is possible where it is used. Zero is always the plainest
 * choice, and smaller numbers are plainer than larger ones: that is what makes shrinking mean something.
 *
 * @param <T> the kind of value
 */
public interface Operands<T> {

    /** The numbers, none of them negative. */
    int[] operands();

    /** The same kind of value with these numbers instead. */
    T with(int... operands);
}
