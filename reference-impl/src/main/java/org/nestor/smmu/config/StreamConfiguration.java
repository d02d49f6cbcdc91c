package org.nestor.smmu.config;

import java.util.Optional;
import org.nestor.smmu.fault.Refusal;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.format.StreamTableEntry;

/**
 * What an STE means under the ID registers, decoded once.
 *
 * @param ste the entry
 * @param world StreamWorld of its stage 1
 * @param stage2 present iff stage 2 translates
 * @param refusal present iff the STE itself stops every transaction; then nothing else is meaningful
 */
public record StreamConfiguration(
        StreamTableEntry ste, StreamWorld world, Optional<Stage2Regime> stage2, Optional<Refusal> refusal) {

    /** A StreamID that has no STE, or whose STE could not be read. */
    public static StreamConfiguration refused(Refusal refusal) {
        return new StreamConfiguration(
                new StreamTableEntry(Line.ZERO), StreamWorld.NS_EL1, Optional.empty(), Optional.of(refusal));
    }

    /** How this stream is configured for a transaction whose stage 1 is off: bypass or stage 2 only. */
    public Configuration withoutStage1() {
        return new Configuration(this, Optional.empty(), Optional.empty(), refusal);
    }
}
