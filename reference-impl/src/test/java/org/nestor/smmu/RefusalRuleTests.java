package org.nestor.smmu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nestor.memory.SparseMemory;
import org.nestor.rule.RuleCounter;
import org.nestor.rule.RuleId;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.register.Ids;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.tlb.CachePolicies;
import org.nestor.smmu.transaction.AtsKind;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.tables.BumpAllocator;
import org.nestor.tables.Cd;
import org.nestor.tables.Changes;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.LinearStreamTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Ste;
import org.nestor.tables.TableSpace;

/** The rule log counts each rule that a transaction is refused by once for each time it is, however the refusal is found. */
class RefusalRuleTests {
    private static final int STREAM = 3;
    private static final long PAGE = 0x1000;
    private static final long GBPA_UPDATE_ABORT = 0x8010_0000L;

    private final RuleCounter counter = new RuleCounter();
    private final SparseMemory memory = SparseMemory.ram(0, 0x1_0000_0000L);
    private final TableSpace space = TableSpace.physical(memory, new BumpAllocator(0x1000_0000, 0x2000_0000));
    private final LinearStreamTable streams = new LinearStreamTable(space, 4);
    private final Smmu smmu = new Smmu(
            Ids.full("HTTU=0"), memory, new SmmuParts(new CachedTranslation(CachePolicies::infinite)), counter);

    private Ste stage1(String cd) {
        PageTable table =
                PageTable.stage1(space, Granule.KB4, 39).map(PAGE, 0x5000, 3, Stage1Bits.AF | Stage1Bits.ap(2));
        return Ste.stage1(LinearCdTable.single(space, Changes.cd(Cd.of(table), cd)));
    }

    private void enable(Ste ste) {
        streams.put(STREAM, ste);
        smmu.write(Register.STRTAB_BASE, streams.strtabBase());
        smmu.write(Register.STRTAB_BASE_CFG, streams.strtabBaseCfg());
        smmu.write(Register.CR0, 1);
    }

    private void read(long address, AtsKind ats) {
        smmu.dma(Transaction.read(STREAM, address).withAts(ats), new byte[0], 4);
    }

    private Map<String, Long> counted(String... rules) {
        Map<RuleId, Long> all = counter.snapshot();
        Map<String, Long> counted = new TreeMap<>();
        for (String rule : rules) {
            counted.put(rule, all.getOrDefault(RuleId.of(rule), 0L));
        }
        return counted;
    }

    @ParameterizedTest
    @CsvSource({"UNTRANSLATED", "TRANSLATION_REQUEST"})
    void steThatBreaksSeveralRulesIsCountedOnceForEach(AtsKind ats) {
        enable(Changes.ste(Ste.bypass(), "Config=6 S2AA64=1 S2TG=3 S2HA=1 S2T0SZ=25 S2SL0=1 S2PS=5"));
        read(PAGE, ats);
        assertEquals(Map.of("A-STE-19", 1L, "A-STE-27", 1L), counted("A-STE-19", "A-STE-27"));
        read(PAGE, ats);
        assertEquals(Map.of("A-STE-19", 2L), counted("A-STE-19"), "found in the cache");
    }

    @ParameterizedTest
    @CsvSource({"UNTRANSLATED", "TRANSLATION_REQUEST"})
    void cdThatBreaksSeveralRulesIsCountedOnceForEach(AtsKind ats) {
        enable(stage1("TG0=3 HA=1").eats(1));
        read(PAGE, ats);
        assertEquals(Map.of("A-CDV-09", 1L, "A-CDV-17", 1L), counted("A-CDV-09", "A-CDV-17"));
    }

    @Test
    void faultsOfTheWalkAreCountedOnce() {
        enable(stage1(""));
        read(2 * PAGE, AtsKind.UNTRANSLATED);
        smmu.dma(Transaction.write(STREAM, PAGE), new byte[4], 4);
        assertEquals(Map.of("A-WLK-04", 1L, "A-PRM-19", 1L), counted("A-WLK-04", "A-PRM-19"));
    }

    @Test
    void translationRequestOfAStreamWithoutAtsIsCountedOnce() {
        enable(stage1(""));
        read(PAGE, AtsKind.TRANSLATION_REQUEST);
        assertEquals(Map.of("A-ATS-01", 1L), counted("A-ATS-01"));
    }

    @Test
    void refusalsOfTheDisabledSmmuAreCountedOnce() {
        read(-4096, AtsKind.UNTRANSLATED);
        smmu.write(Register.GBPA, GBPA_UPDATE_ABORT);
        read(PAGE, AtsKind.UNTRANSLATED);
        read(PAGE, AtsKind.TRANSLATED);
        read(PAGE, AtsKind.TRANSLATION_REQUEST);
        assertEquals(
                Map.of("A-GBP-01", 1L, "A-GBP-05", 1L, "A-GBP-11", 2L), counted("A-GBP-01", "A-GBP-05", "A-GBP-11"));
    }
}
