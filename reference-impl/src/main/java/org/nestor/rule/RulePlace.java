package org.nestor.rule;

import java.util.Comparator;
import java.util.Locale;

/**
 * A place in the sources that names a rule.
 *
 * @param rule the rule
 * @param kind what the place does about it
 * @param where the type, or the type and its member: {@code org.nestor.Type}, {@code org.nestor.Type#method},
 *     {@code org.nestor.Type#field}, {@code org.nestor.Type#new} for a constructor
 */
public record RulePlace(RuleId rule, Kind kind, String where) implements Comparable<RulePlace> {

    /** What a place does about a rule. */
    public enum Kind {
        /** The code there decides by the rule. */
        DECIDED,
        /** A rule log is told by the code there when it decides by the rule. */
        WATCHED,
        /** The test there pins the rule. */
        TESTED;

        /**
         * The kind of that lower-case name.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Kind of(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Comparator<RulePlace> ORDER =
            Comparator.comparing(RulePlace::rule).thenComparing(RulePlace::kind).thenComparing(RulePlace::where);

    @Override
    public int compareTo(RulePlace other) {
        return ORDER.compare(this, other);
    }

    /** The place as a row of the index, without a line end. */
    public String toRow() {
        return String.join("\t", rule.toString(), kind.toString(), where);
    }
}
