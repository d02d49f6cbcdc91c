package org.nestor.bugs.register;

import java.util.List;
import java.util.Optional;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.SmmuParts;
import org.nestor.smmu.TranslationUnit;
import org.nestor.smmu.register.Acknowledgement;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterBank;
import org.nestor.smmu.register.RegisterDecoder;
import org.nestor.smmu.register.RegisterFeatures;
import org.nestor.smmu.register.RegisterFile;
import org.nestor.smmu.register.RegisterGuards;

/** Keeps control and error registers over a reset. */
public final class RegistersKept extends SmmuParts {
    private static final List<Register> KEPT = List.of(
            Register.CR0, Register.CR0ACK, Register.IRQ_CTRL, Register.IRQ_CTRLACK, Register.GERROR, Register.GERRORN);

    private Optional<RegisterBank> before = Optional.empty();

    public RegistersKept(TranslationUnit.Factory translation) {
        super(translation);
    }

    @Override
    protected RegisterFile registerFile(
            RegisterBank bank,
            RegisterDecoder decoder,
            RegisterFeatures features,
            RegisterGuards guards,
            Acknowledgement acknowledgement,
            RuleLog rules) {
        RegisterFile file = super.registerFile(bank, decoder, features, guards, acknowledgement, rules);
        before.ifPresent(earlier -> KEPT.forEach(register -> bank.set(register, earlier.get(register))));
        before = Optional.of(bank);
        return file;
    }
}
