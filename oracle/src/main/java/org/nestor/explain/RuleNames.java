package org.nestor.explain;

import java.util.List;
import java.util.stream.Collectors;
import org.nestor.rule.RuleId;

/** Rule ids in running text. */
final class RuleNames {

    private RuleNames() {}

    static String join(List<RuleId> rules) {
        return rules.stream().map(RuleId::toString).collect(Collectors.joining(", "));
    }
}
