package org.nestor.smmu.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.transaction.Access;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Ste;

/**
 * Who may do what, as six letters: privileged r, w, x and unprivileged r, w, x. An expectation starts from the plain table of AP and
 * is rewritten letter by letter by each further control; the model computes it the other way round.
 */
class Stage1PermissionTests {
    private static final long PAGE = 0x1000;

    private Machine machine = new Machine("");
    private PageTable table = PageTable.stage1(machine.host, Granule.KB4, 39);
    private LinearCdTable contexts = new LinearCdTable(machine.host, 0);

    private void startOver(String ids) {
        machine = new Machine(ids);
        table = PageTable.stage1(machine.host, Granule.KB4, 39);
        contexts = new LinearCdTable(machine.host, 0);
    }

    private void leaf(long bits) {
        table.map(PAGE, 0x5000, 3, Stage1Bits.AF | bits);
    }

    private void hierarchy(int level, long bits) {
        table.poke(PAGE, level, table.peek(PAGE, level) & ~(0xFL << 59) | bits);
    }

    private String allowed() {
        StringBuilder letters = new StringBuilder();
        for (boolean privileged : new boolean[] {true, false}) {
            Transaction read = Transaction.read(Machine.STREAM, PAGE).withPrivilege(privileged, false);
            Transaction write = Transaction.write(Machine.STREAM, PAGE).withPrivilege(privileged, false);
            letters.append(letter('r', read)).append(letter('w', write));
            letters.append(letter('x', read.withPrivilege(privileged, true)));
        }
        return letters.toString();
    }

    private char letter(char right, Transaction transaction) {
        String outcome = machine.outcome(transaction);
        if (!outcome.startsWith("0x")) {
            assertEquals("F_PERMISSION IN", outcome);
            return '-';
        }
        return right;
    }

    private void use(Cd cd, int strw) {
        contexts.put(0, cd);
        machine.ste(Ste.stage1(contexts).strw(strw));
    }

    private static String without(String rights, String letters, int half) {
        StringBuilder changed = new StringBuilder(rights);
        for (int i = 3 * half; i < 3 * half + 3; i++) {
            if (letters.indexOf(rights.charAt(i)) >= 0) {
                changed.setCharAt(i, '-');
            }
        }
        return changed.toString();
    }

    @ParameterizedTest
    @CsvSource({"0, rwx--x", "1, rw-rwx", "2, r-x--x", "3, r-xr-x"})
    @Rule("A-PRM-03")
    @Rule("A-PRM-04")
    @Rule("A-PRM-05")
    @Rule("A-PRM-06")
    void accessPermissionsAlone(int ap, String rights) {
        leaf(Stage1Bits.ap(ap));
        use(Cd.of(table), 0);
        assertEquals(rights, allowed());
    }

    /** Every combination of the leaf, the hierarchy at one level, WXN and PAN: 1024 of them. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    @Rule("A-PRM-03")
    @Rule("A-PRM-04")
    @Rule("A-PRM-05")
    @Rule("A-PRM-06")
    @Rule("A-PRM-07")
    @Rule("A-PRM-08")
    @Rule("A-PRM-09")
    @Rule("A-PRM-11")
    void everyControlTakesAwayWhatItsRuleSays(int ap) {
        for (int bits = 0; bits < 256; bits++) {
            boolean uxn = (bits & 1) != 0;
            boolean pxn = (bits & 2) != 0;
            boolean uxnTable = (bits & 4) != 0;
            boolean pxnTable = (bits & 8) != 0;
            int apTable = bits >> 4 & 3;
            boolean wxn = (bits & 64) != 0;
            boolean pan = (bits & 128) != 0;
            leaf(Stage1Bits.ap(ap) | flag(uxn, Stage1Bits.UXN) | flag(pxn, Stage1Bits.PXN));
            hierarchy(
                    bits % 3 == 0 ? 1 : 2,
                    flag(uxnTable, Stage1Bits.UXN_TABLE)
                            | flag(pxnTable, Stage1Bits.PXN_TABLE)
                            | Stage1Bits.apTable(apTable));
            hierarchy(bits % 3 == 0 ? 2 : 1, 0);
            use(Cd.of(table).wxn(wxn).pan(pan).with("UWXN", 1), 0);
            assertEquals(expected(ap, apTable, uxn || uxnTable, pxn || pxnTable, wxn, pan), allowed(), "bits " + bits);
        }
    }

    private static long flag(boolean set, long bits) {
        return set ? bits : 0;
    }

    private static String expected(int ap, int apTable, boolean uxn, boolean pxn, boolean wxn, boolean pan) {
        String rights = List.of("rwx--x", "rwxrwx", "r-x--x", "r-xr-x").get(ap);
        if ((apTable & 2) != 0) {
            rights = without(without(rights, "w", 0), "w", 1);
        }
        if ((apTable & 1) != 0) {
            rights = without(rights, "rw", 1);
        }
        if (rights.charAt(4) == 'w') {
            rights = without(rights, "x", 0);
        }
        for (int half = 0; half < 2; half++) {
            boolean writable = rights.charAt(3 * half + 1) == 'w';
            boolean never = half == 0 ? pxn : uxn;
            rights = never || wxn && writable ? without(rights, "x", half) : rights;
        }
        return pan && rights.charAt(3) == 'r' ? without(rights, "rw", 0) : rights;
    }

    @Test
    @Rule("A-PRM-11")
    void restrictionsOfAllLevelsAddUp() {
        leaf(Stage1Bits.ap(0b01));
        use(Cd.of(table), 0);
        hierarchy(1, Stage1Bits.apTable(0b10));
        hierarchy(2, Stage1Bits.apTable(0b01) | Stage1Bits.PXN_TABLE);
        assertEquals("r----x", allowed());
        hierarchy(1, Stage1Bits.UXN_TABLE);
        assertEquals("rw----", allowed());
    }

    @Test
    @Rule("A-PRM-12")
    @Rule("A-FLT-03")
    void restrictiveTableAboveAnInvalidDescriptorIsATranslationFault() {
        table.poke(PAGE, 3, 0);
        use(Cd.of(table), 0);
        hierarchy(2, Stage1Bits.apTable(0b11));
        assertEquals("F_TRANSLATION IN", machine.write(PAGE));
    }

    @ParameterizedTest
    @CsvSource({"HAD=1, true, rw-rwx", "HAD=1, false, r-----", "HAD=0, true, r-----"})
    @Rule("A-PRM-13")
    void hierarchyIsIgnoredUnderHad(String ids, boolean had, String rights) {
        startOver(ids);
        leaf(Stage1Bits.ap(0b01));
        hierarchy(1, Stage1Bits.apTable(0b11) | Stage1Bits.UXN_TABLE | Stage1Bits.PXN_TABLE);
        use(Cd.of(table).had0(had), 0);
        assertEquals(rights, allowed());
    }

    /** EL2: AP[1], PXN, PAN, APTable[0] and PXNTable do not count, and both privileges are the same. */
    @Test
    @Rule("A-PRM-10")
    @Rule("A-PRM-14")
    @Rule("A-RGM-02")
    void onePrivilegeWorldHasOneSetOfRights() {
        for (int bits = 0; bits < 512; bits++) {
            int ap = bits & 3;
            boolean xn = (bits & 4) != 0;
            boolean xnTable = (bits & 8) != 0;
            boolean readOnly = (bits & 16) != 0;
            boolean wxn = (bits & 32) != 0;
            boolean pan = (bits & 64) != 0;
            leaf(Stage1Bits.ap(ap) | flag(xn, Stage1Bits.UXN) | flag((bits & 128) != 0, Stage1Bits.PXN));
            hierarchy(
                    1,
                    Stage1Bits.apTable((readOnly ? 2 : 0) | bits >> 8 & 1)
                            | flag(xnTable, Stage1Bits.UXN_TABLE)
                            | flag((bits & 256) != 0, Stage1Bits.PXN_TABLE));
            use(Cd.of(table).wxn(wxn).pan(pan), 2);
            boolean write = ap < 2 && !readOnly;
            boolean execute = !xn && !xnTable && !(wxn && write);
            String rights = "r" + (write ? "w" : "-") + (execute ? "x" : "-");
            assertEquals(rights + rights, allowed(), "bits " + bits);
        }
    }

    @Test
    @Rule("A-RGM-03")
    void el2WithE2hChecksPrivilegeAsEl1() {
        leaf(Stage1Bits.ap(0b00) | Stage1Bits.UXN);
        machine.cr2(1);
        use(Cd.of(table), 2);
        assertEquals("rwx---", allowed());
    }

    /** A page that only privileged accesses may use, and only as data: what each access of the six is let through. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, rw----",
        "1, 1, rw----",
        "2, 0, ------",
        "3, 0, rw-rw-",
        "0, 2, rwx---",
        "0, 3, -w----",
        "3, 3, -w--w-",
        "3, 2, rwxrwx",
        "2, 2, ------",
    })
    @Rule("A-PRM-01")
    @Rule("A-PRM-02")
    @Rule("A-STE-37")
    void overridesDecideWhatIsChecked(int privcfg, int instcfg, String rights) {
        contexts.put(0, Cd.of(table));
        machine.ste(Ste.stage1(contexts).privcfg(privcfg).instcfg(instcfg));
        leaf(Stage1Bits.ap(0b00) | Stage1Bits.UXN | Stage1Bits.PXN);
        assertEquals(rights, allowed());
    }

    @Test
    @Rule("A-STE-36")
    void overridesAreIgnoredWithoutTheFeature() {
        startOver("ATTR_PERMS_OVR=0");
        leaf(Stage1Bits.ap(0b00) | Stage1Bits.UXN);
        contexts.put(0, Cd.of(table));
        machine.ste(Ste.stage1(contexts).privcfg(3).instcfg(3));
        assertEquals("rwx---", allowed());
    }

    @Test
    @Rule("A-PRM-02")
    @Rule("A-FLT-23")
    void deniedWriteIsReportedAsData() {
        leaf(Stage1Bits.ap(0b10));
        contexts.put(0, Cd.of(table));
        machine.ste(Ste.stage1(contexts).privcfg(3).instcfg(3));
        Transaction write = Transaction.of(Machine.STREAM, PAGE, Access.WRITE).withPrivilege(false, true);
        TranslationOutcome.Refused refused = machine.refused(write);
        assertEquals(List.of(true, false), List.of(refused.privileged(), refused.instruction()));
        leaf(Stage1Bits.ap(0b10) | Stage1Bits.PXN);
        TranslationOutcome.Refused fetch = machine.refused(Transaction.read(Machine.STREAM, PAGE));
        assertEquals(List.of(true, true), List.of(fetch.privileged(), fetch.instruction()));
    }

    @Test
    @Rule("A-PRM-21")
    void instructionsMayBeFetchedFromDeviceMemory() {
        leaf(Stage1Bits.ap(0b10) | Stage1Bits.attrIndx(2));
        use(Cd.of(table), 0);
        assertEquals(
                "0x5000", machine.outcome(Transaction.read(Machine.STREAM, PAGE).withPrivilege(true, true)));
    }
}
