package org.nestor.campaign;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.nestor.rule.RuleId;

/**
 * Divergences of an implementation that are declared, each with its reason. They are still found, counted and shown.
 *
 * @param entries in the order of the file
 */
public record KnownDifferences(List<Entry> entries) {
    /** Nothing is declared. */
    public static final KnownDifferences NONE = new KnownDifferences(List.of());

    private static final String ANY = "*";

    public KnownDifferences {
        entries = List.copyOf(entries);
    }

    /**
     * One declared difference.
     *
     * @param id names it
     * @param rules the cause must rest on each of these
     * @param title the cause's title, in which {@code *} stands for any text
     * @param reason why it is declared
     */
    public record Entry(String id, List<RuleId> rules, String title, String reason) {
        public Entry {
            rules = List.copyOf(rules);
        }

        boolean declares(Cause cause) {
            return cause.rules().containsAll(rules)
                    && pattern().matcher(cause.title()).matches();
        }

        private Pattern pattern() {
            return Pattern.compile(title.lines()
                    .map(line -> Pattern.quote(line).replace(ANY, "\\E.*\\Q"))
                    .collect(Collectors.joining("\n")));
        }
    }

    /** The first entry that declares a cause. */
    Optional<Entry> declaring(Cause cause) {
        return entries.stream().filter(entry -> entry.declares(cause)).findFirst();
    }
}
