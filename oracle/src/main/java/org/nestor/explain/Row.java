package org.nestor.explain;

import java.util.List;
import org.nestor.rule.RuleId;

/**
 * One explained field.
 *
 * @param bits where it is: {@code DW1[29:28]}
 * @param name the architecture's name, {@code RES0} for bits that no field names
 * @param value its value; an address with all its bits in place
 * @param meaning the value in words, may be empty
 * @param mark what is special about it
 * @param rules the rules behind the mark, may be empty
 */
public record Row(String bits, String name, long value, String meaning, Mark mark, List<RuleId> rules) {

    /** Neither used nor set, so not worth a line. */
    boolean isIdle() {
        return (mark == Mark.IGNORED || mark == Mark.RES0) && value == 0;
    }
}
