package org.nestor.properties.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestReporter;
import org.nestor.smmu.config.CdLegality;
import org.nestor.smmu.config.SteLegality;
import org.nestor.spec.AlloyModule;
import org.nestor.spec.eval.Population;
import org.nestor.spec.eval.Vocabulary;
import org.nestor.spec.table.DecisionTable;

/** Every instance of the tables of smmu/ste and smmu/cd becomes 64 bytes and ID registers, and the Java says the same of it. */
@TestInstance(Lifecycle.PER_CLASS)
class StructureTableTests {
    private static final long SEED = 4;
    private static final int CHANGED = 50_000;
    private static final int EXPECTED = 20_000;

    private DecisionTable ste;
    private DecisionTable cd;

    @BeforeAll
    void readTheModules() {
        ste = table("smmu/ste");
        cd = table("smmu/cd");
    }

    static DecisionTable table(String module) {
        return DecisionTable.ofViolations(new Population(Vocabulary.of(AlloyModule.load(module)), Map.of()));
    }

    @Test
    void everySteIsJudgedAndDecodedAlike(TestReporter reporter) {
        Pairing.Result result =
                new Pairing(ste, StePairing.QUESTIONS).compare(SEED, CHANGED, new StePairing(SEED, SteLegality::new));
        reporter.publishEntry("STEs compared", Long.toString(result.instances()));
        assertEquals(Optional.empty(), result.disagreement());
        assertTrue(result.instances() > EXPECTED, () -> result.instances() + " STEs");
        assertEquals(rules(ste), result.alone().keySet(), "rules that were broken alone");
    }

    @Test
    void everyCdIsJudgedAndDecodedAlike(TestReporter reporter) {
        Pairing.Result result =
                new Pairing(cd, CdPairing.QUESTIONS).compare(SEED, CHANGED, new CdPairing(SEED, CdLegality::new));
        reporter.publishEntry("CDs compared", Long.toString(result.instances()));
        assertEquals(Optional.empty(), result.disagreement());
        assertTrue(result.instances() > EXPECTED, () -> result.instances() + " CDs");
        assertEquals(rules(cd), result.alone().keySet(), "rules that were broken alone");
    }

    private static Set<String> rules(DecisionTable table) {
        Population population = table.population();
        return population.names(population.expression("Rule").apply(population.empty()));
    }
}
