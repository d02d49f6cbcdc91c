package org.nestor.smmu.tlb;

import java.util.ArrayList;
import java.util.List;
import org.nestor.smmu.config.Configuration;
import org.nestor.smmu.config.StreamConfiguration;
import org.nestor.smmu.walk.Stage1Entry;
import org.nestor.smmu.walk.Stage2Leaf;
import org.nestor.smmu.walk.Stage2Pointer;

/**
 * What the caches hold at one time, in no particular order and without stage 1 table pointers.
 *
 * @param streams decoded STEs
 * @param contexts decoded CDs, with the STEs that led to them
 * @param complete translations of stage 1 alone, and combined ones
 * @param stage1 stage 1 leaves of nested contexts
 * @param stage2 stage 2 leaves
 * @param stage2Pointers stage 2 table pointers
 */
public record CacheContents(
        List<StreamConfiguration> streams,
        List<Configuration> contexts,
        List<Stage1Entry> complete,
        List<Stage1Entry> stage1,
        List<Stage2Leaf> stage2,
        List<Stage2Pointer> stage2Pointers) {

    static CacheContents empty() {
        return new CacheContents(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
    }
}
