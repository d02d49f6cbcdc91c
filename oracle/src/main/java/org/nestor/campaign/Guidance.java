package org.nestor.campaign;

import org.nestor.generators.scenario.Capabilities;
import org.nestor.generators.search.ScenarioGenerator;
import org.nestor.generators.search.Weights;

/** Chooses how each batch of scenarios is drawn. What it chooses follows from its arguments alone. */
@FunctionalInterface
interface Guidance {

    /** Every batch is like the first. */
    Guidance NONE = (number, capabilities, reached) -> new ScenarioGenerator(capabilities, Weights.DEFAULT)::draw;

    /**
     * A batch.
     *
     * @param number from 0 on
     * @param capabilities of the implementation
     * @param reached what the scenarios have reached that are over for certain when this batch is drawn; it changes later
     */
    Batch batch(long number, Capabilities capabilities, Coverage reached);
}
