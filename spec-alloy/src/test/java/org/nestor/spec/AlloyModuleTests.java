package org.nestor.spec;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import edu.mit.csail.sdg.alloy4.Err;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class AlloyModuleTests {
    @TestFactory
    Stream<DynamicTest> commandIsAsExpected() {
        return AlloyModule.names().stream()
                .flatMap(name -> AlloyModule.load(name).verdicts().stream())
                .map(verdict -> DynamicTest.dynamicTest(
                        verdict.label(), () -> assertTrue(verdict.asExpected(), verdict.toString())));
    }

    @Test
    void moduleHasNoWarningsAndBothKindsOfCommands() {
        for (String name : AlloyModule.names()) {
            AlloyModule module = AlloyModule.load(name);
            assertEquals(List.of(), module.warnings());
            assertEquals(name, module.name());
            assertEquals(
                    Set.of(true, false),
                    module.verdicts().stream().map(Verdict::check).collect(toSet()));
        }
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
    void moduleThatIsNotThereIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> AlloyModule.load("smmu/none"));
    }

    @Test
    void textThatIsNoAlloyIsRefused() {
        assertThrows(Err.class, () -> AlloyModule.parse("wrong", "sig {"));
    }
}
