package org.nestor.properties.spec;

import java.util.List;
import org.nestor.bugs.BugComponent;
import org.nestor.bugs.Difficulty;
import org.nestor.bugs.SeededBug;
import org.nestor.smmu.CachedTranslation;
import org.nestor.smmu.SmmuParts;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.tlb.CoveredRange;
import org.nestor.smmu.tlb.InvalidationRules;
import org.nestor.smmu.walk.Stage1Entry;

/** An SMMU whose NH_ALL and S12_VMALL forget combined entries. */
final class CombinedStay extends InvalidationRules {
    CombinedStay() {
        super(new CoveredRange());
    }

    @Override
    public boolean removes(InvalidationCommand command, Stage1Entry entry, int vmidIgnoredBits) {
        boolean all =
                command instanceof InvalidationCommand.TlbiNhAll || command instanceof InvalidationCommand.TlbiS12Vmall;
        return super.removes(command, entry, vmidIgnoredBits) && !(all && entry.isCombined());
    }

    /** The reference with it. */
    static SeededBug planted() {
        SeededBug.Assembly assembly = policies -> new SmmuParts(new CachedTranslation(policies) {
            @Override
            protected InvalidationRules invalidationRules(CoveredRange range) {
                return new CombinedStay();
            }
        });
        return new SeededBug(
                "D-00",
                "CMD_TLBI_NH_ALL and CMD_TLBI_S12_VMALL forget combined entries.",
                BugComponent.INVALIDATION_SCOPE,
                Difficulty.EASY,
                "Isolation: a page that another VM has got stays reachable.",
                List.of(),
                assembly);
    }
}
