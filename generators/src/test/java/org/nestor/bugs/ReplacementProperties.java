package org.nestor.bugs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.nestor.generators.vectors.CachingVector;
import org.nestor.generators.vectors.CachingVectors;
import org.nestor.generators.vectors.Machine;
import org.nestor.memory.SparseMemory;
import org.nestor.rule.RuleId;
import org.nestor.smmu.CachedTranslation;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.SmmuParts;
import org.nestor.smmu.command.CommandLegality;
import org.nestor.smmu.command.CommandProcessor;
import org.nestor.smmu.config.SteLegality;
import org.nestor.smmu.config.StreamDecoder;
import org.nestor.smmu.fault.EventComposer;
import org.nestor.smmu.queue.EventQueue;
import org.nestor.smmu.queue.Overflow;
import org.nestor.smmu.queue.PriQueue;
import org.nestor.smmu.queue.QueueArithmetic;
import org.nestor.smmu.register.Profile;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterDecoder;
import org.nestor.smmu.register.RegisterFeatures;
import org.nestor.smmu.tlb.CachePolicies;
import org.nestor.smmu.tlb.CachingReader;
import org.nestor.smmu.tlb.ConfigurationInvalidationRules;
import org.nestor.smmu.tlb.CoveredRange;
import org.nestor.smmu.tlb.InvalidationRules;
import org.nestor.smmu.walk.ContextTable;
import org.nestor.smmu.walk.InputRange;
import org.nestor.smmu.walk.NestedAccess;
import org.nestor.smmu.walk.Stage1Walk;
import org.nestor.smmu.walk.Stage2Walk;
import org.nestor.smmu.walk.StreamTable;

/** A part that is replaced by one that decides nothing differently leaves the reference as it was. */
class ReplacementProperties {
    private static final List<SeededBug.Assembly> UNCHANGED = List.of(
            ReplacedTranslation.steLegality(SteLegality::new),
            ReplacedTranslation.streamDecoder(StreamDecoder::new),
            ReplacedTranslation.streamTable(StreamTable::new),
            ReplacedTranslation.contextTable(ContextTable::new),
            ReplacedTranslation.inputRange(InputRange::new),
            ReplacedTranslation.stage1Walk(Stage1Walk::new),
            ReplacedTranslation.stage2Walk(Stage2Walk::new),
            ReplacedTranslation.nestedAccess(NestedAccess::new),
            ReplacedCache.reader(CachingReader::new),
            ReplacedCache.coveredRange(CoveredRange::new),
            ReplacedCache.invalidationRules(InvalidationRules::new),
            ReplacedCache.configurationInvalidationRules(ConfigurationInvalidationRules::new),
            ReplacedCache.unit(UnaryOperator.identity()),
            ReplacedPart.registerDecoder(RegisterDecoder::new),
            ReplacedPart.registerFeatures(RegisterFeatures::new),
            ReplacedPart.commandLegality(CommandLegality::new),
            ReplacedPart.commandProcessor(CommandProcessor::new),
            ReplacedPart.commandArithmetic(QueueArithmetic::new),
            ReplacedPart.eventComposer(EventComposer::new),
            ReplacedPart.eventQueue(EventQueue::new),
            ReplacedPart.eventOverflow(Overflow::ofEvents),
            ReplacedPart.priQueue(PriQueue::new));

    private static final int RUNS = 4;

    /** Every part on every vector in each of a few runs: by drawing them, most pairs would never meet. */
    @Property(tries = RUNS)
    void unchangedPartChangesNothing(@ForAll long seed, @ForAll int steps) {
        SeededBug.Assembly reference = policies -> new SmmuParts(new CachedTranslation(policies));
        for (CachingVector vector : CachingVectors.all()) {
            String expected = shown(reference, vector, seed, steps);
            for (SeededBug.Assembly assembly : UNCHANGED) {
                assertEquals(expected, shown(assembly, vector, seed, steps), vector.toString());
            }
        }
    }

    /** The outcome of the vector, every rule that was decided on the way, and the state of the queues. */
    private static String shown(SeededBug.Assembly assembly, CachingVector vector, long seed, int steps) {
        List<RuleId> decided = new ArrayList<>();
        Smmu smmu = new Smmu(
                Profile.FULL.idRegisters(),
                SparseMemory.ram(0, 1L << 32),
                assembly.over(() -> CachePolicies.random(seed)),
                decided::add);
        String outcome = vector.play(Machine.of(smmu), steps).toString();
        return outcome + smmu.read(Register.CMDQ_CONS) + " " + smmu.read(Register.EVENTQ_PROD) + " " + decided;
    }
}
