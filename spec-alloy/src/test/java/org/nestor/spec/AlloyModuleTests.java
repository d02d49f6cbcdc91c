package org.nestor.spec;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import edu.mit.csail.sdg.alloy4.Err;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every command of every module; what each came to is printed, as {@code nestor spec} does. */
class AlloyModuleTests {
    static List<String> names() {
        return AlloyModule.names();
    }

    @TestFactory
    Stream<DynamicContainer> commandIsAsExpected() {
        return names().stream().map(name -> DynamicContainer.dynamicContainer(name, commands(name)));
    }

    private static Stream<DynamicTest> commands(String name) {
        return AlloyModule.load(name).commands().stream()
                .map(command -> DynamicTest.dynamicTest(command.label(), () -> {
                    Run run = command.run();
                    System.out.println(SpecTable.row(run));
                    assertTrue(run.verdict().asExpected(), run.verdict().toString());
                }));
    }

    /** A check whose premise nothing fulfils would hold whatever the rest of the module says. */
    @TestFactory
    Stream<DynamicContainer> premiseOfEachCheckCanBeFulfilled() {
        return names().stream().map(name -> DynamicContainer.dynamicContainer(name, premises(name)));
    }

    private static Stream<DynamicTest> premises(String name) {
        return AlloyModule.load(name).commands().stream()
                .filter(AlloyCommand::check)
                .map(command -> DynamicTest.dynamicTest(
                        command.label(),
                        () -> assertTrue(
                                command.premise().run().verdict().found(), () -> command.label() + " is vacuous")));
    }

    @Test
    void checkWithAPremiseThatCannotBeIsVacuous() {
        AlloyModule module = AlloyModule.parse("vacuous", """
                module vacuous
                var sig Atom {}
                one sig Box { holds: set univ }
                assert never { (no Atom and some Atom) implies some Box.holds }
                check never for 2 but 0 int, exactly 2 steps expect 0
                assert neverForAny { all a: Box | (some Atom and always no Atom) implies after a in a.holds }
                check neverForAny for 2 but 0 int, exactly 2 steps expect 0
                assert neverLater { some Atom implies always (no Box implies some Atom) }
                check neverLater for 2 but 0 int, exactly 2 steps expect 0
                assert sometimes { (some Atom and no Atom') implies no Box.holds - Box }
                check sometimes for 2 but 0 int, exactly 2 steps expect 0
                """);
        assertEquals(
                List.of(false, false, false, true),
                module.commands().stream()
                        .map(command -> command.premise().run().verdict().found())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("names")
    void moduleHasNoWarningsAndBothKindsOfCommands(String name) {
        AlloyModule module = AlloyModule.load(name);
        assertEquals(List.of(), module.warnings());
        assertEquals(name, module.name());
        assertEquals(
                Set.of(true, false),
                module.commands().stream().map(AlloyCommand::check).collect(toSet()));
    }

    @ParameterizedTest
    @MethodSource("names")
    void commandHasAScopeWithoutIntegersAndANameOfItsOwn(String name) {
        Set<String> labels = new HashSet<>();
        for (AlloyCommand command : AlloyModule.load(name).commands()) {
            assertTrue(command.scope().contains("0 int"), command.label());
            assertTrue(labels.add(command.label()), command.label());
        }
    }

    /** An hour of reading for all of them. */
    @Test
    void modulesAreSmall() {
        long lines =
                names().stream().flatMap(name -> AlloyModule.text(name).lines()).count();
        assertTrue(lines < 2_000, () -> lines + " lines");
    }

    @Test
    void commandThatFindsWhatItShouldNotIsNotAsExpected() {
        AlloyModule module = AlloyModule.parse("wrong", """
                module wrong
                sig Atom {}
                assert noAtoms { no Atom }
                check noAtoms for 2 expect 0
                run { some Atom } for 2
                run atoms { some Atom } for 2 expect 1
                """);

        List<Verdict> verdicts = module.verdicts();
        assertEquals(
                List.of(false, false, true),
                verdicts.stream().map(Verdict::asExpected).toList());
        assertEquals("check noAtoms: SOME, expected NONE", verdicts.get(0).toString());
    }

    @Test
    void eachSolverComesToTheSame() {
        AlloyCommand command = AlloyModule.load("smmu/queue").commands().get(0);
        for (Solver solver : Solver.values()) {
            Verdict verdict = command.run(solver).verdict();
            assertEquals(solver, verdict.solver());
            assertFalse(verdict.found());
        }
    }

    @Test
    void moduleThatIsNotThereIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> AlloyModule.load("smmu/none"));
    }

    @Test
    void textThatIsNoAlloyIsRefused() {
        assertThrows(Err.class, () -> AlloyModule.parse("wrong", "sig {"));
    }
}
