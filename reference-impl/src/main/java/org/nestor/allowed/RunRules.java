package org.nestor.allowed;

import java.util.LinkedHashSet;
import java.util.Set;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;

/** The rules that explain the outcome of one run. */
final class RunRules implements RuleLog {
    private final Set<RuleId> rules = new LinkedHashSet<>();

    @Override
    public void decided(RuleId rule) {
        rules.add(rule);
    }

    /** Those since the last call. */
    Set<RuleId> take() {
        Set<RuleId> taken = Set.copyOf(rules);
        rules.clear();
        return taken;
    }
}
