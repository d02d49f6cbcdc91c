package org.nestor.spec;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The claims within larger scopes: steps of inductions at 8 atoms, bounded runs at 4 atoms and 16 steps and at 5 and 12. */
class DeepScopeTests {
    private static final int INDUCTION_ATOMS = 8;

    @Test
    void largerScopeFindsWhatASmallOneDoesNot() {
        AlloyCommand small = AlloyModule.parse("small", """
                module small
                var sig Atom {}
                assert fewAtoms { lone Atom }
                check fewAtoms for 1 but 0 int, exactly 1 steps expect 0
                run { no Atom } for 1 expect 1
                """).commands().get(0);
        assertFalse(small.run().verdict().found());
        assertTrue(small.within(2, 1).run().verdict().found());
    }

    @Tag("deep")
    @TestFactory
    Stream<DynamicTest> inductionHolds() {
        return checks().filter(AlloyCommand::isInduction).map(command -> test(command.within(INDUCTION_ATOMS, 0)));
    }

    @Tag("deep")
    @TestFactory
    Stream<DynamicTest> longRunsHold() {
        return checks().filter(AlloyCommand::isBoundedRun)
                .flatMap(command -> Stream.of(command.within(4, 16), command.within(5, 12)))
                .map(DeepScopeTests::test);
    }

    private static Stream<AlloyCommand> checks() {
        return SpecTable.commands(AlloyModule.names()).stream().filter(AlloyCommand::check);
    }

    private static DynamicTest test(AlloyCommand command) {
        String name = command.module().name() + " " + command.label() + " for " + command.scope();
        return DynamicTest.dynamicTest(name, () -> {
            Run run = command.run();
            System.out.println(SpecTable.row(run));
            assertTrue(run.verdict().asExpected(), SpecTable.row(run));
        });
    }
}
