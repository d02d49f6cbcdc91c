package org.nestor.smmu.walk;

import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.Stage1Half;
import org.nestor.smmu.config.Stage1Regime;
import org.nestor.smmu.format.Stage1Descriptor;

/** Which rights a stage 1 leaf grants (DDI 0487 stage 1 permissions, IHI 0070 section 3.3.4). */
public class Stage1Permissions {
    private static final RuleId READ = RuleId.of("A-PRM-03");
    private static final RuleId WRITE = RuleId.of("A-PRM-04");
    private static final RuleId EXECUTE = RuleId.of("A-PRM-05");
    private static final RuleId OPEN_TO_WRITES = RuleId.of("A-PRM-06");
    private static final RuleId WRITE_EXECUTE_NEVER = RuleId.of("A-PRM-07");
    private static final RuleId PRIVILEGED_ACCESS_NEVER = RuleId.of("A-PRM-09");
    private static final RuleId ONE_PRIVILEGE = RuleId.of("A-PRM-10");
    private static final RuleId HIERARCHICAL = RuleId.of("A-PRM-11");
    private static final RuleId HIERARCHY_OFF = RuleId.of("A-PRM-13");
    private static final RuleId HALF_OF_HIERARCHY = RuleId.of("A-PRM-14");
    private static final RuleId READ_ONLY_STAYS = RuleId.of("A-PRM-15");
    private static final RuleId DBM = RuleId.of("A-AFD-05");
    private static final RuleId DBM_IGNORED = RuleId.of("A-AFD-08");
    private static final int NO_UNPRIVILEGED = 0b0001;
    private static final int READ_ONLY = 0b0010;
    private static final int UXN = 0b0100;
    private static final int PXN = 0b1000;

    private final RuleLog rules;

    public Stage1Permissions(RuleLog rules) {
        this.rules = rules;
    }

    /** The restrictions of a table descriptor, to be combined by OR down the walk. */
    @Rule("A-PRM-11")
    @Rule("A-PRM-13")
    protected int restrictions(Stage1Descriptor table, Stage1Half half) {
        int restrictions = table.apTable() | (table.uxnTable() ? UXN : 0) | (table.pxnTable() ? PXN : 0);
        if (restrictions != 0) {
            rules.followed(half.hierarchyDisabled() ? HIERARCHY_OFF : HIERARCHICAL);
        }
        return half.hierarchyDisabled() ? 0 : restrictions;
    }

    /**
     * The rights of a leaf below tables with the given restrictions.
     *
     * @return set of {@link Right} bits
     */
    public int rights(Stage1Descriptor leaf, int restrictions, Stage1Regime regime) {
        return regime.tag().world().hasTwoTables()
                ? twoPrivilegeRights(leaf, restrictions, regime)
                : onePrivilegeRights(leaf, restrictions, regime);
    }

    @Rule("A-PRM-03")
    @Rule("A-PRM-04")
    @Rule("A-PRM-05")
    @Rule("A-PRM-06")
    @Rule("A-PRM-07")
    @Rule("A-PRM-08")
    @Rule("A-PRM-09")
    protected int twoPrivilegeRights(Stage1Descriptor leaf, int restrictions, Stage1Regime regime) {
        boolean writable = writable(leaf, restrictions, regime);
        boolean open = unprivilegedAccess(leaf, restrictions);
        boolean openWritable = open && writable;
        boolean barred = regime.privilegedAccessNever() && open;
        boolean never = regime.writeExecuteNever();
        boolean uxn = leaf.uxn() || (restrictions & UXN) != 0 || (never && openWritable);
        boolean pxn = leaf.pxn() || (restrictions & PXN) != 0 || openWritable || (never && writable);
        rules.followed(READ, !open);
        rules.followed(WRITE, !writable);
        rules.followed(EXECUTE, leaf.uxn() || leaf.pxn());
        rules.followed(OPEN_TO_WRITES, openWritable);
        rules.followed(WRITE_EXECUTE_NEVER, never && writable);
        rules.followed(PRIVILEGED_ACCESS_NEVER, barred);
        return bit(Right.READ, open)
                | bit(Right.WRITE, openWritable)
                | bit(Right.EXECUTE, !uxn)
                | bit(Right.PRIVILEGED_READ, !barred)
                | bit(Right.PRIVILEGED_WRITE, writable && !barred)
                | bit(Right.PRIVILEGED_EXECUTE, !pxn);
    }

    /** EL2 without E2H: AP[1], PXN and PAN do not count, XN is bit 54, and the presented privilege makes no difference. */
    @Rule("A-PRM-10")
    @Rule("A-PRM-14")
    @Rule("A-RGM-02")
    protected int onePrivilegeRights(Stage1Descriptor leaf, int restrictions, Stage1Regime regime) {
        boolean writable = writable(leaf, restrictions, regime);
        rules.followed(ONE_PRIVILEGE);
        rules.followed(HALF_OF_HIERARCHY, (restrictions & (NO_UNPRIVILEGED | PXN)) != 0);
        boolean xn = leaf.uxn() || (restrictions & UXN) != 0 || (regime.writeExecuteNever() && writable);
        return bit(Right.READ, true)
                | bit(Right.WRITE, writable)
                | bit(Right.EXECUTE, !xn)
                | bit(Right.PRIVILEGED_READ, true)
                | bit(Right.PRIVILEGED_WRITE, writable)
                | bit(Right.PRIVILEGED_EXECUTE, !xn);
    }

    /** AP[2] = 0, or hardware may clear it; never under APTable[1]. */
    @Rule("A-AFD-05")
    @Rule("A-AFD-08")
    @Rule("A-PRM-15")
    protected boolean writable(Stage1Descriptor leaf, int restrictions, Stage1Regime regime) {
        boolean readOnly = (leaf.ap() & 0b10) != 0;
        boolean hierarchical = (restrictions & READ_ONLY) != 0;
        if (readOnly && leaf.dbm()) {
            rules.followed(!regime.hardwareDirty() ? DBM_IGNORED : hierarchical ? READ_ONLY_STAYS : DBM);
        }
        return (!readOnly || (regime.hardwareDirty() && leaf.dbm())) && !hierarchical;
    }

    protected boolean unprivilegedAccess(Stage1Descriptor leaf, int restrictions) {
        return (leaf.ap() & 0b01) != 0 && (restrictions & NO_UNPRIVILEGED) == 0;
    }

    /** Whether a write to the leaf first has to mark it dirty. */
    public boolean clean(Stage1Descriptor leaf, Stage1Regime regime) {
        return regime.hardwareDirty() && leaf.dbm() && (leaf.ap() & 0b10) != 0;
    }

    private static int bit(Right right, boolean granted) {
        return granted ? right.bit() : 0;
    }
}
