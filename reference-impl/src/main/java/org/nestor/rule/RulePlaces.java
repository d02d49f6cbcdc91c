package org.nestor.rule;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Answers where each rule is decided, watched and tested, or why the reference does not model it. Immutable. The index
 * is generated from the {@link Rule} annotations and the constants of all modules and checked in, since the runnable program has neither
 * sources nor test classes; the list of rules that are not modelled is written by hand.
 */
public final class RulePlaces {

    private final Map<RuleId, List<RulePlace>> places;
    private final SortedMap<RuleId, String> notModelled;

    private RulePlaces(Map<RuleId, List<RulePlace>> places, SortedMap<RuleId, String> notModelled) {
        this.places = places;
        this.notModelled = notModelled;
    }

    /** The index of those places, with the reasons why rules are not modelled. */
    public static RulePlaces of(Collection<RulePlace> places, Map<RuleId, String> notModelled) {
        Map<RuleId, List<RulePlace>> byRule = places.stream().sorted().collect(Collectors.groupingBy(RulePlace::rule));
        return new RulePlaces(Map.copyOf(byRule), new TreeMap<>(notModelled));
    }

    /**
     * Reads the index that comes with the project.
     *
     * @throws IllegalStateException if a resource is missing or malformed
     */
    public static RulePlaces load() {
        List<RulePlace> places = Table.rows("places.tsv").stream()
                .map(row -> new RulePlace(RuleId.of(row.get(0)), RulePlace.Kind.of(row.get(1)), row.get(2)))
                .toList();
        Map<RuleId, String> notModelled = Table.rows("not-modelled.tsv").stream()
                .collect(Collectors.toMap(row -> RuleId.of(row.get(0)), row -> row.get(1)));
        return of(places, notModelled);
    }

    /** Where the rule is decided, sorted; each as in {@link RulePlace#where()}. */
    public List<String> decided(RuleId rule) {
        return where(rule, RulePlace.Kind.DECIDED);
    }

    /** The tests that name the rule, sorted; each as in {@link RulePlace#where()}. */
    public List<String> tested(RuleId rule) {
        return where(rule, RulePlace.Kind.TESTED);
    }

    /** Whether something tells a rule log when the rule decides, so that a count of 0 means that it did not. */
    public boolean watched(RuleId rule) {
        return !where(rule, RulePlace.Kind.WATCHED).isEmpty();
    }

    private List<String> where(RuleId rule, RulePlace.Kind kind) {
        return places.getOrDefault(rule, List.of()).stream()
                .filter(place -> place.kind() == kind)
                .map(RulePlace::where)
                .toList();
    }

    /** The reason why the reference does not model the rule, if it does not. */
    public Optional<String> notModelled(RuleId rule) {
        return Optional.ofNullable(notModelled.get(rule));
    }

    /** Whether the rule is decided, tested, or not modelled for a stated reason. */
    public boolean accountsFor(RuleId rule) {
        return !decided(rule).isEmpty() || !tested(rule).isEmpty() || notModelled.containsKey(rule);
    }

    /** The rules that the reference does not model, in their natural order. */
    public List<RuleId> notModelled() {
        return List.copyOf(notModelled.keySet());
    }
}
