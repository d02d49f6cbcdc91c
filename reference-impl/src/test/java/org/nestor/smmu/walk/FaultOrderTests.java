package org.nestor.smmu.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Stage2Bits;
import org.nestor.tables.Ste;
import org.nestor.tables.TableSpace;

/** Everything is wrong at first; each step puts one thing right and shows what was hidden behind it. */
class FaultOrderTests {
    private static final long PAGE = 0x1000;
    private static final long L1 = 0x3_0000_0000L;
    private static final long LEAF = 0x3_1000_0000L;
    private static final long L1CD = 0x3_2000_0000L;
    private static final long CDS = 0x3_3000_0000L;

    private final Machine machine = new Machine("SIDSIZE=16 SSIDSIZE=8");

    private void store(long address, Line line) {
        for (int word = 0; word < 8; word++) {
            machine.memory.write64(address + 8L * word, line.doubleword(word));
        }
    }

    private void table(long base) {
        machine.registers(new GlobalConfiguration(true, base, 1 << 16 | 8 << 6 | 16, 0, false));
    }

    @Test
    @Rule("A-FLT-01")
    void configurationIsJudgedFromTheStreamIdDownToTheCd() {
        Transaction read = Transaction.read(0x105, PAGE).withSubstream(70);
        table(Machine.HOLE);
        assertEquals("C_BAD_STREAMID", machine.outcome(Transaction.read(0x1_0000, PAGE)));
        assertEquals("F_STE_FETCH @0x800000008", machine.outcome(read));
        table(L1);
        machine.memory.write64(L1 + 8, Machine.HOLE);
        assertEquals("C_BAD_STREAMID", machine.outcome(read));
        machine.memory.write64(L1 + 8, Machine.HOLE | 9);
        assertEquals("F_STE_FETCH @0x800000140", machine.outcome(read));
        machine.memory.write64(L1 + 8, LEAF | 9);
        long at = LEAF + 5 * 64;
        Ste ste = Ste.bypass()
                .config(5)
                .s1ContextPtr(Machine.HOLE)
                .s1CdMax(6)
                .s1Fmt(1)
                .s1dss(2);
        store(at, ste.config(0).v(false).line());
        assertEquals("C_BAD_STE", machine.outcome(read));
        store(at, ste.config(0).s1CdMax(9).line());
        assertEquals("abort", machine.outcome(read));
        store(at, ste.s1CdMax(9).line());
        assertEquals("C_BAD_STE", machine.outcome(read));
        store(at, ste.line());
        assertEquals("C_BAD_SUBSTREAMID", machine.outcome(read));
        store(at, ste.s1CdMax(8).line());
        assertEquals("F_STREAM_DISABLED", machine.outcome(read.withSubstream(0)));
        assertEquals("F_CD_FETCH @0x800000008", machine.outcome(read));
        store(at, ste.s1CdMax(8).s1ContextPtr(L1CD).line());
        assertEquals("C_BAD_SUBSTREAMID", machine.outcome(read));
        machine.memory.write64(L1CD + 8, Machine.HOLE | 1);
        assertEquals("F_CD_FETCH @0x800000180", machine.outcome(read));
        machine.memory.write64(L1CD + 8, CDS | 1);
        assertEquals("C_BAD_CD", machine.outcome(read));
        PageTable stage1 = PageTable.stage1(machine.host, Granule.KB4, 39).poke(PAGE, 3, 0);
        store(CDS + 6 * 64, Cd.of(stage1).line());
        assertEquals("F_TRANSLATION IN", machine.outcome(read));
        stage1.map(PAGE, 0x5000, 3, Stage1Bits.READ_WRITE);
        assertEquals("0x5000", machine.outcome(read));
    }

    /** Without SubstreamIDs in the way: a substream on a stream without stage 1 comes before any address check. */
    @Test
    @Rule("A-FLT-01")
    @Rule("A-BYP-02")
    void substreamIsJudgedBeforeTheAddress() {
        machine.ste(Ste.bypass());
        Transaction read = Transaction.read(Machine.STREAM, -1L);
        assertEquals("F_ADDR_SIZE IN", machine.outcome(read));
        assertEquals("C_BAD_SUBSTREAMID", machine.outcome(read.withSubstream(1)));
    }

    /** The leaf of stage 1: type, address, access flag, permission, and then stage 2 in the same order. */
    @Test
    @Rule("A-FLT-01")
    @Rule("A-FLT-03")
    @Rule("A-FLT-04")
    @Rule("A-FLT-05")
    @Rule("A-FLT-06")
    void faultsOfBothStagesComeInOrder() {
        PageTable stage2 = machine.guestStage2();
        PageTable stage1 = PageTable.stage1(machine.guest, Granule.KB4, 39);
        long readOnly = Stage1Bits.ap(2);
        stage1.poke(PAGE, 3, 1L << 40 | readOnly);
        long ipa = Machine.ipaOf(stage1.descriptorAddress(PAGE, 3)) & -4096;
        String table = " S2 TT ipa=0x" + Long.toHexString(ipa);
        machine.ste(Ste.nested(LinearCdTable.single(machine.guest, Cd.of(stage1).ips(2)), stage2)
                .s2ps(1));
        stage2.poke(ipa, 3, 1L << 40);
        assertEquals("F_TRANSLATION" + table, machine.write(PAGE));
        stage2.poke(ipa, 3, 1L << 40 | 3);
        assertEquals("F_ADDR_SIZE" + table, machine.write(PAGE));
        stage2.poke(ipa, 3, Machine.HOLE | 3);
        assertEquals("F_ACCESS" + table, machine.write(PAGE));
        stage2.poke(ipa, 3, Machine.HOLE | 3 | Stage2Bits.AF);
        assertEquals("F_PERMISSION" + table, machine.write(PAGE));
        stage2.poke(ipa, 3, Machine.HOLE | 3 | Stage2Bits.READ_WRITE);
        long offset = stage1.descriptorAddress(PAGE, 3) & 4095;
        assertEquals("F_WALK_EABT TT @0x" + Long.toHexString(Machine.HOLE + offset), machine.write(PAGE));
        stage2.map(ipa, ipa - Machine.GUEST_OFFSET, 3, Stage2Bits.READ_WRITE);
        assertEquals("F_TRANSLATION IN", machine.write(PAGE));
        stage1.poke(PAGE, 3, 1L << 40 | readOnly | 3);
        assertEquals("F_ADDR_SIZE IN", machine.write(PAGE));
        stage1.poke(PAGE, 3, 0x5000 | readOnly | 3);
        assertEquals("F_ACCESS IN", machine.write(PAGE));
        stage1.poke(PAGE, 3, 0x5000 | readOnly | 3 | Stage1Bits.AF);
        assertEquals("F_PERMISSION IN", machine.write(PAGE));
        stage1.map(PAGE, 0x5000, 3, Stage1Bits.READ_WRITE);
        assertEquals("F_TRANSLATION S2 IN ipa=0x5000", machine.write(PAGE));
        stage2.poke(0x5000, 3, 1L << 40 | 3);
        assertEquals("F_ADDR_SIZE S2 IN ipa=0x5000", machine.write(PAGE));
        stage2.poke(0x5000, 3, 0x9003);
        assertEquals("F_ACCESS S2 IN ipa=0x5000", machine.write(PAGE));
        stage2.poke(0x5000, 3, 0x9003 | Stage2Bits.AF);
        assertEquals("F_PERMISSION S2 IN ipa=0x5000", machine.write(PAGE));
        stage2.map(0x5000, 0x9000, 3, Stage2Bits.READ_WRITE);
        assertEquals("0x9000", machine.write(PAGE));
    }

    /** A next-table address out of range is found before anything is read from there. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    @Rule("A-ADR-15")
    @Rule("A-ADR-17")
    @Rule("A-ADR-18")
    @Rule("A-FLT-12")
    void tableAddressBeyondTheOutputSizeFaultsAtItsOwnLevel(int level) {
        PageTable stage1 = PageTable.stage1(machine.host, Granule.KB4, 48);
        stage1.poke(PAGE, level, 1L << 36 | 3);
        machine.stage1(Cd.of(stage1).ips(1));
        assertEquals("F_ADDR_SIZE IN", machine.read(PAGE));
        assertEquals("[A-ADR-15]", machine.decided.toString());
        machine.stage1(Cd.of(stage1).ips(2));
        assertEquals("F_WALK_EABT TT", machine.read(PAGE).replaceAll(" @.*", ""));
        PageTable stage2 = PageTable.stage2(machine.host, Granule.KB4, 48, 0).poke(PAGE, level, 1L << 36 | 3);
        machine.ste(Ste.stage2(stage2).s2ps(1));
        assertEquals("F_ADDR_SIZE S2 IN ipa=0x1000", machine.read(PAGE));
        machine.ste(Ste.stage2(stage2).s2ps(2));
        assertEquals("F_WALK_EABT S2 IN ipa=0x1000", machine.read(PAGE).replaceAll(" @.*", ""));
    }

    /** IPS or S2PS code, and the last output address below it. */
    @ParameterizedTest
    @CsvSource({"0, 32", "1, 36", "2, 40", "3, 42", "4, 44", "5, 48"})
    @Rule("A-ADR-14")
    @Rule("A-ADR-16")
    @Rule("A-ADR-17")
    @Rule("A-FLT-12")
    void outputsReachUpToTheOutputSize(int code, int bits) {
        Machine wide = new Machine("OAS=6");
        long last = (1L << bits) - 4096;
        PageTable stage1 = PageTable.stage1(wide.host, Granule.KB64, 48)
                .map(0, last & -0x1_0000L, 3, Stage1Bits.READ_WRITE)
                .map(0x1_0000, 1L << bits, 3, Stage1Bits.READ_WRITE);
        wide.stage1(Cd.of(stage1).ips(code));
        assertEquals("0x" + Long.toHexString(last), wide.read(0xF000));
        assertEquals("F_ADDR_SIZE IN", wide.read(0x1_0000));
        PageTable stage2 = PageTable.stage2(wide.host, Granule.KB64, 48, 1)
                .map(0, last & -0x1_0000L, 3, Stage2Bits.READ_WRITE)
                .map(0x1_0000, 1L << bits, 3, Stage2Bits.READ_WRITE);
        wide.ste(Ste.stage2(stage2).s2ps(code));
        assertEquals("0x" + Long.toHexString(last), wide.read(0xF000));
        assertEquals("F_ADDR_SIZE S2 IN ipa=0x10000", wide.read(0x1_0000));
    }

    /** With OAS at most 48, [51:48] are no address bits of 4 KiB and 16 KiB descriptors, but [15:12] are of 64 KiB ones. */
    @Test
    @Rule("A-ADR-19")
    void addressBitsAbove48AreFoundWhereTheGranuleKeepsThem() {
        PageTable small = PageTable.stage1(machine.host, Granule.KB4, 39)
                .poke(PAGE, 3, 0xF_0000_0000_5003L & ~Stage1Bits.DBM | Stage1Bits.READ_WRITE);
        machine.stage1(Cd.of(small));
        assertEquals("0x5000", machine.read(PAGE));
        PageTable large =
                PageTable.stage1(machine.host, Granule.KB64, 42).poke(0x1_0000, 3, 0x5_1003L | Stage1Bits.READ_WRITE);
        machine.stage1(Cd.of(large));
        assertEquals("F_ADDR_SIZE IN", machine.read(0x1_0000));
    }

    /** Sizes of a client's address that the record must keep: here only that the model does not touch the IPA of stage 2 alone. */
    @Test
    @Rule("A-FLT-11")
    void stage2AloneReportsTheInputAsIpa() {
        PageTable stage2 = PageTable.stage2(machine.host, Granule.KB4, 39, 1);
        machine.ste(Ste.stage2(stage2));
        assertEquals("F_TRANSLATION S2 IN ipa=0x7654321000", machine.read(0x76_5432_1FEDL));
    }

    @Test
    @Rule("A-FLT-12")
    void stage1FaultsAreOfClassInAndOnlyWalkAbortsOfClassTt() {
        TableSpace host = machine.host;
        machine.stage1(Cd.aarch64());
        assertEquals("F_TRANSLATION IN", machine.read(PAGE));
        machine.stage1(Cd.of(PageTable.stage1(host, Granule.KB4, 39)).ttb0(Machine.HOLE));
        assertEquals("F_WALK_EABT TT @0x800000000", machine.read(PAGE));
    }
}
