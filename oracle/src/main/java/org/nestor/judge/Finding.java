package org.nestor.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.nestor.rule.RuleId;

/** A divergence in the making. */
final class Finding {
    private final String title;
    private final Set<RuleId> rules = new TreeSet<>();
    private final List<String> allowed = new ArrayList<>();
    private final List<String> explanation = new ArrayList<>();
    private String observed = "";

    private Finding(String title) {
        this.title = title;
    }

    /** Begins with the kind of mismatch and the rules it is about. */
    static Finding of(String title, RuleId... rules) {
        Finding finding = new Finding(title);
        finding.rules.addAll(Arrays.asList(rules));
        return finding;
    }

    Finding rules(Set<RuleId> more) {
        rules.addAll(more);
        return this;
    }

    Finding observed(String what) {
        observed = what;
        return this;
    }

    Finding allowed(String one) {
        allowed.add(one);
        return this;
    }

    Finding allowed(List<String> more) {
        allowed.addAll(more);
        return this;
    }

    Finding because(String line) {
        explanation.add(line);
        return this;
    }

    Finding because(List<String> lines) {
        explanation.addAll(lines);
        return this;
    }

    Verdict verdict() {
        return new Verdict.Diverges(rules, title, observed, allowed, explanation);
    }
}
