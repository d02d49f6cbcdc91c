package org.nestor.campaign;

import java.util.SortedMap;
import org.nestor.generators.search.Weights;
import org.nestor.rule.RuleId;

/** Chooses with which weights the next batch of scenarios is drawn. What it chooses follows from its arguments alone. */
@FunctionalInterface
public interface Guidance {

    /** Every batch is like the first. */
    Guidance NONE = (last, hits) -> last;

    /**
     * The weights of the next batch.
     *
     * @param last those of the batch before
     * @param hits how often each rule has decided so far, in all batches that are over
     */
    Weights next(Weights last, SortedMap<RuleId, Long> hits);
}
