package org.nestor.smmu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.nestor.smmu.command.CacheMaintenance;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.fault.FaultGovernance;
import org.nestor.smmu.fault.Refusal;
import org.nestor.smmu.transaction.MemoryAttributes;
import org.nestor.smmu.transaction.OutputAccess;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.GlobalConfiguration;
import org.nestor.smmu.walk.TranslationOutcome;
import org.nestor.smmu.walk.Translator;

/** Stands for the translation procedure: identity, except for the pages that a test gives an outcome. It keeps a log. */
final class FakeTranslation implements Translator, CacheMaintenance {
    final List<String> log = new ArrayList<>();
    final List<GlobalConfiguration> configurations = new ArrayList<>();
    final List<Transaction> transactions = new ArrayList<>();
    Optional<Boolean> ppar = Optional.empty();
    private final Map<Long, Function<Transaction, TranslationOutcome>> pages = new HashMap<>();

    static TranslationOutcome.Translated to(long outputBase) {
        return new TranslationOutcome.Translated(outputBase, 0xFFF, MemoryAttributes.WRITE_BACK);
    }

    static TranslationOutcome refused(Refusal refusal, FaultGovernance governance) {
        return new TranslationOutcome.Refused(refusal, governance, false, false, false);
    }

    /** From now on the page has this outcome. */
    void set(long address, TranslationOutcome outcome) {
        pages.put(address >>> 12, transaction -> outcome);
    }

    @Override
    public void configure(GlobalConfiguration configuration) {
        configurations.add(configuration);
    }

    @Override
    public TranslationOutcome translate(Transaction transaction) {
        transactions.add(transaction);
        return pages.getOrDefault(transaction.address() >>> 12, t -> to(t.address() & -4096))
                .apply(transaction);
    }

    @Override
    public OutputAccess outputAccess(Transaction transaction) {
        return new OutputAccess(transaction.privileged(), transaction.instruction());
    }

    @Override
    public Optional<Boolean> priResponsePasid(int streamId) {
        log.add("ppar " + streamId);
        return ppar;
    }

    @Override
    public void invalidate(InvalidationCommand command, int vmidIgnoredBits) {
        log.add(command + (vmidIgnoredBits == 0 ? "" : " ignoring " + vmidIgnoredBits));
    }

    @Override
    public void synchronise() {
        log.add("sync");
    }

    @Override
    public void prefetchConfiguration(int streamId, int substreamId) {
        log.add("prefetch " + streamId + " " + substreamId);
    }

    @Override
    public void prefetchAddress(int streamId, int substreamId, long address) {
        log.add("prefetch " + streamId + " " + substreamId + " 0x" + Long.toHexString(address));
    }
}
