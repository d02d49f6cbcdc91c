package org.nestor.properties.caching;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.nestor.memory.MemoryRegion;
import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.fault.Refusal;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.GlobalConfiguration;
import org.nestor.smmu.walk.TranslationFactory;
import org.nestor.smmu.walk.TranslationOutcome;
import org.nestor.smmu.walk.TranslationProcedure;
import org.nestor.smmu.walk.UncachedReader;

/**
 * Whether an outcome can come of the translation procedure if each word it reads shows the value of now or of any time before, chosen
 * anew at each read. Only a Translation, Address size or Access flag fault must come of the value of now (C-TLB-02).
 */
final class EarlierWords {
    private static final int MOST_RUNS = 1_000_000;
    private static final Set<EventType> FRESH =
            Set.of(EventType.F_TRANSLATION, EventType.F_ADDR_SIZE, EventType.F_ACCESS);

    private final HistoryMemory memory;
    private final TranslationProcedure procedure;
    private final List<Integer> choices = new ArrayList<>();
    private final List<Integer> alternatives = new ArrayList<>();
    private int reads;
    private boolean lastIsCurrent;

    EarlierWords(IdRegisters ids, HistoryMemory memory, GlobalConfiguration configuration) {
        this.memory = memory;
        this.procedure = new TranslationFactory().assemble(ids, new UncachedReader(new Chosen()), RuleLog.NONE);
        procedure.configure(configuration);
    }

    boolean explain(TranslationOutcome observed, Transaction transaction) {
        choices.clear();
        alternatives.clear();
        for (int runs = 0; runs < MOST_RUNS; runs++) {
            reads = 0;
            TranslationOutcome outcome = procedure.translate(transaction);
            if (outcome.equals(observed) && (lastIsCurrent || !mustBeFresh(outcome))) {
                return true;
            }
            if (!advance()) {
                return false;
            }
        }
        throw new IllegalStateException("too many words have changed too often for " + transaction);
    }

    private static boolean mustBeFresh(TranslationOutcome outcome) {
        return outcome instanceof TranslationOutcome.Refused refused
                && refused.refusal() instanceof Refusal.Fault fault
                && FRESH.contains(fault.type());
    }

    /** The next combination in the order of a counter whose lowest digit is the last read. */
    private boolean advance() {
        for (int digit = reads - 1; digit >= 0; digit--) {
            if (choices.get(digit) + 1 < alternatives.get(digit)) {
                choices.set(digit, choices.get(digit) + 1);
                choices.subList(digit + 1, choices.size()).clear();
                alternatives.subList(digit + 1, alternatives.size()).clear();
                return true;
            }
        }
        return false;
    }

    private long choose(long address) {
        List<Long> values = memory.valuesOf(address);
        if (reads == choices.size()) {
            choices.add(0);
            alternatives.add(values.size());
        }
        int choice = choices.get(reads++);
        lastIsCurrent = choice == 0;
        return values.get(choice);
    }

    /** Memory in which each read is a choice. */
    private final class Chosen implements PhysicalMemory {
        @Override
        public List<MemoryRegion> regions() {
            return memory.regions();
        }

        @Override
        public long read64(long address) {
            return choose(address);
        }

        @Override
        public void write64(long address, long value) {
            throw new UnsupportedOperationException("no hardware updates here");
        }

        @Override
        public byte[] read(long address, int length) {
            return memory.read(address, length);
        }

        @Override
        public void write(long address, byte[] data) {
            throw new UnsupportedOperationException("no hardware updates here");
        }

        @Override
        public void clear() {
            throw new UnsupportedOperationException("no hardware updates here");
        }
    }
}
