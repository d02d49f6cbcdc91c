package org.nestor.bugs.tlb;

import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.tlb.CoveredRange;
import org.nestor.smmu.tlb.InvalidationRules;
import org.nestor.smmu.walk.Stage1Entry;

/** Overlooks, when it removes by address, combined translations whose stages have pages of different sizes. */
public final class UnequalPagesKept extends InvalidationRules {

    public UnequalPagesKept(CoveredRange range) {
        super(range);
    }

    @Override
    public boolean removes(InvalidationCommand command, Stage1Entry entry, int vmidIgnoredBits) {
        return !(byAddress(command) && unequal(entry)) && super.removes(command, entry, vmidIgnoredBits);
    }

    private static boolean byAddress(InvalidationCommand command) {
        return command instanceof InvalidationCommand.TlbiNhVa || command instanceof InvalidationCommand.TlbiNhVaa;
    }

    private static boolean unequal(Stage1Entry entry) {
        return entry.stage2()
                .filter(page -> page.shift() != entry.leaf().shift())
                .isPresent();
    }
}
