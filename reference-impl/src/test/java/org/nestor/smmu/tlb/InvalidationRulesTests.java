package org.nestor.smmu.tlb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nestor.rule.Rule;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.command.InvalidationCommand.CfgiCd;
import org.nestor.smmu.command.InvalidationCommand.CfgiCdAll;
import org.nestor.smmu.command.InvalidationCommand.CfgiSte;
import org.nestor.smmu.command.InvalidationCommand.CfgiSteRange;
import org.nestor.smmu.command.InvalidationCommand.Extent;
import org.nestor.smmu.command.InvalidationCommand.TlbiEl2All;
import org.nestor.smmu.command.InvalidationCommand.TlbiEl2Asid;
import org.nestor.smmu.command.InvalidationCommand.TlbiEl2Va;
import org.nestor.smmu.command.InvalidationCommand.TlbiEl2Vaa;
import org.nestor.smmu.command.InvalidationCommand.TlbiNhAll;
import org.nestor.smmu.command.InvalidationCommand.TlbiNhAsid;
import org.nestor.smmu.command.InvalidationCommand.TlbiNhVa;
import org.nestor.smmu.command.InvalidationCommand.TlbiNhVaa;
import org.nestor.smmu.command.InvalidationCommand.TlbiNsnhAll;
import org.nestor.smmu.command.InvalidationCommand.TlbiS12Vmall;
import org.nestor.smmu.command.InvalidationCommand.TlbiS2Ipa;
import org.nestor.smmu.config.Stage1Tag;
import org.nestor.smmu.config.StreamWorld;
import org.nestor.smmu.walk.Stage1Entry;

/** Every TLBI command against every kind of entry, and against tags and addresses that match or do not. */
class InvalidationRulesTests {
    private static final int VMID = 3;
    private static final int ASID = 5;
    private static final long PAGE = 0x4040_5000L;
    private static final long NEIGHBOUR = PAGE + 0x1000;
    private static final long FAR_AWAY = PAGE + (1L << 21);
    private static final long TABLE = PAGE & -1L << 21;

    private final InvalidationRules rules = new InvalidationRules(new CoveredRange());

    /**
     * In each row, 1 for what goes and a dot for what stays, of entries of VMID 3, ASID 5 and the page at 0x40405000 (VA or IPA):
     * stage 1 leaf (nG = 1, nG = 0), combined leaf (nG = 1, nG = 0); stage 1 pointer (plain, combined); stage 2 leaf, pointer; EL2
     * leaf, pointer; EL2-E2H leaf (nG = 1, nG = 0), pointer.
     */
    static Stream<Arguments> table() {
        return Stream.of(
                arguments(new TlbiNhVa(VMID, ASID, all(PAGE)), "1111 11 .. .. ..."),
                arguments(new TlbiNhVa(VMID, ASID, leaf(PAGE)), "1111 .. .. .. ..."),
                arguments(new TlbiNhVa(VMID, ASID, all(NEIGHBOUR)), ".... 11 .. .. ..."),
                arguments(new TlbiNhVa(VMID, ASID, leaf(NEIGHBOUR)), ".... .. .. .. ..."),
                arguments(new TlbiNhVa(VMID, ASID, all(FAR_AWAY)), ".... .. .. .. ..."),
                arguments(new TlbiNhVa(VMID, 6, all(PAGE)), ".1.1 .. .. .. ..."),
                arguments(new TlbiNhVa(4, ASID, all(PAGE)), ".... .. .. .. ..."),
                arguments(new TlbiNhVaa(VMID, all(PAGE)), "1111 11 .. .. ..."),
                arguments(new TlbiNhVaa(VMID, leaf(PAGE)), "1111 .. .. .. ..."),
                arguments(new TlbiNhVaa(VMID, all(NEIGHBOUR)), ".... 11 .. .. ..."),
                arguments(new TlbiNhVaa(VMID, all(FAR_AWAY)), ".... .. .. .. ..."),
                arguments(new TlbiNhVaa(4, all(PAGE)), ".... .. .. .. ..."),
                arguments(new TlbiNhAsid(VMID, ASID), "1.1. 11 .. .. ..."),
                arguments(new TlbiNhAsid(VMID, 6), ".... .. .. .. ..."),
                arguments(new TlbiNhAsid(4, ASID), ".... .. .. .. ..."),
                arguments(new TlbiNhAll(VMID), "1111 11 .. .. ..."),
                arguments(new TlbiNhAll(4), ".... .. .. .. ..."),
                arguments(new TlbiS2Ipa(VMID, all(PAGE)), ".... .. 11 .. ..."),
                arguments(new TlbiS2Ipa(VMID, leaf(PAGE)), ".... .. 1. .. ..."),
                arguments(new TlbiS2Ipa(VMID, all(NEIGHBOUR)), ".... .. .1 .. ..."),
                arguments(new TlbiS2Ipa(VMID, all(FAR_AWAY)), ".... .. .. .. ..."),
                arguments(new TlbiS2Ipa(4, all(PAGE)), ".... .. .. .. ..."),
                arguments(new TlbiS12Vmall(VMID), "1111 11 11 .. ..."),
                arguments(new TlbiS12Vmall(4), ".... .. .. .. ..."),
                arguments(new TlbiNsnhAll(), "1111 11 11 .. ..."),
                arguments(new TlbiEl2Va(ASID, all(PAGE)), ".... .. .. 11 111"),
                arguments(new TlbiEl2Va(ASID, leaf(PAGE)), ".... .. .. 1. 11."),
                arguments(new TlbiEl2Va(ASID, all(NEIGHBOUR)), ".... .. .. .1 ..1"),
                arguments(new TlbiEl2Va(6, all(PAGE)), ".... .. .. 11 .1."),
                arguments(new TlbiEl2Vaa(all(PAGE)), ".... .. .. 11 111"),
                arguments(new TlbiEl2Vaa(leaf(PAGE)), ".... .. .. 1. 11."),
                arguments(new TlbiEl2Vaa(all(FAR_AWAY)), ".... .. .. .. ..."),
                arguments(new TlbiEl2Asid(ASID), ".... .. .. .. 1.1"),
                arguments(new TlbiEl2Asid(6), ".... .. .. .. ..."),
                arguments(new TlbiEl2All(), ".... .. .. 11 111"),
                arguments(new CfgiSte(0, false), ".... .. .. .. ..."),
                arguments(new CfgiSteRange(0, 31), ".... .. .. .. ..."),
                arguments(new CfgiCd(0, 0, false), ".... .. .. .. ..."),
                arguments(new CfgiCdAll(0), ".... .. .. .. ..."));
    }

    private static Extent all(long address) {
        return new Extent(address, false, Optional.empty());
    }

    private static Extent leaf(long address) {
        return new Extent(address, true, Optional.empty());
    }

    @ParameterizedTest
    @MethodSource("table")
    @Rule("A-WLK-12")
    @Rule("C-INV-03")
    @Rule("C-INV-07")
    @Rule("C-INV-08")
    @Rule("C-INV-09")
    @Rule("C-INV-11")
    @Rule("C-INV-12")
    @Rule("C-INV-13")
    @Rule("C-INV-14")
    @Rule("C-KEY-07")
    void commandRemovesTheKindsAndTagsThatItNames(InvalidationCommand command, String expected) {
        Stage1Tag el1 = Entries.tag(StreamWorld.NS_EL1, VMID, ASID);
        Stage1Tag both = Entries.nested(VMID, ASID);
        Stage1Tag el2 = Entries.tag(StreamWorld.EL2, 0, 0);
        Stage1Tag e2h = Entries.tag(StreamWorld.EL2_E2H, 0, ASID);
        String removed = mark(removes(command, Entries.leaf(el1, PAGE, 12, false)))
                + mark(removes(command, Entries.leaf(el1, PAGE, 12, true)))
                + mark(removes(command, Entries.combined(both, PAGE, 12, false, PAGE, 12)))
                + mark(removes(command, Entries.combined(both, PAGE, 12, true, PAGE, 12)))
                + " "
                + mark(rules.removes(command, Entries.pointer(el1, TABLE, 21), 0))
                + mark(rules.removes(command, Entries.combinedPointer(both, TABLE, 21), 0))
                + " "
                + mark(rules.removes(command, Entries.stage2Leaf(VMID, PAGE, 12), 0))
                + mark(rules.removes(command, Entries.stage2Pointer(VMID, TABLE, 21), 0))
                + " "
                + mark(removes(command, Entries.leaf(el2, PAGE, 12, false)))
                + mark(rules.removes(command, Entries.pointer(el2, TABLE, 21), 0))
                + " "
                + mark(removes(command, Entries.leaf(e2h, PAGE, 12, false)))
                + mark(removes(command, Entries.leaf(e2h, PAGE, 12, true)))
                + mark(rules.removes(command, Entries.pointer(e2h, TABLE, 21), 0));
        assertEquals(expected, removed);
    }

    private boolean removes(InvalidationCommand command, Stage1Entry entry) {
        return rules.removes(command, entry, 0);
    }

    private static String mark(boolean removed) {
        return removed ? "1" : ".";
    }

    @ParameterizedTest
    @CsvSource({
        "0x12, 0x12, 0, true",
        "0x12, 0x13, 0, false",
        "0x12, 0x13, 1, true",
        "0x12, 0x10, 1, false",
        "0x12, 0x1D, 4, true",
        "0x12, 0x02, 4, false",
        "0x12, 0x112, 0, false",
        "0x12, 0x112, 4, false",
    })
    @Rule("C-INV-02")
    @Rule("C-INV-15")
    void vmidIsComparedWithoutAsManyLowBitsAsAreIgnored(int vmid, int named, int ignored, boolean removed) {
        Stage1Tag tag = Entries.tag(StreamWorld.NS_EL1, vmid, ASID);
        assertEquals(removed, rules.removes(new TlbiNhAll(named), Entries.leaf(tag, PAGE, 12, false), ignored));
        assertEquals(removed, rules.removes(new TlbiNhAsid(named, ASID), Entries.pointer(tag, TABLE, 21), ignored));
        assertEquals(removed, rules.removes(new TlbiS12Vmall(named), Entries.stage2Leaf(vmid, PAGE, 12), ignored));
        assertEquals(
                removed,
                rules.removes(new TlbiS2Ipa(named, all(PAGE)), Entries.stage2Pointer(vmid, TABLE, 21), ignored));
    }

    @ParameterizedTest
    @ValueSource(longs = {0x4040_0000L, 0x4040_5000L, 0x405F_F000L})
    @Rule("C-INV-01")
    void anyAddressInsideABlockRemovesIt(long address) {
        Stage1Tag tag = Entries.tag(StreamWorld.NS_EL1, VMID, ASID);
        assertTrue(removes(new TlbiNhVa(VMID, ASID, leaf(address)), Entries.leaf(tag, 0x4040_0000L, 21, false)));
        assertTrue(rules.removes(new TlbiS2Ipa(VMID, leaf(address)), Entries.stage2Leaf(VMID, 0x4040_0000L, 21), 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {0x403F_F000L, 0x4060_0000L, 0x1_4040_5000L})
    @Rule("C-INV-01")
    void addressBesideABlockLeavesIt(long address) {
        Stage1Tag tag = Entries.tag(StreamWorld.NS_EL1, VMID, ASID);
        assertFalse(removes(new TlbiNhVa(VMID, ASID, leaf(address)), Entries.leaf(tag, 0x4040_0000L, 21, false)));
        assertFalse(rules.removes(new TlbiS2Ipa(VMID, leaf(address)), Entries.stage2Leaf(VMID, 0x4040_0000L, 21), 0));
    }

    @Test
    @Rule("C-INV-05")
    @Rule("C-TLB-11")
    void anyAddressInsideABlockRemovesEachPieceOfIt() {
        Stage1Entry piece = Entries.combined(Entries.nested(VMID, ASID), 0x4040_0000L, 21, false, 0x4040_5000L, 12);
        assertTrue(removes(new TlbiNhVa(VMID, ASID, leaf(0x405F_F000L)), piece));
        assertFalse(removes(new TlbiNhVa(VMID, ASID, leaf(0x4060_0000L)), piece));
    }

    @Test
    @Rule("C-KEY-05")
    @Rule("C-INV-15")
    void asetOfAnEntryIsDisregarded() {
        Stage1Tag tag = new Stage1Tag(StreamWorld.NS_EL1, VMID, ASID, true, false);
        assertTrue(removes(new TlbiNhVa(VMID, ASID, leaf(PAGE)), Entries.leaf(tag, PAGE, 12, true)));
        assertTrue(removes(new TlbiNhAsid(VMID, ASID), Entries.leaf(tag, PAGE, 12, false)));
    }
}
