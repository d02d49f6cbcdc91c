package org.nestor.smmu.tlb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nestor.smmu.tlb.CacheKind.COMBINED_LEAF;
import static org.nestor.smmu.tlb.CacheKind.STAGE1_LEAF;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.command.InvalidationCommand.Extent;
import org.nestor.smmu.command.InvalidationCommand.Range;
import org.nestor.smmu.command.InvalidationCommand.TlbiEl2All;
import org.nestor.smmu.command.InvalidationCommand.TlbiEl2Va;
import org.nestor.smmu.command.InvalidationCommand.TlbiNhAll;
import org.nestor.smmu.command.InvalidationCommand.TlbiNhAsid;
import org.nestor.smmu.command.InvalidationCommand.TlbiNhVa;
import org.nestor.smmu.command.InvalidationCommand.TlbiNhVaa;
import org.nestor.smmu.command.InvalidationCommand.TlbiS12Vmall;
import org.nestor.smmu.command.InvalidationCommand.TlbiS2Ipa;
import org.nestor.smmu.config.Stage1Tag;
import org.nestor.smmu.config.Stage2Regime;
import org.nestor.smmu.config.StreamWorld;
import org.nestor.smmu.config.TableGeometry;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.walk.Stage1Entry;
import org.nestor.smmu.walk.Stage1Lookup;
import org.nestor.smmu.walk.Stage1Pointer;
import org.nestor.smmu.walk.Stage2Leaf;
import org.nestor.smmu.walk.Stage2Pointer;

/** What a TLB of VMID 3 and ASID 5 holds. A combined entry hides other forms from look-ups, so these tests look at what is held. */
class TlbTests {
    private static final int VMID = 3;
    private static final int ASID = 5;
    private static final long PAGE = 0x4040_5000L;
    private static final long NEXT = PAGE + 0x1000;
    private static final long BLOCK = 0x4040_0000L;
    private static final long FAR_AWAY = PAGE + (1L << 21);
    private static final Stage1Tag NESTED = Entries.nested(VMID, ASID);
    private static final Stage1Entry COMBINED = Entries.combined(NESTED, PAGE, 12, false, PAGE, 12);
    private static final Stage1Entry PARTIAL = Entries.partial(NESTED, PAGE, 12);
    private static final Stage1Pointer STAGE1_TABLE = Entries.pointer(NESTED, BLOCK, 21);
    private static final Stage2Leaf STAGE2_PAGE = Entries.stage2Leaf(VMID, PAGE, 12);
    private static final Stage2Pointer STAGE2_TABLE = Entries.stage2Pointer(VMID, BLOCK, 21);

    private final ScriptedPolicy policy = new ScriptedPolicy();
    private final Tlb tlb = new Tlb(
            policy,
            new TlbTags(),
            new InvalidationRules(new CoveredRange()),
            new RemovalNotes(RuleLog.NONE),
            RuleLog.NONE);

    private CacheContents held() {
        CacheContents contents = CacheContents.empty();
        tlb.describe(contents);
        return contents;
    }

    private static CacheContents translations(
            List<Stage1Entry> complete, List<Stage1Entry> stage1, List<Stage2Leaf> leaves, List<Stage2Pointer> tables) {
        return new CacheContents(List.of(), List.of(), complete, stage1, leaves, tables);
    }

    private void learnEveryForm() {
        TableGeometry geometry = new TableGeometry(Granule.KB4, 39, 1, 0, 48, false);
        Stage2Regime regime = new Stage2Regime(VMID, geometry, false, false, false, false, false);
        tlb.learn(COMBINED);
        tlb.learn(PARTIAL);
        tlb.learn(STAGE1_TABLE);
        tlb.learn(regime, STAGE2_PAGE);
        tlb.learn(regime, STAGE2_TABLE);
    }

    private static CacheContents everyForm() {
        return translations(List.of(COMBINED), List.of(PARTIAL), List.of(STAGE2_PAGE), List.of(STAGE2_TABLE));
    }

    private static Extent all(long address) {
        return new Extent(address, false, Optional.empty());
    }

    private static Extent leaves(long address) {
        return new Extent(address, true, Optional.empty());
    }

    /** {@code count} pages from {@code address} on. */
    private static Extent pages(long address, int count) {
        return new Extent(address, true, Optional.of(new Range(Granule.KB4, 0, count - 1, 0)));
    }

    @Test
    @Rule("C-TLB-07")
    void formsOfOneTranslationAreHeldSideBySide() {
        learnEveryForm();
        assertEquals(everyForm(), held());
        assertEquals(Optional.of(STAGE1_TABLE), tlb.stage1Pointer(NESTED, PAGE));
    }

    static Stream<InvalidationCommand> commandsOnOthers() {
        return Stream.of(
                new TlbiNhAll(VMID + 1),
                new TlbiNhAsid(VMID, ASID + 1),
                new TlbiNhVa(VMID + 1, ASID, all(PAGE)),
                new TlbiNhVa(VMID, ASID + 1, all(PAGE)),
                new TlbiNhVa(VMID, ASID, all(FAR_AWAY)),
                new TlbiNhVa(VMID, ASID, pages(NEXT, 2)),
                new TlbiNhVaa(VMID + 1, all(PAGE)),
                new TlbiS2Ipa(VMID + 1, all(PAGE)),
                new TlbiS2Ipa(VMID, pages(NEXT, 2)),
                new TlbiS12Vmall(VMID + 1),
                new TlbiEl2Va(ASID, all(PAGE)),
                new TlbiEl2All());
    }

    @ParameterizedTest
    @MethodSource("commandsOnOthers")
    @Rule("C-INV-14")
    void commandOnOthersLeavesEveryForm(InvalidationCommand command) {
        learnEveryForm();
        tlb.invalidate(command, 0);
        assertEquals(everyForm(), held());
        assertEquals(Optional.of(STAGE1_TABLE), tlb.stage1Pointer(NESTED, PAGE));
    }

    @Test
    @Rule("C-INV-12")
    void commandOnStage1LeavesStage2AndTheOtherWayRound() {
        learnEveryForm();
        tlb.invalidate(new TlbiS2Ipa(VMID, all(PAGE)), 0);
        assertEquals(translations(List.of(COMBINED), List.of(PARTIAL), List.of(), List.of()), held());
        learnEveryForm();
        tlb.invalidate(new TlbiNhVa(VMID, ASID, all(PAGE)), 0);
        assertEquals(translations(List.of(), List.of(), List.of(STAGE2_PAGE), List.of(STAGE2_TABLE)), held());
        assertEquals(Optional.empty(), tlb.stage1Pointer(NESTED, PAGE));
    }

    @Test
    @Rule("C-RIL-02")
    void rangeReachesBeyondItsFirstAddress() {
        Stage1Entry beyond = Entries.partial(NESTED, PAGE + 0x2000, 12);
        tlb.learn(PARTIAL);
        tlb.learn(Entries.partial(NESTED, NEXT, 12));
        tlb.learn(beyond);
        tlb.invalidate(new TlbiNhVa(VMID, ASID, pages(PAGE, 2)), 0);
        assertEquals(translations(List.of(), List.of(beyond), List.of(), List.of()), held());
    }

    /** Nothing but the piece tells that there was a block: its stage 1 leaf may have been evicted. */
    @Test
    @Rule("C-INV-05")
    @Rule("C-TLB-11")
    void pieceThatIsHeldAloneGoesWithAnyAddressOfItsBlock() {
        Stage1Entry piece = Entries.combined(NESTED, BLOCK, 21, false, PAGE, 12);
        tlb.learn(piece);
        tlb.invalidate(new TlbiNhVa(VMID, ASID, leaves(FAR_AWAY)), 0);
        assertEquals(List.of(piece), held().complete());
        tlb.invalidate(new TlbiNhVa(VMID, ASID, leaves(NEXT)), 0);
        assertEquals(List.of(), held().complete());
    }

    @Test
    @Rule("C-TLB-01")
    void leavesOfOneStageAndCombinedOnesAreAdmittedEachByItsKind() {
        policy.exclude(STAGE1_LEAF);
        learnEveryForm();
        assertEquals(List.of(COMBINED), held().complete());
        assertEquals(List.of(), held().stage1());
    }

    @Test
    @Rule("C-TLB-01")
    void combinedLeavesMayBeTheOnesThatAreNotKept() {
        policy.exclude(COMBINED_LEAF);
        learnEveryForm();
        assertEquals(List.of(), held().complete());
        assertEquals(List.of(PARTIAL), held().stage1());
    }

    @Test
    void addressWithoutAnEntryIsUnknown() {
        learnEveryForm();
        assertEquals(
                Stage1Lookup.Unknown.UNKNOWN, tlb.stage1(Entries.tag(StreamWorld.NS_EL1, VMID, ASID), PAGE), "plain");
        assertEquals(Stage1Lookup.Unknown.UNKNOWN, tlb.stage1(NESTED, NEXT), "nested");
    }
}
