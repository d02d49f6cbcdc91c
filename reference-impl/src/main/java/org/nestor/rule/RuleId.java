package org.nestor.rule;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Identifies a rule: a one-letter prefix (A behaviour, C caching, R nested-stage API), an area of two to six capital letters or digits that
 * a small family of rules goes without, and a number of two or three digits, for example {@code A-STE-12} or
 * {@code D-07}. The natural order is by prefix, area and number.
 */
public final class RuleId implements Comparable<RuleId> {

    private static final Pattern SYNTAX = Pattern.compile("([A-Z](?:-[A-Z][A-Z0-9]{1,5})?)-([0-9]{2,3})");
    private static final Comparator<RuleId> ORDER =
            Comparator.comparing(RuleId::area).thenComparingInt(RuleId::number).thenComparing(RuleId::toString);

    private final String id;
    private final String area;
    private final int number;

    private RuleId(String id, String area, int number) {
        this.id = id;
        this.area = area;
        this.number = number;
    }

    /**
     * The rule of that id.
     *
     * @throws IllegalArgumentException if the id does not have the syntax of the class
     */
    public static RuleId of(String id) {
        Matcher matcher = SYNTAX.matcher(id);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a rule id: '" + id + "' (expected a form like A-STE-12)");
        }
        return new RuleId(id, matcher.group(1), Integer.parseInt(matcher.group(2)));
    }

    /** The prefix and area, for example {@code A-STE}, or the prefix alone. */
    public String area() {
        return area;
    }

    /** The number within the area, from 0 to 999. */
    public int number() {
        return number;
    }

    @Override
    public int compareTo(RuleId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RuleId that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return id;
    }
}
