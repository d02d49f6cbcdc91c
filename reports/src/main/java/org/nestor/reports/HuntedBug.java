package org.nestor.reports;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A seeded bug, and how the searches for it went.
 *
 * @param id its id
 * @param title what is wrong
 * @param component where it sits
 * @param difficulty how hard it is to meet by chance
 * @param rules the rules that it violates
 * @param attempts one search for each seed
 */
public record HuntedBug(
        String id, String title, String component, String difficulty, List<String> rules, List<HuntAttempt> attempts) {

    public HuntedBug {
        rules = List.copyOf(rules);
        attempts = List.copyOf(attempts);
        Checks.require(!attempts.isEmpty(), "attempts: expected one at least");
    }

    private Stream<HuntSighting> sightings() {
        return attempts.stream().flatMap(attempt -> attempt.sighting().stream());
    }

    /** How many searches found it. */
    public int finds() {
        return (int) sightings().count();
    }

    /** Whether more than half of the searches found it, so that the median search did. */
    public boolean found() {
        return median().isPresent();
    }

    /** The search in the middle, by the scenarios that each took, those without a find last; nothing if it has none. */
    private Optional<HuntAttempt> median() {
        List<HuntAttempt> sorted = attempts.stream()
                .sorted(Comparator.comparing(
                                (HuntAttempt attempt) -> attempt.sighting().isEmpty())
                        .thenComparingLong(HuntAttempt::scenarios))
                .toList();
        return Optional.of(sorted.get(attempts.size() / 2))
                .filter(attempt -> attempt.sighting().isPresent());
    }

    /** Scenarios to the first detection, in the median search. */
    public Optional<Long> scenarios() {
        return median().map(HuntAttempt::scenarios);
    }

    /** Seconds to the first detection, in the median search. */
    public Optional<Double> seconds() {
        return median().map(HuntAttempt::seconds);
    }

    /** Requests beyond the set-up in the longest of the shrunk cases. */
    public OptionalInt requests() {
        return sightings().mapToInt(HuntSighting::requests).max();
    }

    /** What the verdicts rest on. */
    public List<String> verdictRules() {
        return sightings()
                .flatMap(seen -> seen.rules().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** How many verdicts blame the component where the bug is. */
    public int blamed() {
        return (int) sightings().filter(HuntSighting::blamed).count();
    }

    /** The shortest of the shrunk cases. */
    public Optional<HuntSighting> shortest() {
        return sightings().min(Comparator.comparingInt(HuntSighting::requests));
    }
}
