package org.nestor.campaign;

import org.nestor.generators.search.ScenarioGenerator.Drawn;

/** Draws scenarios. May be used by several threads at once. */
@FunctionalInterface
interface Batch {

    /** The scenario of a seed; the same one each time. */
    Drawn draw(long seed);
}
