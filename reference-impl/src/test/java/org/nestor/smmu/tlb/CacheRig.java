package org.nestor.smmu.tlb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Optional;
import org.nestor.rule.RuleCounter;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.command.InvalidationCommand.Extent;
import org.nestor.smmu.fault.Refusal;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.register.Profile;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.GlobalConfiguration;
import org.nestor.smmu.walk.TranslationFactory;
import org.nestor.smmu.walk.TranslationOutcome;
import org.nestor.tables.BumpAllocator;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.LinearStreamTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Stage2Bits;
import org.nestor.tables.Ste;
import org.nestor.tables.TableSpace;

/**
 * The translation procedure over caches, with one stream for stage 1 and one for both stages, which use the same CD and tables.
 * The second sees them at their physical address. Nothing else is mapped at first.
 */
final class CacheRig {
    static final int STAGE_1 = 0;
    static final int NESTED = 1;
    static final int VMID = 3;
    static final int NESTED_VMID = 4;
    static final int ASID = 5;
    static final long PAGE = 4096;
    static final long NON_GLOBAL = Stage1Bits.READ_WRITE | Stage1Bits.NG;

    private static final long TABLES_END = 1L << 21;

    final WatchedMemory memory = new WatchedMemory();
    final ScriptedPolicy policy = new ScriptedPolicy();
    final TableSpace space = TableSpace.physical(memory, new BumpAllocator(0, TABLES_END));
    final LinearStreamTable streams = new LinearStreamTable(space, 4);
    final PageTable stage1 = PageTable.stage1(space, Granule.KB4, 39);
    final PageTable stage2 = PageTable.stage2(space, Granule.KB4, 39, 1);
    final LinearCdTable contexts = LinearCdTable.single(space, Cd.of(stage1).asid(ASID));
    final Cd cd = Cd.of(stage1).asid(ASID);
    final Ste ste = Ste.stage1(contexts).s2vmid(VMID);
    final Ste nestedSte = Ste.nested(contexts, stage2).s2vmid(NESTED_VMID);
    final RuleCounter counter = new RuleCounter();
    final CachedTranslator translator;

    CacheRig() {
        InvalidationRules rules = new InvalidationRules(new CoveredRange());
        CachingReader reader =
                new CachingReader(memory, policy, new TlbTags(), rules, new ConfigurationInvalidationRules(), counter);
        translator = new CachedTranslator(
                new TranslationFactory().assemble(Profile.FULL.idRegisters(), reader, RuleLog.NONE), reader, policy);
        streams.put(STAGE_1, ste);
        streams.put(NESTED, nestedSte);
        for (long page = 0; page < TABLES_END; page += PAGE) {
            stage2.map(page, page, 3, Stage2Bits.READ_WRITE);
        }
        enable(true);
    }

    void enable(boolean enabled) {
        translator.configure(new GlobalConfiguration(enabled, streams.strtabBase(), streams.strtabBaseCfg(), 0, false));
    }

    /** The physical address of a read that succeeds. */
    long physical(int streamId, long address) {
        TranslationOutcome outcome = translator.translate(Transaction.read(streamId, address));
        return assertInstanceOf(TranslationOutcome.Translated.class, outcome).physicalAddress(address);
    }

    void succeeds(Transaction transaction) {
        assertInstanceOf(TranslationOutcome.Translated.class, translator.translate(transaction));
    }

    /** The event of a transaction that fails. */
    void fails(EventType expected, Transaction transaction) {
        TranslationOutcome outcome = translator.translate(transaction);
        Refusal refusal =
                assertInstanceOf(TranslationOutcome.Refused.class, outcome).refusal();
        assertEquals(expected, assertInstanceOf(Refusal.Fault.class, refusal).type());
    }

    void fails(EventType expected, int streamId, long address) {
        fails(expected, Transaction.read(streamId, address));
    }

    void invalidate(InvalidationCommand command) {
        translator.invalidate(command, 0);
    }

    /** Gives a command effect, with CMD_SYNC. */
    void complete(InvalidationCommand command) {
        invalidate(command);
        translator.synchronise();
    }

    static InvalidationCommand leaf(long address) {
        return new InvalidationCommand.TlbiNhVa(VMID, ASID, new Extent(address, true, Optional.empty()));
    }
}
