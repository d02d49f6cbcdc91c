package org.nestor.smmu.walk;

import java.util.Optional;
import org.nestor.rule.RuleId;
import org.nestor.smmu.config.Choice;
import org.nestor.smmu.config.Configuration;
import org.nestor.smmu.config.Stage1Regime;
import org.nestor.smmu.config.Stage2Regime;
import org.nestor.smmu.config.StreamConfiguration;
import org.nestor.smmu.fault.FaultClass;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.transaction.Transaction;

/**
 * Supplies every word that the translation procedure reads, each with what it is read for, and remembers what was read before.
 *
 * <p>The procedure is written once against this interface. Reading memory as it is gives the plain architectural meaning; a reader
 * that remembers is an SMMU with caches; a reader that answers with any value the word may legally show gives the allowed outcomes.
 * The methods named {@code known…} and {@code learn…} are the memory of a caching reader: by default there is none.
 *
 * <p>Reads throw {@link org.nestor.memory.ExternalAbort}.
 */
public interface StructureReader extends Choice {

    /** A new attempt to translate begins. */
    default void begin(Transaction transaction) {}

    /**
     * Reads an L1STD.
     *
     * @param split number of StreamID bits that the level 2 table resolves
     */
    long l1StreamTableDescriptor(int streamId, int split, long address);

    /** Reads the eight doublewords of an STE, each atomically, in no particular order. */
    Line streamTableEntry(int streamId, long address);

    /**
     * Reads an L1CD.
     *
     * @param split number of SubstreamID bits that the level 2 table resolves
     */
    long l1ContextDescriptor(int streamId, int substreamId, int split, long address);

    /** Reads the eight doublewords of a CD, each atomically, in no particular order. */
    Line contextDescriptor(int streamId, int substreamId, long address);

    /** Reads a stage 1 descriptor, in memory byte order. */
    long stage1Descriptor(Stage1Regime regime, long inputAddress, int level, long address);

    /** Reads a stage 2 descriptor, in memory byte order. */
    long stage2Descriptor(Stage2Regime regime, long ipa, int level, FaultClass purpose, long address);

    /**
     * Hardware update of a descriptor: replaces it if it still has the expected value.
     *
     * @return whether it had
     */
    boolean update(long address, long expected, long desired);

    /** By default what the reference prefers. */
    @Override
    default int choose(RuleId rule, int alternatives) {
        return 0;
    }

    /** The complete configuration for the StreamID and SubstreamID of a transaction. */
    default Optional<Configuration> knownConfiguration(Transaction transaction) {
        return Optional.empty();
    }

    default void learnConfiguration(Transaction transaction, Configuration configuration) {}

    default Optional<StreamConfiguration> knownStream(int streamId) {
        return Optional.empty();
    }

    default void learnStream(int streamId, StreamConfiguration configuration) {}

    default Optional<Configuration> knownContext(int streamId, int substreamId) {
        return Optional.empty();
    }

    default void learnContext(int streamId, int substreamId, Configuration configuration) {}

    /**
     * The configuration whose translation fields serve a transaction: translations that a TLB holds may embed those of another time, or
     * of another context with the same tags.
     *
     * @param configuration what the STE and the CD of the transaction say; stage 1 is on
     */
    default Configuration translating(Transaction transaction, Configuration configuration) {
        return configuration;
    }

    /** The stage 2 whose fields serve an IPA, as {@link #translating(Transaction, Configuration)}. */
    default Stage2Regime translating(Stage2Regime regime, long ipa, FaultClass purpose) {
        return regime;
    }

    /** A leaf for the address, which is canonical. */
    default Stage1Lookup knownStage1(Stage1Regime regime, long inputAddress) {
        return Stage1Lookup.Unknown.UNKNOWN;
    }

    default void learnStage1(Stage1Entry entry) {}

    /** The lowest table pointer for the address, which is canonical. */
    default Optional<Stage1Pointer> knownStage1Pointer(Stage1Regime regime, long inputAddress) {
        return Optional.empty();
    }

    default void learnStage1Pointer(Stage1Pointer pointer) {}

    default Optional<Stage2Leaf> knownStage2(Stage2Regime regime, long ipa) {
        return Optional.empty();
    }

    default void learnStage2(Stage2Regime regime, Stage2Leaf leaf) {}

    default Optional<Stage2Pointer> knownStage2Pointer(Stage2Regime regime, long ipa) {
        return Optional.empty();
    }

    default void learnStage2Pointer(Stage2Regime regime, Stage2Pointer pointer) {}
}
