package org.nestor.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SeedsTests {

    /** The published first outputs of SplitMix64 for seed 0. */
    @Test
    void seedsAreTheOutputsOfSplitMix64() {
        assertEquals(0xE220A8397B1DCDAFL, Seeds.of(0, 0));
        assertEquals(0x6E789E6AA1B965F4L, Seeds.of(0, 1));
        assertEquals(0x06C45D188009454FL, Seeds.of(0, 2));
    }

    @Test
    void noTwoScenariosOfCampaignsWithNeighbouringSeedsAreAlike() {
        long different = LongStream.range(0, 100)
                .flatMap(campaign -> LongStream.range(0, 1000).map(number -> Seeds.of(campaign, number)))
                .distinct()
                .count();
        assertEquals(100_000, different);
    }
}
