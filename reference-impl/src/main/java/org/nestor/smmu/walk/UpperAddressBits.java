package org.nestor.smmu.walk;

import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;

/** Bits [51:48] of an output address where no address has 52 bits: part of it, and then too wide, or ignored. */
final class UpperAddressBits {
    private static final RuleId UNCERTAIN = RuleId.of("A-ADR-19");
    private static final int FIRST = 48;
    private static final int IGNORED = 1;

    private final StructureReader reader;
    private final boolean largeAddresses;
    private final RuleLog rules;

    /**
     * @param largeAddresses whether OAS is 52 bits
     */
    UpperAddressBits(StructureReader reader, boolean largeAddresses, RuleLog rules) {
        this.reader = reader;
        this.largeAddresses = largeAddresses;
        this.rules = rules;
    }

    /** The output address, with or without them. */
    @Rule("A-ADR-19")
    long resolve(long output) {
        if (largeAddresses || output >>> FIRST == 0) {
            return output;
        }
        rules.followed(UNCERTAIN);
        return reader.choose(UNCERTAIN, 2) == IGNORED ? output & (1L << FIRST) - 1 : output;
    }
}
