package org.nestor.bugs.configuration;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.nestor.smmu.TranslationUnit;
import org.nestor.smmu.command.CacheMaintenance;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.transaction.AtsKind;
import org.nestor.smmu.transaction.OutputAccess;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.GlobalConfiguration;
import org.nestor.smmu.walk.TranslationOutcome;
import org.nestor.smmu.walk.Translator;

/** Answers from a cache by StreamID and page, before any configuration is looked up; TLBI commands empty it, CFGI commands do not. */
public final class StreamCacheInFront implements Translator, CacheMaintenance {
    private static final int PAGE_SHIFT = 12;

    private final Translator translator;
    private final CacheMaintenance caches;
    private final Map<Place, Answer> answers = new HashMap<>();
    private Optional<OutputAccess> lastAccess = Optional.empty();

    /** What an answer is good for: accesses of one kind, of one client, to one page. */
    private record Place(Transaction transaction) {
        static Place of(Transaction transaction) {
            return new Place(transaction.withAddress(transaction.address() >>> PAGE_SHIFT));
        }
    }

    private record Answer(TranslationOutcome.Translated translated, OutputAccess access) {}

    private StreamCacheInFront(TranslationUnit unit) {
        this.translator = unit.translator();
        this.caches = unit.caches();
    }

    /** The same unit behind such a cache. */
    public static TranslationUnit of(TranslationUnit unit) {
        StreamCacheInFront front = new StreamCacheInFront(unit);
        return new TranslationUnit(front, front);
    }

    @Override
    public void configure(GlobalConfiguration configuration) {
        answers.clear();
        translator.configure(configuration);
    }

    @Override
    public TranslationOutcome translate(Transaction transaction) {
        Optional<Answer> known = Optional.ofNullable(answers.get(Place.of(transaction)));
        lastAccess = known.map(Answer::access);
        return known.isPresent() ? known.get().translated() : learned(transaction);
    }

    private TranslationOutcome learned(Transaction transaction) {
        TranslationOutcome outcome = translator.translate(transaction);
        if (transaction.ats() == AtsKind.UNTRANSLATED && outcome instanceof TranslationOutcome.Translated translated) {
            answers.put(Place.of(transaction), new Answer(translated, translator.outputAccess(transaction)));
        }
        return outcome;
    }

    @Override
    public OutputAccess outputAccess(Transaction transaction) {
        return lastAccess.orElseGet(() -> translator.outputAccess(transaction));
    }

    @Override
    public Optional<Boolean> priResponsePasid(int streamId) {
        return translator.priResponsePasid(streamId);
    }

    @Override
    public void invalidate(InvalidationCommand command, int vmidIgnoredBits) {
        if (!aboutConfiguration(command)) {
            answers.clear();
        }
        caches.invalidate(command, vmidIgnoredBits);
    }

    private static boolean aboutConfiguration(InvalidationCommand command) {
        return command instanceof InvalidationCommand.CfgiSte
                || command instanceof InvalidationCommand.CfgiSteRange
                || command instanceof InvalidationCommand.CfgiCd
                || command instanceof InvalidationCommand.CfgiCdAll;
    }

    @Override
    public void synchronise() {
        caches.synchronise();
    }

    @Override
    public void prefetchConfiguration(int streamId, int substreamId) {
        caches.prefetchConfiguration(streamId, substreamId);
    }

    @Override
    public void prefetchAddress(int streamId, int substreamId, long address) {
        caches.prefetchAddress(streamId, substreamId, address);
    }
}
