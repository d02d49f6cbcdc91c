package org.nestor.smmu.walk;

import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.TableGeometry;
import org.nestor.smmu.fault.FaultClass;

/** What a stage 2 walk tells the rule log beside the rule of a fault; each method is called where the walk has just decided. */
final class Stage2Notes {
    private static final RuleId INDEXED = RuleId.of("A-WLK-02");
    private static final RuleId START_LEVEL = RuleId.of("A-WLK-03");
    private static final RuleId BYTE_ORDER = RuleId.of("A-WLK-08");
    private static final RuleId ABORTED_FOR_CD = RuleId.of("A-CDF-05");
    private static final RuleId CD_NEEDS_READ = RuleId.of("A-CDF-08");
    private static final RuleId FLAG_OF_CD_PAGE = RuleId.of("A-CDF-10");
    private static final RuleId TABLE_NEEDS_READ = RuleId.of("A-NST-06");
    private static final RuleId FLAG_OF_TABLE_PAGE = RuleId.of("A-NST-15");
    private static final RuleId TABLE_READ_IS_PRIVILEGED = RuleId.of("A-PRM-20");
    private static final RuleId BEFORE_DEEPER_ACCESS = RuleId.of("A-ADR-18");
    private static final RuleId SIZE_BEFORE_FLAG = RuleId.of("A-FLT-03");
    private static final RuleId FLAG_BEFORE_PERMISSION = RuleId.of("A-FLT-04");
    private static final RuleId FLAG_WAIVED = RuleId.of("A-AFD-02");
    private static final RuleId FLAG_SET = RuleId.of("A-AFD-03");
    private static final RuleId DIRTY = RuleId.of("A-AFD-06");
    private static final RuleId CLEAN_AFTER_READ = RuleId.of("A-AFD-07");
    private static final RuleId CHANGED_MEANWHILE = RuleId.of("A-AFD-09");
    private static final RuleId TABLE_PAGE_DIRTY = RuleId.of("A-AFD-12");
    private static final RuleId FLAG_SET_FOR_STRUCTURE = RuleId.of("A-AFD-13");
    private static final RuleId REMEMBERED_AS_ACCESSED = RuleId.of("C-TLB-04");

    private final RuleLog rules;

    Stage2Notes(RuleLog rules) {
        this.rules = rules;
    }

    /** The walk starts at the top. */
    void begins(TableGeometry geometry) {
        rules.followed(INDEXED);
        rules.followed(START_LEVEL);
        rules.followed(BYTE_ORDER, geometry.bigEndian());
    }

    void aborted(FaultClass purpose) {
        rules.followed(ABORTED_FOR_CD, purpose == FaultClass.CD);
    }

    void tableTooWide() {
        rules.followed(BEFORE_DEEPER_ACCESS);
    }

    void outputTooWide(boolean accessed) {
        rules.followed(SIZE_BEFORE_FLAG, !accessed);
    }

    void denied(FaultClass purpose, Right right) {
        if (purpose == FaultClass.CD) {
            rules.followed(CD_NEEDS_READ);
        } else if (purpose == FaultClass.TT && !right.isWrite()) {
            rules.followed(TABLE_NEEDS_READ);
            rules.followed(TABLE_READ_IS_PRIVILEGED);
        }
    }

    void accessFlagFault(FaultClass purpose, boolean granted) {
        rules.followed(FLAG_BEFORE_PERMISSION, !granted);
        accessFlagOf(purpose);
    }

    /** AF = 0, and neither a fault nor an update. */
    void accessFlagWaived(FaultClass purpose) {
        rules.followed(FLAG_WAIVED);
        rules.followed(REMEMBERED_AS_ACCESSED);
        accessFlagOf(purpose);
    }

    void accessFlagSet(FaultClass purpose) {
        rules.followed(FLAG_SET);
        rules.followed(FLAG_SET_FOR_STRUCTURE, purpose != FaultClass.IN);
        accessFlagOf(purpose);
    }

    private void accessFlagOf(FaultClass purpose) {
        rules.followed(FLAG_OF_CD_PAGE, purpose == FaultClass.CD);
        rules.followed(FLAG_OF_TABLE_PAGE, purpose == FaultClass.TT);
    }

    void markedDirty(FaultClass purpose) {
        rules.followed(DIRTY);
        rules.followed(TABLE_PAGE_DIRTY, purpose == FaultClass.TT);
    }

    /** The page may be marked dirty, and this access does not. */
    void leftClean() {
        rules.followed(CLEAN_AFTER_READ);
    }

    /** The descriptor is no longer what the walk read. */
    void changedMeanwhile() {
        rules.followed(CHANGED_MEANWHILE);
    }
}
