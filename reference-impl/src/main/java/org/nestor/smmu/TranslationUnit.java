package org.nestor.smmu;

import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.command.CacheMaintenance;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.walk.Translator;

/** The translation procedure with the caches it reads through. */
public record TranslationUnit(Translator translator, CacheMaintenance caches) {

    /** Makes units with empty caches, one for each reset. */
    @FunctionalInterface
    public interface Factory {
        TranslationUnit create(IdRegisters ids, PhysicalMemory memory, RuleLog rules);
    }
}
