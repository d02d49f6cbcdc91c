package org.nestor.campaign;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.nestor.judge.Verdict;
import org.nestor.protocol.ErrorCode;
import org.nestor.protocol.Reply;
import org.nestor.rule.RuleId;

/**
 * What divergences are folded by: two of the same cause are one finding.
 *
 * @param rules what the allowed outcomes rest on, in order
 * @param title the kind of mismatch
 */
public record Cause(List<RuleId> rules, String title) implements Comparable<Cause> {
    private static final Pattern PLACE =
            Pattern.compile(" \\(at the command [^)]*\\)|(?<=\\breply):[0-9]+:[0-9]+(?=:)");

    public Cause {
        rules = rules.stream().sorted().toList();
    }

    static Cause of(Verdict.Diverges verdict) {
        return new Cause(List.copyOf(verdict.rules()), verdict.title());
    }

    /** The implementation ended instead of replying: each way to end is a cause, whatever it was asked then. */
    static Cause of(Reply.Failure end) {
        String verb = end.code() == ErrorCode.HUNG ? "hung" : "died";
        return new Cause(List.of(), verb + ": " + PLACE.matcher(end.message()).replaceAll(""));
    }

    /** The ids of the rules. */
    public Set<String> ruleNames() {
        return Set.copyOf(rules.stream().map(RuleId::toString).toList());
    }

    @Override
    public int compareTo(Cause other) {
        int byTitle = title.compareTo(other.title);
        return byTitle != 0 ? byTitle : rules.toString().compareTo(other.rules.toString());
    }

    @Override
    public String toString() {
        return rules.isEmpty() ? title : title + " " + rules;
    }
}
