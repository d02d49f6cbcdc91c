package org.nestor.properties.seam;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nestor.memory.SparseMemory;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.CachedTranslation;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.SmmuParts;
import org.nestor.smmu.config.StreamDecoder;
import org.nestor.smmu.fault.Refusal;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Profile;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.tlb.CachePolicies;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.StreamTable;
import org.nestor.smmu.walk.StructureReader;
import org.nestor.smmu.walk.TranslationFactory;
import org.nestor.smmu.walk.TranslationOutcome;
import org.nestor.smmu.walk.TranslationOutcome.Refused;
import org.nestor.tables.BumpAllocator;
import org.nestor.tables.Ste;
import org.nestor.tables.TableSpace;
import org.nestor.tables.TwoLevelStreamTable;

/** The example of ARCHITECTURE.md, which quotes it: an SMMU that reads one field of an L1STD wrongly. */
class SeamTests {
    private static final int FIRST_STREAM = 0x40;
    private static final int SPAN = 3;

    /** Takes a level 2 table to have 2^Span STEs, twice as many as it has. */
    static final class WideSpan extends StreamTable {
        WideSpan(StructureReader reader, StreamDecoder decoder, IdRegisters id, RuleLog rules) {
            super(reader, decoder, id, rules);
        }

        @Override
        protected Optional<RuleId> outsideSpan(int span, int index, int split) {
            Optional<RuleId> broken = super.outsideSpan(span, index, split);
            return broken.filter(rule -> span == 0 || index >= 1 << span);
        }
    }

    static final class WithWideSpan extends TranslationFactory {
        @Override
        protected StreamTable streamTable(
                StructureReader reader, StreamDecoder decoder, IdRegisters id, RuleLog rules) {
            return new WideSpan(reader, decoder, id, rules);
        }
    }

    static Smmu smmu(TranslationFactory translation, SparseMemory memory) {
        SmmuParts parts = new SmmuParts(new CachedTranslation(translation, CachePolicies::never));
        return new Smmu(Profile.FULL.idRegisters(), memory, parts, RuleLog.NONE);
    }

    /** Span = 3 describes four STEs. All of the memory behind the L1STD holds STEs that let everything pass. */
    @ParameterizedTest
    @CsvSource({"0,passes,passes", "3,passes,passes", "4,A-SID-07,passes", "7,A-SID-07,passes", "8,A-SID-07,A-SID-07"})
    void replacedDecisionShowsWhereTheRuleBites(int index, String reference, String replaced) {
        assertEquals(reference, outcome(new TranslationFactory(), FIRST_STREAM + index));
        assertEquals(replaced, outcome(new WithWideSpan(), FIRST_STREAM + index));
    }

    private static String outcome(TranslationFactory translation, int streamId) {
        SparseMemory memory = SparseMemory.ram(0, 1L << 32);
        Smmu smmu = smmu(translation, memory);
        TwoLevelStreamTable streams =
                new TwoLevelStreamTable(TableSpace.physical(memory, new BumpAllocator(1 << 20, 1 << 30)), 16, 6);
        long leaf = streams.addLeaf(FIRST_STREAM, SPAN);
        for (int ste = 0; ste < 64; ste++) {
            for (int word = 0; word < 8; word++) {
                memory.write64(leaf + 64L * ste + 8L * word, Ste.bypass().line().doubleword(word));
            }
        }
        smmu.write(Register.STRTAB_BASE, streams.strtabBase());
        smmu.write(Register.STRTAB_BASE_CFG, streams.strtabBaseCfg());
        smmu.write(Register.CR0, 1);
        return word(smmu.translate(Transaction.read(streamId, 0x1000)));
    }

    private static String word(TranslationOutcome outcome) {
        return outcome instanceof Refused refused && refused.refusal() instanceof Refusal.Fault fault
                ? fault.rule().toString()
                : "passes";
    }
}
