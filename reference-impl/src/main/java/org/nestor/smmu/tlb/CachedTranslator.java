package org.nestor.smmu.tlb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.command.CacheMaintenance;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.transaction.OutputAccess;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.GlobalConfiguration;
import org.nestor.smmu.walk.TranslationOutcome;
import org.nestor.smmu.walk.TranslationProcedure;
import org.nestor.smmu.walk.Translator;

/**
 * The translation procedure over caches, with what an implementation does of its own accord: read ahead of need, and let invalidations
 * wait for the CMD_SYNC that completes them.
 */
public class CachedTranslator implements Translator, CacheMaintenance {
    private static final RuleId SPECULATIVE = RuleId.of("A-WLK-11");
    private static final RuleId CONFIGURATION_AHEAD = RuleId.of("C-CFG-05");
    private static final RuleId WALKS_AHEAD = RuleId.of("C-TLB-06");
    private static final RuleId COMPLETE_AT_SYNC = RuleId.of("C-CMP-01");
    private static final RuleId BETWEEN = RuleId.of("C-CMP-07");
    private static final RuleId IN_ANY_ORDER = RuleId.of("C-CMP-08");
    private static final RuleId SURVIVES_DISABLING = RuleId.of("C-TLB-10");
    private static final int REMEMBERED = 16;

    private record Pending(InvalidationCommand command, int vmidIgnoredBits) {}

    private final TranslationProcedure procedure;
    private final CachingReader reader;
    private final CachePolicy policy;
    private final List<Pending> pending = new ArrayList<>();
    private final List<Transaction> recent = new ArrayList<>();
    private final RuleLog rules;
    private boolean enabled;

    public CachedTranslator(TranslationProcedure procedure, CachingReader reader, CachePolicy policy) {
        this.procedure = procedure;
        this.reader = reader;
        this.policy = policy;
        this.rules = reader.rules();
    }

    @Override
    @Rule("C-CFG-08")
    @Rule("C-TLB-10")
    public void configure(GlobalConfiguration configuration) {
        rules.followed(SURVIVES_DISABLING, enabled && !configuration.enabled());
        enabled = configuration.enabled();
        procedure.configure(configuration);
    }

    @Override
    public TranslationOutcome translate(Transaction transaction) {
        int speculations = policy.speculations();
        if (speculations > 0) {
            speculate(speculations);
            remember(transaction);
        }
        return procedure.translate(transaction);
    }

    @Override
    public OutputAccess outputAccess(Transaction transaction) {
        return procedure.outputAccess(transaction);
    }

    @Override
    public Optional<Boolean> priResponsePasid(int streamId) {
        return procedure.priResponsePasid(streamId);
    }

    /** Translates some recent transactions again, as reads; outcomes are dropped, nothing is recorded. Never while SMMUEN = 0. */
    @Rule("A-WLK-11")
    @Rule("A-AFD-04")
    @Rule("C-CFG-05")
    @Rule("C-CFG-10")
    @Rule("C-TLB-06")
    protected void speculate(int count) {
        for (int i = 0; i < count && enabled && !recent.isEmpty(); i++) {
            rules.followed(SPECULATIVE);
            rules.followed(CONFIGURATION_AHEAD);
            rules.followed(WALKS_AHEAD);
            procedure.translate(recent.get(policy.pick(recent.size())));
        }
    }

    private void remember(Transaction transaction) {
        Transaction read = Transaction.read(transaction.streamId(), transaction.address());
        Transaction again = transaction.ssv() ? read.withSubstream(transaction.substreamId()) : read;
        if (!recent.contains(again)) {
            if (recent.size() == REMEMBERED) {
                recent.remove(0);
            }
            recent.add(again);
        }
    }

    /** Takes effect now or, if the policy defers it, no later than {@link #synchronise()}. */
    @Override
    @Rule("C-CMP-07")
    public void invalidate(InvalidationCommand command, int vmidIgnoredBits) {
        if (policy.defersInvalidation()) {
            rules.followed(BETWEEN);
            pending.add(new Pending(command, vmidIgnoredBits));
        } else {
            reader.invalidate(command, vmidIgnoredBits);
        }
    }

    /** The invalidations that wait, oldest first. */
    public List<InvalidationCommand> waiting() {
        return pending.stream().map(Pending::command).toList();
    }

    /** Invalidations that wait take effect in any order, with translations between them. */
    @Override
    @Rule("C-CMP-01")
    @Rule("C-CMP-02")
    @Rule("C-CMP-08")
    @Rule("C-INV-10")
    public void synchronise() {
        rules.followed(COMPLETE_AT_SYNC, !pending.isEmpty());
        rules.followed(IN_ANY_ORDER, pending.size() > 1);
        while (!pending.isEmpty()) {
            Pending next = pending.remove(policy.pick(pending.size()));
            reader.invalidate(next.command(), next.vmidIgnoredBits());
            speculate(policy.speculations());
        }
    }

    @Override
    @Rule("A-CMQ-14")
    @Rule("A-PRF-01")
    public void prefetchConfiguration(int streamId, int substreamId) {
        prefetchAddress(streamId, substreamId, 0);
    }

    /** The translation of a speculative read; whatever comes of it stays in the caches alone. */
    @Override
    @Rule("A-CMQ-14")
    @Rule("A-PRF-02")
    @Rule("A-PRF-03")
    public void prefetchAddress(int streamId, int substreamId, long address) {
        if (!enabled) {
            return;
        }
        Transaction read = Transaction.read(streamId, address);
        procedure.translate(substreamId == 0 ? read : read.withSubstream(substreamId));
    }
}
