package org.nestor.smmu.tlb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nestor.smmu.tlb.CacheKind.CD;
import static org.nestor.smmu.tlb.CacheKind.COMBINED_LEAF;
import static org.nestor.smmu.tlb.CacheKind.CONFIGURATION;
import static org.nestor.smmu.tlb.CacheKind.STAGE1_LEAF;
import static org.nestor.smmu.tlb.CacheKind.STAGE1_POINTER;
import static org.nestor.smmu.tlb.CacheKind.STAGE2_LEAF;
import static org.nestor.smmu.tlb.CacheKind.STAGE2_POINTER;
import static org.nestor.smmu.tlb.CacheKind.STE;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nestor.rule.Rule;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.command.InvalidationCommand.Extent;
import org.nestor.tables.Stage2Bits;

/**
 * Each kind of entry saves the reads that it stands for, and a command takes back those and no others. A nested translation reads 15
 * descriptors: 3 of stage 1, and 3 of stage 2 for each of these and for the output.
 */
class RememberedReadsTests {
    private static final long ADDRESS = 0x4040_5000L;
    private static final long OTHER_ADDRESS = 0x4040_6000L;
    private static final long IPA = 0x1000_0000L;
    private static final long OUTPUT = 0x2000_0000L;
    private static final int ASID = CacheRig.ASID;
    private static final int VMID = CacheRig.NESTED_VMID;
    private static final int STE_AND_CD = 16;
    private static final int STAGE_1_ALONE = 3;

    /** The tables lie close together: what stage 2 reads for the first saves it 2 reads for each other, and 1 for the output. */
    private static final int BOTH_STAGES = 15 - 2 - 2 - 1;

    private final CacheRig rig = new CacheRig();

    @BeforeEach
    void remember() {
        rig.stage1.map(ADDRESS, IPA, 3, CacheRig.NON_GLOBAL);
        rig.stage1.map(OTHER_ADDRESS, IPA + CacheRig.PAGE, 3, CacheRig.NON_GLOBAL);
        rig.stage2.mapPages(IPA, OUTPUT, 2, Stage2Bits.READ_WRITE);
        rig.physical(CacheRig.NESTED, ADDRESS);
        rig.physical(CacheRig.STAGE_1, ADDRESS);
        rig.memory.takeReads();
    }

    private int reads(int stream, long address) {
        rig.memory.takeReads();
        rig.physical(stream, address);
        return rig.memory.takeReads();
    }

    private static Arguments overlooking(int reads, CacheKind... kinds) {
        return Arguments.of(reads, List.of(kinds));
    }

    static Stream<Arguments> overlooked() {
        return Stream.of(
                overlooking(0),
                overlooking(0, COMBINED_LEAF),
                overlooking(1, COMBINED_LEAF, STAGE1_LEAF),
                overlooking(3, COMBINED_LEAF, STAGE1_LEAF, STAGE1_POINTER),
                overlooking(1 + 1, COMBINED_LEAF, STAGE1_LEAF, STAGE2_LEAF),
                overlooking(1 + 3, COMBINED_LEAF, STAGE1_LEAF, STAGE2_LEAF, STAGE2_POINTER),
                overlooking(3 + 4, COMBINED_LEAF, STAGE1_LEAF, STAGE1_POINTER, STAGE2_LEAF),
                overlooking(15, COMBINED_LEAF, STAGE1_LEAF, STAGE1_POINTER, STAGE2_LEAF, STAGE2_POINTER));
    }

    @ParameterizedTest
    @MethodSource("overlooked")
    @Rule("C-TLB-07")
    @Rule("C-TLB-11")
    void overlookingAKindOfEntryCostsTheReadsThatItStandsFor(int expected, List<CacheKind> kinds) {
        kinds.forEach(rig.policy::overlook);
        assertEquals(expected, reads(CacheRig.NESTED, ADDRESS));
    }

    @Test
    void neighbourNeedsNoTableAgain() {
        assertEquals(1 + 1, reads(CacheRig.NESTED, OTHER_ADDRESS));
        assertEquals(1, reads(CacheRig.STAGE_1, OTHER_ADDRESS));
    }

    private static Extent at(long address, boolean leaf) {
        return new Extent(address, leaf, Optional.empty());
    }

    private static Arguments after(InvalidationCommand command, int nested, int stage1) {
        return Arguments.of(command, nested, stage1);
    }

    /** Commands, and what the translation of the nested stream and that of the one without stage 2 read after them. */
    static Stream<Arguments> commands() {
        return Stream.of(
                after(new InvalidationCommand.TlbiNsnhAll(), BOTH_STAGES, STAGE_1_ALONE),
                after(new InvalidationCommand.TlbiS12Vmall(VMID), BOTH_STAGES, 0),
                after(new InvalidationCommand.TlbiS12Vmall(VMID + 1), 0, 0),
                after(new InvalidationCommand.TlbiNhAll(VMID), 3, 0),
                after(new InvalidationCommand.TlbiNhAll(CacheRig.VMID), 0, STAGE_1_ALONE),
                after(new InvalidationCommand.TlbiNhAsid(VMID, ASID), 3, 0),
                after(new InvalidationCommand.TlbiNhAsid(VMID, ASID + 1), 0, 0),
                after(new InvalidationCommand.TlbiNhVa(VMID, ASID, at(ADDRESS, true)), 1, 0),
                after(new InvalidationCommand.TlbiNhVa(VMID, ASID, at(ADDRESS, false)), 3, 0),
                after(new InvalidationCommand.TlbiNhVa(CacheRig.VMID, ASID, at(ADDRESS, true)), 0, 1),
                after(new InvalidationCommand.TlbiNhVa(VMID, ASID, at(OTHER_ADDRESS, true)), 0, 0),
                after(new InvalidationCommand.TlbiNhVaa(VMID, at(ADDRESS, true)), 1, 0),
                after(new InvalidationCommand.TlbiNhVaa(CacheRig.VMID, at(ADDRESS, false)), 0, STAGE_1_ALONE),
                after(new InvalidationCommand.TlbiEl2All(), 0, 0),
                after(new InvalidationCommand.TlbiEl2Va(ASID, at(ADDRESS, false)), 0, 0));
    }

    @ParameterizedTest
    @MethodSource("commands")
    @Rule("C-INV-13")
    @Rule("C-INV-14")
    void commandTakesBackTheReadsOfWhatItRemoves(InvalidationCommand command, int nested, int stage1) {
        rig.complete(command);
        assertEquals(nested, reads(CacheRig.NESTED, ADDRESS));
        assertEquals(stage1, reads(CacheRig.STAGE_1, ADDRESS));
    }

    /** Stage 2 commands leave combined entries; what they take shows where those are overlooked. */
    @ParameterizedTest
    @MethodSource("stage2Commands")
    @Rule("C-INV-12")
    void stage2CommandTakesBackStage2EntriesOnly(InvalidationCommand command, int reads) {
        rig.complete(command);
        assertEquals(0, reads(CacheRig.NESTED, ADDRESS));
        rig.policy.overlook(COMBINED_LEAF);
        assertEquals(reads, reads(CacheRig.NESTED, ADDRESS));
    }

    static Stream<Arguments> stage2Commands() {
        return Stream.of(
                Arguments.of(new InvalidationCommand.TlbiS2Ipa(VMID, at(IPA, true)), 1),
                Arguments.of(new InvalidationCommand.TlbiS2Ipa(VMID, at(IPA, false)), 3),
                Arguments.of(new InvalidationCommand.TlbiS2Ipa(VMID, at(IPA + CacheRig.PAGE, true)), 0),
                Arguments.of(new InvalidationCommand.TlbiS2Ipa(VMID + 1, at(IPA, false)), 0));
    }

    @Test
    @Rule("C-CFG-06")
    void configurationIsReadAgainOnlyIfEveryFormOfItIsOverlooked() {
        rig.policy.overlook(CONFIGURATION);
        assertEquals(0, reads(CacheRig.STAGE_1, ADDRESS));
        rig.policy.overlook(STE);
        assertEquals(8, reads(CacheRig.STAGE_1, ADDRESS));
        rig.policy.overlook(CD);
        assertEquals(STE_AND_CD, reads(CacheRig.STAGE_1, ADDRESS));
    }

    static Stream<Arguments> configurationCommands() {
        return Stream.of(
                after(new InvalidationCommand.CfgiSteRange(0, 31), STE_AND_CD, STE_AND_CD),
                after(new InvalidationCommand.CfgiCdAll(CacheRig.STAGE_1), 0, 8),
                after(new InvalidationCommand.CfgiCdAll(CacheRig.NESTED), 8, 0));
    }

    @ParameterizedTest
    @MethodSource("configurationCommands")
    @Rule("C-INV-03")
    void configurationCommandTakesBackTheReadsOfWhatItRemoves(InvalidationCommand command, int nested, int stage1) {
        rig.complete(command);
        assertEquals(nested, reads(CacheRig.NESTED, ADDRESS));
        assertEquals(stage1, reads(CacheRig.STAGE_1, ADDRESS));
    }
}
