package org.nestor.properties.spec;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.tlb.CoveredRange;
import org.nestor.smmu.tlb.InvalidationRules;
import org.nestor.smmu.walk.Stage1Entry;
import org.nestor.spec.AlloyModule;
import org.nestor.spec.eval.Population;
import org.nestor.spec.eval.Vocabulary;
import org.nestor.spec.mutation.Mutant;
import org.nestor.spec.mutation.Mutants;
import org.nestor.spec.table.DecisionTable;

/** The table of commands and that of look-ups in smmu/tags, every line with every kind of entry, against the Java. */
@TestInstance(Lifecycle.PER_CLASS)
class CommandTableTests {
    private static final long SEED = 6;
    private static final int EXPECTED = 20_000;
    private static final Set<String> QUESTIONS = Set.of(TagsPairing.REMOVES, TagsPairing.SERVES);
    private static final Map<String, List<String>> ATOMS = Map.of(
            "Vmid", List.of("V0", "V1"),
            "Asid", List.of("A0", "A1"),
            "Page", List.of("P0", "P1"),
            "Stream", List.of("S0", "S1"),
            "Substream", List.of("U0", "U1"),
            "Entry", List.of("E"),
            "Lookup", List.of("L"),
            "Command", List.of("C"));

    /** The other side has both values of each, so one here is as good as another. */
    private static final Set<String> UNVARIED = Set.of("vmid", "asid", "stream", "substream");

    /**
     * The Java keeps configuration under its StreamID and SubstreamID, and looks a stage 2 entry up for NS-EL1 alone, so there is no decision
     * to compare with. Claims of the module notice these three.
     */
    private static final Set<String> LEFT_TO_CLAIMS = Set.of(
            "serves: l . (this/Lookup <: from) = this/NsEl1",
            "serves: e . (this/Entry <: stream) = l . (this/Lookup <: byStream)",
            "serves: e . (this/Entry <: kind) = this/Cd => e . (this/Entry <: substream) = l . (this/Lookup <: bySubstream)");

    private Population population;
    private DecisionTable table;

    /** Takes global entries out with an ASID command. */
    private static final class GlobalsGo extends InvalidationRules {
        GlobalsGo() {
            super(new CoveredRange());
        }

        @Override
        public boolean removes(InvalidationCommand command, Stage1Entry entry, int vmidIgnoredBits) {
            return super.removes(command, entry, vmidIgnoredBits)
                    || (command instanceof InvalidationCommand.TlbiNhAsid asid
                            && entry.tag().asid() == asid.asid()
                            && entry.tag().vmid() == asid.vmid());
        }
    }

    @BeforeAll
    void readTheModule() {
        population = new Population(Vocabulary.of(AlloyModule.load("smmu/tags")), ATOMS);
        table = DecisionTable.of(population, List.of("anyRemoves", "anyServes"), UNVARIED);
    }

    @Test
    void everyCommandRemovesAlikeAndEveryEntryServesAlike() {
        Pairing.Result result = compare(population, new InvalidationRules(new CoveredRange()));
        assertEquals(Optional.empty(), result.disagreement());
        assertTrue(result.instances() > EXPECTED, () -> result.instances() + " instances");
    }

    @Test
    void commandThatRemovesTooMuchIsFound() {
        assertTrue(compare(population, new GlobalsGo()).disagreement().isPresent());
    }

    @Test
    void eachConjunctThatTheSpecLacksIsFound() {
        Set<String> tables =
                Set.of("removes", "serves", "sameVm", "inEl2", "covered", "sameContext", "onlyContext", "isGlobal");
        List<Mutant> mutants = Mutants.of(population.vocabulary().module(), tables::contains);
        assertTrue(mutants.size() > tables.size());
        Set<String> survivors = mutants.stream()
                .filter(mutant -> mutant.during(() -> compare(
                                new Population(population.vocabulary(), ATOMS),
                                new InvalidationRules(new CoveredRange()))
                        .disagreement()
                        .isEmpty()))
                .map(Mutant::name)
                .collect(toSet());
        System.out.printf(
                "smmu/tags: the Java notices %d of %d conjuncts%n", mutants.size() - survivors.size(), mutants.size());
        assertEquals(LEFT_TO_CLAIMS, survivors);
    }

    private Pairing.Result compare(Population compiled, InvalidationRules rules) {
        return new Pairing(table, compiled, QUESTIONS).compare(SEED, 0, new TagsPairing(rules));
    }
}
