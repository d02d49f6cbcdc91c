package org.nestor.bugs.register;

import java.util.Optional;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterDecoder;

/** Decodes IIDR four bytes too high, and the registers of page 1 at their page 0 images only. */
public final class ShiftedRegisterMap extends RegisterDecoder {
    private static final int PAGE_1 = 0x10000;

    public ShiftedRegisterMap(RuleLog rules) {
        super(rules);
    }

    @Override
    protected Optional<Register> at(int offset) {
        if (offset == Register.AIDR.offset()) {
            return Optional.of(Register.IIDR);
        }
        return offset == Register.IIDR.offset() || offset >= PAGE_1 ? Optional.empty() : super.at(offset);
    }
}
