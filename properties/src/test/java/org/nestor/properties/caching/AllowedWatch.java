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
import org.nestor.rule.RuleLog;
import org.nestor.smmu.TranslationUnit;
import org.nestor.smmu.command.CacheMaintenance;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.transaction.OutputAccess;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.GlobalConfiguration;
import org.nestor.smmu.walk.TranslationOutcome;
import org.nestor.smmu.walk.TranslationOutcome.Translated;
import org.nestor.smmu.walk.Translator;

/** Looks over the shoulder of an SMMU with caches, and asks of each translation whether it is allowed. */
final class AllowedWatch {
    private final Instants instants = new Instants();
    private final MemoryHistory history;
    private final InvalidationLog invalidations = new InvalidationLog();
    private final List<String> complaints = new ArrayList<>();
    private Optional<AllowedTranslations> translations = Optional.empty();
    private int translated;
    private int excused;

    AllowedWatch(List<MemoryRegion> regions) {
        history = new MemoryHistory(regions);
    }

    void wrote(long address, byte[] data) {
        history.write(address, data, instants.next());
    }

    /** The translations that were not allowed. */
    List<String> complaints() {
        return complaints;
    }

    int translated() {
        return translated;
    }

    /** Those that are allowed only because software erred, or of an SMMU that walks for streams nobody has used. */
    int excused() {
        return excused;
    }

    /** The same translation and caches, watched. */
    TranslationUnit.Factory watching(TranslationUnit.Factory factory) {
        return (ids, memory, rules) -> watching(ids, factory.create(ids, memory, rules));
    }

    private TranslationUnit watching(IdRegisters ids, TranslationUnit unit) {
        translations = Optional.of(new AllowedTranslations(ids, history, invalidations, RuleLog.NONE));
        return new TranslationUnit(new Watched(unit.translator()), new Noted(unit.caches()));
    }

    private AllowedTranslations allowed() {
        return translations.orElseThrow();
    }

    private final class Watched implements Translator {
        private final Translator inner;

        Watched(Translator inner) {
            this.inner = inner;
        }

        @Override
        public void configure(GlobalConfiguration configuration) {
            history.readable(configuration.enabled(), instants.next());
            allowed().configure(configuration, instants.next());
            inner.configure(configuration);
        }

        @Override
        public TranslationOutcome translate(Transaction transaction) {
            long begin = instants.next();
            Allowed set = allowed().translate(transaction, begin);
            TranslationOutcome outcome = inner.translate(transaction);
            translated++;
            if (!contains(set, outcome, transaction)) {
                if (contains(allowed().translateEagerly(transaction, begin), outcome, transaction)
                        || !allowed().excuses(transaction, begin).isEmpty()) {
                    excused++;
                } else {
                    complaints.add(transaction + " came to " + outcome + ", allowed is " + set);
                }
            }
            return outcome;
        }

        private boolean contains(Allowed set, TranslationOutcome outcome, Transaction transaction) {
            OutputAccess access = inner.outputAccess(transaction);
            return set.incomplete().isPresent()
                    || set.outcomes().stream().anyMatch(allowed -> same(allowed, outcome, access, transaction));
        }

        private static boolean same(
                AllowedOutcome allowed, TranslationOutcome outcome, OutputAccess access, Transaction transaction) {
            if (allowed.outcome() instanceof Translated one && outcome instanceof Translated other) {
                return allowed.access().equals(access)
                        && one.attributes().equals(other.attributes())
                        && one.physicalAddress(transaction.address()) == other.physicalAddress(transaction.address());
            }
            return allowed.outcome().equals(outcome);
        }

        @Override
        public OutputAccess outputAccess(Transaction transaction) {
            return inner.outputAccess(transaction);
        }

        @Override
        public Optional<Boolean> priResponsePasid(int streamId) {
            return inner.priResponsePasid(streamId);
        }
    }

    private final class Noted implements CacheMaintenance {
        private final CacheMaintenance inner;
        private final List<Long> incomplete = new ArrayList<>();

        Noted(CacheMaintenance inner) {
            this.inner = inner;
        }

        @Override
        public void invalidate(InvalidationCommand command, int vmidIgnoredBits) {
            incomplete.add(invalidations.publish(command, vmidIgnoredBits, false, instants.next()));
            inner.invalidate(command, vmidIgnoredBits);
        }

        @Override
        public void synchronise() {
            inner.synchronise();
            long at = instants.next();
            incomplete.forEach(number -> invalidations.complete(number, at));
            incomplete.clear();
        }

        @Override
        public void prefetchConfiguration(int streamId, int substreamId) {
            inner.prefetchConfiguration(streamId, substreamId);
        }

        @Override
        public void prefetchAddress(int streamId, int substreamId, long address) {
            inner.prefetchAddress(streamId, substreamId, address);
        }
    }
}
