package org.nestor.spec;

import java.util.Locale;
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

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    SATFactory factory() {
        return SATFactory.get(label());
    }
}
