package org.nestor.allowed;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.nestor.rule.RuleId;
import org.nestor.smmu.transaction.OutputAccess;
import org.nestor.smmu.walk.TranslationOutcome;

/**
 * One thing that a transaction may come to.
 *
 * @param outcome what the translation procedure makes of it, before it is terminated or stalled
 * @param access PnU and InD as an access goes out with them
 * @param updates what hardware may have written to descriptors on the way
 * @param past the words that were used with a value that memory does not hold any more
 * @param rules the rules that decided
 */
public record AllowedOutcome(
        TranslationOutcome outcome,
        OutputAccess access,
        List<HardwareUpdate> updates,
        List<PastWord> past,
        Set<RuleId> rules) {

    public AllowedOutcome {
        updates = List.copyOf(updates);
        past = List.copyOf(past);
        rules = Set.copyOf(rules);
    }

    /**
     * A hardware update of a descriptor.
     *
     * @param address of the doubleword, physical
     * @param value what it was set to
     */
    public record HardwareUpdate(long address, long value) {}

    /**
     * A doubleword used with an earlier value.
     *
     * @param role what it was read as, in words
     * @param address physical
     * @param value the value used
     * @param lastHeld the last instant at which memory held it
     * @param removedBy the command since which it cannot be used; none if it can
     */
    public record PastWord(
            String role, long address, long value, long lastHeld, Optional<InvalidationLog.Closing> removedBy) {}
}
