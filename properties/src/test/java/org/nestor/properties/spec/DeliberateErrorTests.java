package org.nestor.properties.spec;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nestor.smmu.config.CdLegality;
import org.nestor.smmu.config.SteLegality;
import org.nestor.smmu.config.StreamWorld;
import org.nestor.smmu.format.ContextDescriptor;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.spec.AlloyCommand;
import org.nestor.spec.AlloyModule;
import org.nestor.spec.eval.Population;
import org.nestor.spec.mutation.Mutant;
import org.nestor.spec.mutation.Mutants;
import org.nestor.spec.table.Decision;
import org.nestor.spec.table.DecisionTable;

/** The comparison of spec and Java can fail: it finds one wrong bit of the Java, and each conjunct that the spec lacks. */
class DeliberateErrorTests {
    private static final long SEED = 5;

    /** Judges S2T0SZ by one too few. */
    private static final class ShortRange extends SteLegality {
        ShortRange(IdRegisters id) {
            super(id);
        }

        @Override
        protected boolean stage2RangeTooSmall(StreamTableEntry ste) {
            return super.stage2RangeTooSmall(ste) && ste.s2t0sz() != 40;
        }
    }

    /** Takes STRW = 11 for EL2. */
    private static final class LooseWorld extends SteLegality {
        LooseWorld(IdRegisters id) {
            super(id);
        }

        @Override
        protected boolean reservedWorld(StreamTableEntry ste) {
            return super.reservedWorld(ste) && ste.strw() != 3;
        }
    }

    /** Lets 4 KiB stage 2 tables lie above 48 bits. */
    private static final class HighTables extends SteLegality {
        HighTables(IdRegisters id) {
            super(id);
        }

        @Override
        protected boolean stage2BaseTooWide(StreamTableEntry ste) {
            return ste.s2ttb() >>> outputBits(ste) != 0;
        }
    }

    /** Forgets bit 8 of a VMID. */
    private static final class NarrowVmid extends SteLegality {
        NarrowVmid(IdRegisters id) {
            super(id);
        }

        @Override
        protected boolean vmidTooWide(StreamTableEntry ste) {
            return super.vmidTooWide(ste) && (ste.s2vmid() & 0xFE00) != 0;
        }
    }

    /** Judges the upper table by TG0's codes being the same as TG1's, for the 64 KiB granule alone. */
    private static final class SwappedGranule extends CdLegality {
        SwappedGranule(IdRegisters id) {
            super(id);
        }

        @Override
        protected boolean granuleUnsupported(ContextDescriptor cd, TableFields table) {
            return super.granuleUnsupported(cd, table) || (cd.aa64() && table.upper() && cd.tg1() == 3);
        }
    }

    /** Looks at ENDI although no table is in use. */
    private static final class EagerByteOrder extends CdLegality {
        private final IdRegisters id;

        EagerByteOrder(IdRegisters id) {
            super(id);
            this.id = id;
        }

        @Override
        protected boolean byteOrderUnsupported(ContextDescriptor cd, StreamWorld world) {
            return id.ttendian() == (cd.endi() ? 2 : 3);
        }
    }

    @TestFactory
    Stream<DynamicTest> wrongSteJavaIsFound() {
        DecisionTable table = StructureTableTests.table("smmu/ste");
        List<Function<IdRegisters, SteLegality>> wrong =
                List.of(ShortRange::new, LooseWorld::new, HighTables::new, NarrowVmid::new);
        return wrong.stream()
                .map(legality -> DynamicTest.dynamicTest(
                        name(legality),
                        () -> assertFound(table, StePairing.QUESTIONS, new StePairing(SEED, legality))));
    }

    @TestFactory
    Stream<DynamicTest> wrongCdJavaIsFound() {
        DecisionTable table = StructureTableTests.table("smmu/cd");
        List<Function<IdRegisters, CdLegality>> wrong = List.of(SwappedGranule::new, EagerByteOrder::new);
        return wrong.stream()
                .map(legality -> DynamicTest.dynamicTest(
                        name(legality), () -> assertFound(table, CdPairing.QUESTIONS, new CdPairing(SEED, legality))));
    }

    private static String name(Function<IdRegisters, ?> legality) {
        return legality.apply(new IdRegisters(0, 0, 0, 0, 0, 0, 0, 0))
                .getClass()
                .getSimpleName();
    }

    private static void assertFound(DecisionTable table, Set<String> questions, Pairing.Subject subject) {
        assertTrue(new Pairing(table, questions)
                .compare(SEED, 0, subject)
                .disagreement()
                .isPresent());
    }

    @Test
    void eachConjunctThatTheSteSpecLacksIsFound() {
        assertEquals(
                Set.of(), survivors("smmu/ste", StePairing.QUESTIONS, () -> new StePairing(SEED, SteLegality::new)));
    }

    @Test
    void eachConjunctThatTheCdSpecLacksIsFound() {
        assertEquals(Set.of(), survivors("smmu/cd", CdPairing.QUESTIONS, () -> new CdPairing(SEED, CdLegality::new)));
    }

    private static Set<String> survivors(String name, Set<String> questions, Supplier<Pairing.Subject> subjects) {
        DecisionTable table = StructureTableTests.table(name);
        AlloyModule module = table.population().vocabulary().module();
        Set<String> goals = Stream.of(module, AlloyModule.load("smmu/features"))
                .flatMap(each -> each.commands().stream())
                .map(AlloyCommand::label)
                .collect(toSet());
        List<Mutant> mutants = Mutants.ofOpenedToo(module, predicate -> !goals.contains(predicate));
        assertTrue(mutants.size() > 2 * table.decisions().size(), "more conjuncts than predicates");
        Set<String> survivors = mutants.stream()
                .filter(mutant -> mutant.during(() -> survives(table, mutant, questions, subjects.get())))
                .map(Mutant::name)
                .collect(toSet());
        System.out.printf(
                "%s: the Java notices %d of %d conjuncts%n", name, mutants.size() - survivors.size(), mutants.size());
        return survivors;
    }

    /** A predicate that decides nothing by itself is looked at through all that do. */
    private static boolean survives(
            DecisionTable table, Mutant mutant, Set<String> questions, Pairing.Subject subject) {
        Population population = new Population(table.population().vocabulary(), Map.of());
        boolean decides = table.decisions().stream().map(Decision::name).anyMatch(mutant.predicateName()::equals);
        Optional<String> disagreement = new Pairing(table, population, questions)
                .compare(decision -> !decides || decision.name().equals(mutant.predicateName()), SEED, subject)
                .disagreement();
        return disagreement.isEmpty();
    }
}
