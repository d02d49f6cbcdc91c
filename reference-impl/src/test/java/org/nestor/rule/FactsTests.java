package org.nestor.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Compares the catalogue with the research notes that the rules were taken from. The notes are no part of the project:
 * where they are at hand, the environment variable or system property {@code NESTOR_FACTS} names their folder.
 */
class FactsTests {

    private static final Pattern RULE = Pattern.compile("(?m)^- \\*\\*([AC]-[A-Z]+-[0-9]{2})\\*\\* ");

    @Test
    void catalogueListsTheRulesOfTheNotesAndNoOthers() throws IOException {
        Optional<Path> facts = Optional.ofNullable(System.getProperty("NESTOR_FACTS", System.getenv("NESTOR_FACTS")))
                .map(Path::of);
        assumeTrue(facts.isPresent(), "NESTOR_FACTS names no folder of research notes: nothing to compare with");

        SortedSet<String> noted = new TreeSet<>(rules(facts.get().resolve("smmuv3-behaviour.md")));
        noted.addAll(rules(facts.get().resolve("smmuv3-caching.md")));
        SortedSet<String> listed = RuleCatalogue.load().all().stream()
                .map(rule -> rule.id().toString())
                .filter(id -> id.startsWith("A-") || id.startsWith("C-"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(noted, listed);
    }

    private static SortedSet<String> rules(Path notes) throws IOException {
        return RULE.matcher(Files.readString(notes))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
