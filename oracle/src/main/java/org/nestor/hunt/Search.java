package org.nestor.hunt;

import org.nestor.campaign.Encounter;
import org.nestor.campaign.UnfitException;

/** A campaign that ends with the first fault it meets. */
@FunctionalInterface
interface Search {
    Encounter seek(long seed) throws UnfitException, InterruptedException;
}
