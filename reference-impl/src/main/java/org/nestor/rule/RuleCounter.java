package org.nestor.rule;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts how often a run decided on each rule. Not safe for use by several threads. */
public final class RuleCounter implements RuleLog {

    private final Map<RuleId, Long> counts = new HashMap<>();

    @Override
    public void decided(RuleId rule) {
        counts.merge(rule, 1L, Long::sum);
    }

    @Override
    public void followed(RuleId rule) {
        decided(rule);
    }

    /** The counts so far, by rule; a copy, so that it does not change when the run goes on. */
    public SortedMap<RuleId, Long> snapshot() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    /** The counts so far, by rule; counting begins anew. */
    public SortedMap<RuleId, Long> take() {
        SortedMap<RuleId, Long> taken = snapshot();
        counts.clear();
        return taken;
    }
}
