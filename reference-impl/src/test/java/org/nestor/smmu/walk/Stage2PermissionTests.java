package org.nestor.smmu.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.tables.Cd;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Stage2Bits;
import org.nestor.tables.Ste;

class Stage2PermissionTests {
    private static final long PAGE = 0x1000;
    private static final String[] DATA = {"--", "r-", "-w", "rw"};

    /** Privileged r, w, x, then unprivileged r, w, x. */
    private static String allowed(Machine machine, String fault) {
        StringBuilder letters = new StringBuilder();
        for (boolean privileged : new boolean[] {true, false}) {
            Transaction read = Transaction.read(Machine.STREAM, PAGE).withPrivilege(privileged, false);
            Transaction write = Transaction.write(Machine.STREAM, PAGE).withPrivilege(privileged, false);
            letters.append(letter(machine, 'r', read, fault)).append(letter(machine, 'w', write, fault));
            letters.append(letter(machine, 'x', read.withPrivilege(privileged, true), fault));
        }
        return letters.toString();
    }

    private static char letter(Machine machine, char right, Transaction transaction, String fault) {
        String outcome = machine.outcome(transaction);
        if (outcome.startsWith("0x")) {
            return right;
        }
        assertEquals(fault, outcome);
        return '-';
    }

    /** XN[1:0] and who may execute: first privileged, then unprivileged. S2AP plays no part in that. */
    @ParameterizedTest
    @CsvSource({
        "1, 0, x, x", "1, 1, -, x", "1, 2, -, -", "1, 3, x, -",
        "0, 0, x, x", "0, 1, x, x", "0, 2, -, -", "0, 3, -, -",
    })
    @Rule("A-PRM-16")
    @Rule("A-PRM-17")
    @Rule("A-PRM-18")
    void s2apGovernsDataAndXnGovernsExecution(int xnx, int xn, String privileged, String unprivileged) {
        Machine machine = new Machine("XNX=" + xnx);
        PageTable table = PageTable.stage2(machine.host, Granule.KB4, 39, 1);
        machine.ste(Ste.stage2(table));
        for (int s2ap = 0; s2ap < 4; s2ap++) {
            table.map(PAGE, 0x5000, 3, Stage2Bits.AF | Stage2Bits.s2ap(s2ap) | Stage2Bits.xn(xn));
            String expected = DATA[s2ap] + privileged + DATA[s2ap] + unprivileged;
            assertEquals(expected, allowed(machine, "F_PERMISSION S2 IN ipa=0x1000"), "S2AP " + s2ap);
        }
    }

    @Test
    @Rule("A-PRM-17")
    void executionIsJudgedByThePrivilegeAfterTheOverride() {
        Machine machine = new Machine("XNX=1");
        PageTable table = PageTable.stage2(machine.host, Granule.KB4, 39, 1);
        table.map(PAGE, 0x5000, 3, Stage2Bits.READ_WRITE | Stage2Bits.xn(0b11));
        machine.ste(Ste.stage2(table).privcfg(3));
        assertEquals("rwxrwx", allowed(machine, ""));
        machine.ste(Ste.stage2(table).privcfg(2));
        assertEquals("rw-rw-", allowed(machine, "F_PERMISSION S2 IN ipa=0x1000"));
        machine.ste(Ste.stage2(table).instcfg(2).privcfg(2));
        assertEquals("rwxrwx", allowed(machine, ""));
    }

    @Test
    @Rule("A-PRM-11")
    void stage2HasNoHierarchicalControl() {
        Machine machine = new Machine("");
        PageTable table = PageTable.stage2(machine.host, Granule.KB4, 39, 1);
        table.map(PAGE, 0x5000, 3, Stage2Bits.READ_WRITE)
                .set(PAGE, 1, 0x1FL << 59)
                .set(PAGE, 2, 0x1FL << 59);
        machine.ste(Ste.stage2(table));
        assertEquals("rwxrwx", allowed(machine, ""));
    }

    /** Stage 1 rights against stage 2 rights: what neither stage denies, and whose denial is reported. */
    @ParameterizedTest
    @CsvSource({
        "1, 3, ok, ok",
        "3, 3, ok, S1",
        "1, 1, ok, S2",
        "1, 2, S2, ok",
        "3, 2, S2, S1",
        "3, 0, S2, S1",
        "0, 0, S1, S1",
        "2, 3, S1, S1"
    })
    @Rule("A-PRM-19")
    @Rule("A-FLT-06")
    void bothStagesMustAgreeAndStage1IsReportedFirst(int ap, int s2ap, String read, String write) {
        Machine machine = new Machine("");
        PageTable stage2 = machine.guestStage2().map(0x5000, 0x9000, 3, Stage2Bits.AF | Stage2Bits.s2ap(s2ap));
        PageTable stage1 = PageTable.stage1(machine.guest, Granule.KB4, 39)
                .map(PAGE, 0x5000, 3, Stage1Bits.AF | Stage1Bits.ap(ap));
        machine.nested(Cd.of(stage1), stage2);
        assertEquals(outcome(read), machine.read(PAGE));
        assertEquals(outcome(write), machine.write(PAGE));
    }

    private static String outcome(String who) {
        return switch (who) {
            case "S1" -> "F_PERMISSION IN";
            case "S2" -> "F_PERMISSION S2 IN ipa=0x5000";
            default -> "0x9000";
        };
    }

    @Test
    @Rule("A-PRM-16")
    @Rule("A-PRM-17")
    void ruleThatDeniedIsNamed() {
        Machine machine = new Machine("");
        PageTable table = PageTable.stage2(machine.host, Granule.KB4, 39, 1);
        machine.ste(Ste.stage2(table.map(PAGE, 0x5000, 3, Stage2Bits.AF | Stage2Bits.xn(2))));
        machine.read(PAGE);
        assertEquals(RuleId.of("A-PRM-16"), machine.decided.get(0));
        machine.outcome(Transaction.read(Machine.STREAM, PAGE).withPrivilege(false, true));
        assertEquals(RuleId.of("A-PRM-17"), machine.decided.get(1));
        assertTrue(machine.decided.size() == 2);
    }
}
