package org.nestor.smmu.config;

import java.util.Optional;
import org.nestor.smmu.fault.Refusal;
import org.nestor.smmu.format.ContextDescriptor;

/**
 * The complete configuration of a transaction.
 *
 * @param stream its STE
 * @param descriptor the CD, empty where stage 1 is off for the transaction
 * @param stage1 present iff stage 1 translates
 * @param refusal present iff the CD stops the transaction; then {@code stage1} is empty
 */
public record Configuration(
        StreamConfiguration stream,
        Optional<ContextDescriptor> descriptor,
        Optional<Stage1Regime> stage1,
        Optional<Refusal> refusal) {

    /** A transaction that no CD serves, or whose CD could not be read. */
    public static Configuration refused(StreamConfiguration stream, Refusal refusal) {
        return new Configuration(stream, Optional.empty(), Optional.empty(), Optional.of(refusal));
    }

    public Optional<Stage2Regime> stage2() {
        return stream.stage2();
    }
}
