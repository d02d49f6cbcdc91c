package org.nestor.smmu.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.nestor.rule.Rule;
import org.nestor.smmu.fault.FaultGovernance;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Stage2Bits;
import org.nestor.tables.Ste;

/** Which bits say what becomes of a fault. */
class GovernanceTests {
    private static final FaultGovernance ALWAYS = new FaultGovernance(false, true, true);
    private static final long PAGE = 0x1000;

    private final Machine machine = new Machine("");
    private final PageTable stage2 = machine.guestStage2();
    private final PageTable stage1 =
            PageTable.stage1(machine.guest, Granule.KB4, 39).map(PAGE, 0x5000, 3, Stage1Bits.READ_WRITE);
    private final LinearCdTable contexts = new LinearCdTable(machine.guest, 0);

    private FaultGovernance governance(long address) {
        return machine.refused(Transaction.read(Machine.STREAM, address)).governance();
    }

    private interface Bits {
        void of(boolean stall, boolean record, boolean abort);
    }

    private static void forAllBits(Bits bits) {
        for (int i = 0; i < 8; i++) {
            bits.of((i & 1) != 0, (i & 2) != 0, (i & 4) != 0);
        }
    }

    @Test
    @Rule("A-FLT-13")
    void stage1FaultsFollowTheCd() {
        forAllBits((stall, record, abort) -> {
            contexts.put(0, Cd.of(stage1).s(stall).r(record).a(abort));
            machine.ste(Ste.nested(contexts, stage2).s2s(!stall).s2r(!record));
            assertEquals(new FaultGovernance(stall, record, abort), governance(0x2000));
            assertEquals(new FaultGovernance(stall, record, abort), governance(-1L));
        });
    }

    @Test
    @Rule("A-FLT-13")
    @Rule("A-TRM-02")
    @Rule("A-TRM-03")
    @Rule("A-TRM-04")
    @Rule("A-CDF-06")
    void stage2FaultsFollowTheSteWhateverTheirClass() {
        forAllBits((stall, record, abort) -> {
            contexts.put(0, Cd.of(stage1).s(!stall).r(!record).a(abort));
            machine.ste(Ste.nested(contexts, stage2).s2s(stall).s2r(record));
            FaultGovernance expected = new FaultGovernance(stall, record, true);
            assertEquals(expected, governance(PAGE));
            long leaf = Machine.ipaOf(stage1.descriptorAddress(PAGE, 3));
            stage2.poke(leaf, 3, 0);
            assertEquals(expected, governance(PAGE));
            stage2.poke(contexts.s1ContextPtr(), 3, 0);
            assertEquals(expected, governance(PAGE));
            machine.mapGuest(stage2);
            machine.ste(Ste.stage2(stage2).s2s(stall).s2r(record));
            assertEquals(expected, governance(PAGE));
        });
    }

    @Test
    @Rule("A-ADR-11")
    void addressSizeFaultsWithoutACdAreAlwaysRecordedAndAborted() {
        machine.ste(Ste.stage2(stage2).s2s(true).s2r(false));
        assertEquals(ALWAYS, governance(-1L));
        machine.ste(Ste.bypass().s2s(true).s2r(false));
        assertEquals(ALWAYS, governance(-1L));
        machine.ste(Ste.nested(new LinearCdTable(machine.guest, 1), stage2)
                .s1dss(1)
                .s2s(true)
                .s2r(false));
        assertEquals(ALWAYS, governance(-1L));
    }

    @Test
    @Rule("A-WLK-07")
    @Rule("A-FLT-14")
    void walkAbortsAreAlwaysRecordedAndAborted() {
        contexts.put(0, Cd.of(stage1).s(true).r(false).a(false).ttb0(0x7000));
        stage2.map(0x7000, Machine.HOLE, 3, Stage2Bits.READ_WRITE);
        machine.ste(Ste.nested(contexts, stage2).s2s(true).s2r(false));
        assertEquals(ALWAYS, governance(PAGE));
        stage2.poke(0x7000, 1, Machine.HOLE | 3);
        assertEquals(ALWAYS, governance(PAGE));
    }

    @Test
    @Rule("A-FLT-14")
    @Rule("A-TRM-05")
    void configurationErrorsAreAlwaysRecordedAndAborted() {
        Ste stalling = Ste.nested(contexts, stage2).s2s(true).s2r(false);
        machine.ste(stalling.s2tg(3));
        assertEquals(ALWAYS, governance(PAGE));
        machine.ste(stalling);
        contexts.put(0, Cd.of(stage1).s(true).r(false).a(false).v(false));
        assertEquals(ALWAYS, governance(PAGE));
        stage2.map(0x7000, Machine.HOLE, 3, Stage2Bits.READ_WRITE);
        machine.ste(stalling.s1ContextPtr(0x7000));
        assertEquals(ALWAYS, governance(PAGE));
        machine.ste(stalling.s1CdMax(1));
        assertEquals(ALWAYS, governance(PAGE));
    }

    @Test
    @Rule("A-MEV-01")
    @Rule("A-MEV-02")
    void mergingIsWhatTheSteSays() {
        for (boolean mev : new boolean[] {false, true}) {
            machine.ste(Ste.stage2(stage2).mev(mev));
            assertEquals(
                    mev, machine.refused(Transaction.read(Machine.STREAM, PAGE)).mergeable());
        }
    }
}
