package org.nestor.smmu.walk;

import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.Stage2Regime;
import org.nestor.smmu.format.Stage2Descriptor;
import org.nestor.smmu.register.IdRegisters;

/** Which rights a stage 2 leaf grants (DDI 0487 stage 2 permissions). */
public class Stage2Permissions {
    private static final RuleId EXECUTE = RuleId.of("A-PRM-17");
    private static final RuleId NO_PRIVILEGE_FOR_DATA = RuleId.of("A-PRM-18");
    private static final RuleId DBM_IGNORED = RuleId.of("A-AFD-08");
    private static final int DATA_READ = Right.READ.bit() | Right.PRIVILEGED_READ.bit();
    private static final int DATA_WRITE = Right.WRITE.bit() | Right.PRIVILEGED_WRITE.bit();

    private final boolean privilegedExecuteControl;
    private final RuleLog rules;

    /** Takes IDR3.XNX. */
    public Stage2Permissions(IdRegisters id, RuleLog rules) {
        this.privilegedExecuteControl = id.xnx();
        this.rules = rules;
    }

    /**
     * The rights of a leaf.
     *
     * @return set of {@link Right} bits
     */
    @Rule("A-PRM-16")
    @Rule("A-PRM-18")
    @Rule("A-AFD-08")
    public int rights(Stage2Descriptor leaf, Stage2Regime regime) {
        int read = (leaf.s2ap() & 0b01) != 0 ? DATA_READ : 0;
        int write = (leaf.s2ap() & 0b10) != 0 || clean(leaf, regime) ? DATA_WRITE : 0;
        rules.followed(NO_PRIVILEGE_FOR_DATA, read == 0 || write == 0);
        rules.followed(DBM_IGNORED, write == 0 && leaf.dbm());
        return read | write | executeRights(leaf);
    }

    /** S2XN; S2AP[0] is not required, as stage 2 has execute-only pages. */
    @Rule("A-PRM-17")
    protected int executeRights(Stage2Descriptor leaf) {
        rules.followed(EXECUTE, leaf.xn() != 0);
        boolean high = (leaf.xn() & 0b10) != 0;
        boolean low = privilegedExecuteControl && (leaf.xn() & 0b01) != 0;
        int unprivileged = high ? 0 : Right.EXECUTE.bit();
        int privileged = high == low ? Right.PRIVILEGED_EXECUTE.bit() : 0;
        return unprivileged | privileged;
    }

    /** Whether a write to the leaf first has to mark it dirty. */
    @Rule("A-AFD-06")
    @Rule("A-AFD-08")
    public boolean clean(Stage2Descriptor leaf, Stage2Regime regime) {
        return regime.hardwareDirty() && leaf.dbm() && (leaf.s2ap() & 0b10) == 0;
    }
}
