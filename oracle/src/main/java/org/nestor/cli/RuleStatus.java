package org.nestor.cli;

import java.util.List;
import java.util.Optional;
import org.nestor.rule.RuleEntry;
import org.nestor.rule.RulePlaces;

/** A rule together with what accounts for it. */
record RuleStatus(RuleEntry entry, List<String> decided, List<String> tested, Optional<String> notModelled) {

    static RuleStatus of(RuleEntry entry, RulePlaces places) {
        return new RuleStatus(
                entry, places.decided(entry.id()), places.tested(entry.id()), places.notModelled(entry.id()));
    }

    String id() {
        return entry.id().toString();
    }

    boolean isDecided() {
        return !decided.isEmpty();
    }

    boolean isTestedOnly() {
        return decided.isEmpty() && !tested.isEmpty();
    }

    boolean isMissing() {
        return decided.isEmpty() && tested.isEmpty() && notModelled.isEmpty();
    }
}
