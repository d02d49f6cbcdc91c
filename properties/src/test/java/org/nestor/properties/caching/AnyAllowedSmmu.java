package org.nestor.properties.caching;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nestor.allowed.Allowed;
import org.nestor.allowed.AllowedOutcome;
import org.nestor.allowed.AllowedTranslations;
import org.nestor.allowed.InvalidationLog;
import org.nestor.allowed.MemoryHistory;
import org.nestor.memory.MemoryRegion;
import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.SmmuParts;
import org.nestor.smmu.TranslationUnit;
import org.nestor.smmu.command.CacheMaintenance;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.transaction.OutputAccess;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.GlobalConfiguration;
import org.nestor.smmu.walk.TranslationOutcome;
import org.nestor.smmu.walk.Translator;

/** An SMMU without caches that comes to any outcome the allowed set has, as it is told. */
final class AnyAllowedSmmu implements Translator, CacheMaintenance {
    private final Instants instants = new Instants();
    private final MemoryHistory history;
    private final InvalidationLog invalidations = new InvalidationLog();
    private final AllowedTranslations translations;
    private final Smmu smmu;
    private GlobalConfiguration registers = GlobalConfiguration.RESET;
    private final List<Long> incomplete = new ArrayList<>();
    private int choice;
    private Optional<Allowed> last = Optional.empty();
    private OutputAccess access = new OutputAccess(false, false);

    AnyAllowedSmmu(IdRegisters ids, List<MemoryRegion> regions) {
        history = new MemoryHistory(regions);
        translations = new AllowedTranslations(ids, history, invalidations, RuleLog.NONE);
        smmu = new Smmu(
                ids, new ObservedMemory(history, instants), new SmmuParts(AnyAllowedSmmu.this::unit), RuleLog.NONE);
    }

    private TranslationUnit unit(IdRegisters ids, PhysicalMemory memory, RuleLog rules) {
        return new TranslationUnit(this, this);
    }

    Smmu smmu() {
        return smmu;
    }

    /** The outcome of the last translation, if it is to be another than the present one. */
    void choose(int index) {
        choice = index;
    }

    /** What the last translation may have come to. */
    Allowed last() {
        return last.orElseThrow();
    }

    @Override
    public void configure(GlobalConfiguration configuration) {
        registers = configuration;
        history.readable(configuration.enabled(), instants.next());
        translations.configure(configuration, instants.next());
    }

    @Override
    public TranslationOutcome translate(Transaction transaction) {
        Allowed allowed = translations.translate(transaction, instants.next());
        last = Optional.of(allowed);
        AllowedOutcome outcome =
                allowed.outcomes().get(Math.min(choice, allowed.outcomes().size() - 1));
        access = outcome.access();
        return outcome.outcome();
    }

    @Override
    public OutputAccess outputAccess(Transaction transaction) {
        return access;
    }

    @Override
    public Optional<Boolean> priResponsePasid(int streamId) {
        return Optional.empty();
    }

    @Override
    public void invalidate(InvalidationCommand command, int vmidIgnoredBits) {
        incomplete.add(invalidations.publish(command, vmidIgnoredBits, registers.e2h(), instants.next()));
    }

    @Override
    public void synchronise() {
        long at = instants.next();
        incomplete.forEach(number -> invalidations.complete(number, at));
        incomplete.clear();
    }

    @Override
    public void prefetchConfiguration(int streamId, int substreamId) {}

    @Override
    public void prefetchAddress(int streamId, int substreamId, long address) {}
}
