package org.nestor.spec;

import java.time.Duration;

/**
 * What a command of an Alloy module came to.
 *
 * @param label name of the assert or predicate
 * @param check whether the command looks for a counterexample, and not for an instance
 * @param scope how far it looked
 * @param expected what the module says about it
 * @param found whether there is a counterexample or instance within the scope
 * @param time translation and solving
 */
public record Verdict(
        String label, boolean check, String scope, Expectation expected, boolean found, Solver solver, Duration time) {

    /** The {@code expect} of a command. */
    public enum Expectation {
        /** {@code expect 0}. */
        NONE,
        /** {@code expect 1}. */
        SOME,
        /** The command does not say. */
        UNSTATED
    }

    /** Whether the command says what is to be found, and that is so. */
    public boolean asExpected() {
        return expected == (found ? Expectation.SOME : Expectation.NONE);
    }

    @Override
    public String toString() {
        return "%s %s: %s, expected %s".formatted(check ? "check" : "run", label, found ? "SOME" : "NONE", expected);
    }
}
