package org.nestor.rule;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** All rules that the project knows, each in one sentence. Immutable. */
public final class RuleCatalogue {

    private final SortedMap<RuleId, RuleEntry> entries;

    private RuleCatalogue(SortedMap<RuleId, RuleEntry> entries) {
        this.entries = Collections.unmodifiableSortedMap(entries);
    }

    /**
     * Reads the catalogue that comes with the project.
     *
     * @throws IllegalStateException if the resource is missing, lists a rule twice or has a malformed row
     */
    public static RuleCatalogue load() {
        return of(Table.rows("catalogue.tsv").stream().map(RuleCatalogue::entry).toList());
    }

    /**
     * The catalogue of those rules.
     *
     * @throws IllegalStateException if a rule occurs twice
     */
    public static RuleCatalogue of(Collection<RuleEntry> rules) {
        SortedMap<RuleId, RuleEntry> entries = new TreeMap<>();
        for (RuleEntry rule : rules) {
            if (entries.putIfAbsent(rule.id(), rule) != null) {
                throw new IllegalStateException("the catalogue lists " + rule.id() + " twice");
            }
        }
        return new RuleCatalogue(entries);
    }

    private static RuleEntry entry(List<String> row) {
        try {
            return new RuleEntry(RuleId.of(row.get(0)), row.get(1), Certainty.of(row.get(2)), row.get(3));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("catalogue.tsv: malformed row " + row, e);
        }
    }

    /** The rule of that id, if the catalogue has it. */
    public Optional<RuleEntry> find(RuleId id) {
        return Optional.ofNullable(entries.get(id));
    }

    /** Every rule, in the natural order of the ids. */
    public List<RuleEntry> all() {
        return List.copyOf(entries.values());
    }
}
