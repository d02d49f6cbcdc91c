package org.nestor.explain;

import java.util.List;
import org.nestor.rule.RuleId;

/**
 * The mark of a field and its reason.
 *
 * @param mark the mark
 * @param rules the rules that it rests on, may be empty
 */
record Status(Mark mark, List<RuleId> rules) {

    static final Status NONE = new Status(Mark.NONE, List.of());
    static final Status IGNORED = new Status(Mark.IGNORED, List.of());
    static final Status RES0 = new Status(Mark.RES0, List.of());
    static final Status UNKNOWN = new Status(Mark.UNKNOWN, List.of());

    static Status illegal(List<RuleId> rules) {
        return new Status(Mark.ILLEGAL, rules);
    }

    /** IGNORED, or nothing special. */
    static Status usedIf(boolean used) {
        return used ? NONE : IGNORED;
    }
}
