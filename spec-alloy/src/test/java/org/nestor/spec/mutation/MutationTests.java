package org.nestor.spec.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nestor.spec.AlloyModule;
import org.nestor.spec.mutation.MutationRun.Outcome;

/**
 * Which claim notices that a predicate lacks a conjunct. Those that no claim notices are listed, with the reason, in survivors.txt; the
 * list must be exact. {@code -Dnestor.survivors=FILE} appends what a run has found to a file.
 */
class MutationTests {

    @Test
    void conjunctThatNoClaimNeedsSurvives() {
        AlloyModule module = AlloyModule.parse("small", """
                module small
                sig Atom {}
                one sig Box { holds: set Atom, spare: set Atom }
                pred rules { some Box.holds and some Box.spare }
                assert boxHolds { rules implies some Box.holds }
                check boxHolds for 2 but 0 int expect 0
                pred goal { rules and some Atom }
                run goal for 2 but 0 int expect 1
                """);
        List<Outcome> outcomes = new MutationRun(module).outcomes();
        assertEquals(
                List.of(Optional.of("boxHolds"), Optional.empty()),
                outcomes.stream().map(Outcome::killer).toList());
        assertTrue(
                outcomes.get(1).mutant().startsWith("rules: some "),
                outcomes.get(1).mutant());
    }

    @Test
    void conjunctWithinAnAlternativeOrAConditionIsLeftOutToo() {
        AlloyModule module = AlloyModule.parse("small", """
                module small
                sig Atom {}
                one sig Box { holds: set Atom, spare: set Atom }
                pred rules {
                  (some Box.holds and some Box.spare) or no Atom
                  all a: Atom | a in Box.holds implies (a in Box.spare and one Atom)
                }
                assert fewAtoms { rules implies lone Atom }
                check fewAtoms for 2 but 0 int expect 0
                """);
        assertEquals(
                List.of(
                        "OR[AND[some Box.holds, some Box.spare], no Atom]: fewAtoms",
                        "(all a | a in Box.holds => AND[a in Box.spare, one Atom]): fewAtoms",
                        "some Box.holds: fewAtoms",
                        "some Box.spare: survives",
                        "a in Box.spare: survives",
                        "one Atom: fewAtoms"),
                new MutationRun(module).outcomes().stream().map(this::line).toList());
    }

    private String line(Outcome outcome) {
        String mutant = outcome.mutant()
                .substring("rules: ".length())
                .replaceAll("this/", "")
                .replaceAll("\\(\\w+ <: (\\w+)\\)", "$1")
                .replace(" . ", ".");
        return mutant + ": " + outcome.killer().orElse("survives");
    }

    @Test
    void moduleThatIsWrongBeforeAnythingIsLeftOutIsRefused() {
        AlloyModule module = AlloyModule.parse("wrong", """
                module wrong
                sig Atom {}
                assert noAtoms { no Atom }
                check noAtoms for 2 but 0 int expect 0
                """);
        assertThrows(IllegalArgumentException.class, () -> new MutationRun(module));
    }

    @ParameterizedTest
    @ValueSource(strings = {"smmu/tags", "smmu/steupdate", "iommu/domain", "iommu/msi"})
    void eachConjunctOfASmallModuleIsNoticedOrListed(String name) throws IOException {
        assertNoticedOrListed(name);
    }

    @Tag("deep")
    @ParameterizedTest
    @ValueSource(strings = {"smmu/queue", "smmu/invalidation", "smmu/nested"})
    void eachConjunctIsNoticedOrListed(String name) throws IOException {
        assertNoticedOrListed(name);
    }

    private static void assertNoticedOrListed(String name) throws IOException {
        List<Outcome> outcomes = new MutationRun(AlloyModule.load(name)).outcomes();
        TreeSet<String> survivors = new TreeSet<>();
        outcomes.stream()
                .filter(outcome -> outcome.killer().isEmpty())
                .forEach(outcome -> survivors.add(name + "\t" + outcome.mutant()));
        report(name, outcomes, survivors);
        assertTrue(survivors.size() * 10 <= outcomes.size(), survivors.size() + " of " + outcomes.size() + " survive");
        assertEquals(listed(name), survivors);
    }

    private static void report(String name, List<Outcome> outcomes, Set<String> survivors) throws IOException {
        System.out.printf(
                "%s: %d of %d conjuncts are noticed%n", name, outcomes.size() - survivors.size(), outcomes.size());
        String file = System.getProperty("nestor.survivors", "");
        if (!file.isEmpty()) {
            Path path = Path.of(file);
            String known = Files.exists(path) ? Files.readString(path) : "";
            Files.writeString(path, known + String.join("\n", survivors) + "\n");
        }
    }

    /** Lines of module, mutant and reason, separated by tabs. */
    private static Set<String> listed(String name) throws IOException {
        TreeSet<String> listed = new TreeSet<>();
        try (InputStream in = MutationTests.class.getResourceAsStream("survivors.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            text.lines().filter(line -> line.startsWith(name + "\t")).forEach(line -> {
                String[] cells = line.split("\t", -1);
                assertEquals(3, cells.length, () -> "module, mutant and reason: " + line);
                listed.add(cells[0] + "\t" + cells[1]);
            });
        }
        return listed;
    }
}
