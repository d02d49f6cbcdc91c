package org.nestor.reports.site;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The rules of one family, and their cells in the coverage map.
 *
 * @param name what their ids begin with
 * @param rules the rules
 */
public record RuleFamily(String name, List<RuleLine> rules) {
    private static final int PITCH = 15;
    private static final int COLUMNS = 14;

    public RuleFamily {
        rules = List.copyOf(rules);
    }

    /**
     * A cell of the map.
     *
     * @param rule its rule
     * @param x the left edge
     * @param y the upper edge
     */
    public record Cell(RuleLine rule, int x, int y) {}

    /** One cell for each rule, row by row. */
    public List<Cell> cells() {
        return IntStream.range(0, rules.size())
                .mapToObj(i -> new Cell(rules.get(i), i % COLUMNS * PITCH, i / COLUMNS * PITCH))
                .toList();
    }

    /** The width of the map. */
    public int width() {
        return COLUMNS * PITCH;
    }

    /** The height of the map. */
    public int height() {
        return (rules.size() + COLUMNS - 1) / COLUMNS * PITCH;
    }

    /** How many rules decided. */
    public long hit() {
        return rules.stream().filter(rule -> rule.hits() > 0).count();
    }

    /** How many could have. */
    public long reachable() {
        return rules.stream()
                .filter(rule -> rule.status() == RuleStatus.HIT || rule.status() == RuleStatus.NOT_REACHED)
                .count();
    }
}
