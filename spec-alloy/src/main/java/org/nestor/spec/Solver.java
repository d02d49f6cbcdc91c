package org.nestor.spec;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import kodkod.engine.satlab.SATFactory;

/** The SAT solvers that Alloy brings along and that are quiet. */
public enum Solver {
    /** In Java, runs everywhere. */
    SAT4J,
    /** Native code for Linux, macOS and Windows on amd64, and for macOS on arm64. */
    MINISAT;

    /** The native one where it runs. */
    public static Solver preferred() {
        return MINISAT.factory().isPresent() ? MINISAT : SAT4J;
    }

    /** The solver of that name in lower case. */
    public static Optional<Solver> named(String name) {
        return Arrays.stream(values())
                .filter(solver -> solver.label().equals(name))
                .findFirst();
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    SATFactory factory() {
        return SATFactory.get(label());
    }
}
