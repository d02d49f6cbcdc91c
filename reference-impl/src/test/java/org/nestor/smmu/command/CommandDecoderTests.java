package org.nestor.smmu.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nestor.rule.Rule;
import org.nestor.smmu.command.InvalidationCommand.Extent;
import org.nestor.smmu.command.InvalidationCommand.Range;
import org.nestor.smmu.format.CommandOpcode;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Profile;
import org.nestor.smmu.transaction.PageResponse;

class CommandDecoderTests {
    private static final IdRegisters FULL = Profile.FULL.idRegisters();
    private static final Extent PAGE = new Extent(0xFFFF_8000_1234_5000L, true, Optional.empty());

    private static Command decode(IdRegisters ids, long dw0, long dw1) {
        CommandRecord record = new CommandRecord(dw0, dw1);
        return new CommandDecoder(ids).decode(record.command().orElseThrow(), record);
    }

    private static Command decode(long dw0, long dw1) {
        return decode(FULL, dw0, dw1);
    }

    @Test
    void configurationInvalidations() {
        assertEquals(new InvalidationCommand.CfgiSte(0x8765_4321, true), decode(0x8765_4321_0000_0003L, 1));
        assertEquals(new InvalidationCommand.CfgiSte(5, false), decode(0x5_0000_0003L, 0));
        assertEquals(new InvalidationCommand.CfgiSteRange(5, 31), decode(0x5_0000_0004L, 31));
        assertEquals(new InvalidationCommand.CfgiCd(5, 0xABCDE, true), decode(0x5_ABCD_E005L, 1));
        assertEquals(new InvalidationCommand.CfgiCdAll(5), decode(0x5_0000_0006L, 0));
    }

    @Test
    void translationInvalidations() {
        assertEquals(new InvalidationCommand.TlbiNhAll(0x1234), decode(0x1234_0000_0010L, 0));
        assertEquals(new InvalidationCommand.TlbiNhAsid(0x1234, 0x5678), decode(0x5678_1234_0000_0011L, 0));
        assertEquals(
                new InvalidationCommand.TlbiNhVa(0x1234, 0x5678, PAGE),
                decode(0x5678_1234_0000_0012L, 0xFFFF_8000_1234_5001L));
        assertEquals(
                new InvalidationCommand.TlbiNhVaa(0x1234, PAGE), decode(0x1234_0000_0013L, 0xFFFF_8000_1234_5001L));
        assertEquals(new InvalidationCommand.TlbiEl2All(), decode(0x20, 0));
        assertEquals(new InvalidationCommand.TlbiEl2Asid(0x5678), decode(0x5678_0000_0000_0021L, 0));
        assertEquals(
                new InvalidationCommand.TlbiEl2Va(0x5678, PAGE),
                decode(0x5678_0000_0000_0022L, 0xFFFF_8000_1234_5001L));
        assertEquals(new InvalidationCommand.TlbiEl2Vaa(PAGE), decode(0x23, 0xFFFF_8000_1234_5001L));
        assertEquals(new InvalidationCommand.TlbiS12Vmall(0x1234), decode(0x1234_0000_0028L, 0));
        assertEquals(
                new InvalidationCommand.TlbiS2Ipa(0x1234, new Extent(0xF_8000_1234_5000L, false, Optional.empty())),
                decode(0x1234_0000_002AL, 0xFFFF_8000_1234_5000L));
        assertEquals(new InvalidationCommand.TlbiNsnhAll(), decode(0x30, 0));
    }

    @Test
    @Rule("C-RIL-01")
    @Rule("C-RIL-10")
    void rangeFields() {
        assertEquals(
                Optional.of(new Range(Granule.KB64, 2, 0x15, 0x13)),
                range(decode(0x13 | 0x15 << 12 | 0x13 << 20, 3 << 10 | 2 << 8)));
        assertEquals(Optional.of(new Range(Granule.KB16, 0, 1, 0)), range(decode(0x13 | 1 << 12, 2 << 10 | 1 << 8)));
        assertEquals(Optional.of(new Range(Granule.KB4, 1, 0, 0)), range(decode(0x13, 1 << 10 | 1 << 8)));
        assertEquals(Optional.empty(), range(decode(0x13 | 0x15 << 12, 2 << 8)));
    }

    @Test
    void withoutTheFeatureThereIsNoRange() {
        IdRegisters plain = new IdRegisters(FULL.idr0(), FULL.idr1(), 0, 0, 0, FULL.idr5(), 0, 2);
        assertEquals(Optional.empty(), range(decode(plain, 0x13 | 1 << 12, 1 << 10)));
    }

    private static Optional<Range> range(Command command) {
        return ((InvalidationCommand.TlbiNhVaa) command).extent().range();
    }

    @Test
    @Rule("A-CMQ-16")
    void upperBytesOfNarrowIdentifiersStay() {
        IdRegisters narrow =
                new IdRegisters(FULL.idr0() & ~(1 << 12 | 1 << 18), FULL.idr1(), 0, FULL.idr3(), 0, FULL.idr5(), 0, 2);
        assertEquals(new InvalidationCommand.TlbiNhAsid(0x1234, 0x5678), decode(narrow, 0x5678_1234_0000_0011L, 0));
    }

    @Test
    @Rule("A-CMQ-17")
    void vmidIsZeroWithoutStage2() {
        IdRegisters stage1 = new IdRegisters(FULL.idr0() & ~1, FULL.idr1(), 0, FULL.idr3(), 0, FULL.idr5(), 0, 2);
        assertEquals(new InvalidationCommand.TlbiNhAsid(0, 0x5678), decode(stage1, 0x5678_1234_0000_0011L, 0));
    }

    @Test
    void prefetches() {
        assertEquals(new Command.PrefetchConfig(5, true, 0xABCDE), decode(0x5_ABCD_E801L, 0));
        assertEquals(
                new Command.PrefetchAddr(5, false, 0, 0xFFFF_0000_0000_1000L),
                decode(0x5_0000_0002L, 0xFFFF_0000_0000_1000L));
    }

    @Test
    @Rule("A-ATS-11")
    void atcInvalidations() {
        assertEquals(new Command.AtcInv(5, true, 0xABCDE, true, 0x1234_0000L, 4), decode(0x5_ABCD_EA40L, 0x1234_5004L));
        assertEquals(new Command.AtcInv(5, false, 0, false, 0x1234_5000L, 0), decode(0x5_ABCD_E240L, 0x1234_5000L));
        assertEquals(new Command.AtcInv(5, false, 0, false, 0, 52), decode(0x5_0000_0040L, 0xFFFF_F000L | 52));
        assertEquals(new Command.AtcInv(5, false, 0, false, 1L << 63, 51), decode(0x5_0000_0040L, -1L << 12 | 51));
    }

    @Test
    @Rule("A-PRI-04")
    void pageResponses() {
        assertEquals(
                new Command.PriResp(new PageResponse(5, true, 0xABCDE, 0x1FF, PageResponse.Code.RESPONSE_FAILURE)),
                decode(0x5_ABCD_E841L, 0x1FF));
        assertEquals(
                new Command.PriResp(new PageResponse(5, false, 0, 1, PageResponse.Code.INVALID_REQUEST)),
                decode(0x5_ABCD_E041L, 0x1001));
        assertEquals(
                new Command.PriResp(new PageResponse(5, false, 0, 0, PageResponse.Code.SUCCESS)),
                decode(0x5_0000_0041L, 0x2000));
    }

    @Test
    void stallsAndSync() {
        assertEquals(new Command.Resume(5, 0xBEEF, true, false), decode(0x5_0000_1044L, 0xBEEF));
        assertEquals(new Command.Resume(5, 1, false, true), decode(0x5_0000_2044L, 1));
        assertEquals(new Command.StallTerm(5), decode(0x5_0000_0045L, 0));
        assertEquals(
                new Command.Sync(Command.Signal.IRQ, 0xF_FFFF_FFFF_FFFCL, 0xCAFE_F00D),
                decode(0xCAFE_F00D_0000_1046L, -1L));
        assertEquals(new Command.Sync(Command.Signal.SEV, 0, 0), decode(0x2046, 0));
        assertEquals(new Command.Sync(Command.Signal.NONE, 0, 0), decode(0x0046, 0));
    }

    @Test
    void commandOfAnotherQueueIsNotDecoded() {
        CommandDecoder decoder = new CommandDecoder(FULL);
        CommandRecord record = new CommandRecord(0x18, 0);
        assertThrows(IllegalArgumentException.class, () -> decoder.decode(CommandOpcode.CMD_TLBI_EL3_ALL, record));
    }
}
