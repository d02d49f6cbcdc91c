package org.nestor.judge;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.nestor.allowed.AllowedOutcome.HardwareUpdate;
import org.nestor.allowed.AllowedOutcome.PastWord;
import org.nestor.rule.RuleId;
import org.nestor.smmu.OutputAttributes;

/**
 * One way in which a transaction may end for its client.
 *
 * @param kind how the client sees it
 * @param physicalAddress with {@code OK}: where the access goes
 * @param attributes with {@code OK}: what it carries; empty if that is not known
 * @param record the event record that it leaves
 * @param mergeable whether the record may be merged
 * @param rules what decided
 * @param past words used that memory does not hold any more
 * @param updates what hardware may have written to descriptors
 * @param words the cause, in words
 */
record Ending(
        Kind kind,
        long physicalAddress,
        Optional<OutputAttributes> attributes,
        Optional<ExpectedRecord> record,
        boolean mergeable,
        Set<RuleId> rules,
        List<PastWord> past,
        List<HardwareUpdate> updates,
        String words) {

    /** How the client sees it. */
    enum Kind {
        OK("ok"),
        ABORT("abort"),
        RAZ_WI("razwi"),
        STALL("stall");

        final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    /** In one line, with the past values that it rests on. */
    String describe() {
        StringBuilder line = new StringBuilder(kind.label);
        if (kind == Kind.OK) {
            line.append(" pa ").append(Hex.of(physicalAddress));
        } else {
            line.append(" (").append(words).append(')');
        }
        record.ifPresent(one -> line.append(", recorded as ").append(one.describe()));
        for (PastWord word : past) {
            line.append("; with the ")
                    .append(word.role())
                    .append(" at ")
                    .append(Hex.of(word.address()))
                    .append(" = ")
                    .append(Hex.of(word.value()))
                    .append(", which memory held until exchange ")
                    .append(word.lastHeld());
        }
        return line.toString();
    }

    /** The kind, with the event if there is one: what makes two endings the same for folding. */
    String title() {
        return kind == Kind.OK ? kind.label : kind.label + " (" + words + ")";
    }
}
