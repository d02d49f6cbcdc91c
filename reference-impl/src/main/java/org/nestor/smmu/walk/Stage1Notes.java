package org.nestor.smmu.walk;

import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.Stage1Regime;
import org.nestor.smmu.config.TableGeometry;
import org.nestor.smmu.format.Stage1Descriptor;

/** What a stage 1 walk tells the rule log beside the rule of a fault; each method is called where the walk has just decided. */
final class Stage1Notes {
    private static final RuleId START_LEVEL = RuleId.of("A-WLK-01");
    private static final RuleId INDEXED = RuleId.of("A-WLK-02");
    private static final RuleId BYTE_ORDER = RuleId.of("A-WLK-08");
    private static final RuleId CONTIGUOUS = RuleId.of("A-WLK-10");
    private static final RuleId GLOBAL = RuleId.of("A-WLK-12");
    private static final RuleId NO_ASID = RuleId.of("A-WLK-13");
    private static final RuleId BLOCK = RuleId.of("A-WLK-14");
    private static final RuleId TABLE_PAGE_FIRST = RuleId.of("A-FLT-05");
    private static final RuleId TABLE_PAGE_FAULT = RuleId.of("A-NST-02");
    private static final RuleId BEYOND_TABLE_BASE = RuleId.of("A-NST-03");
    private static final RuleId INTERMEDIATE_TOO_WIDE = RuleId.of("A-NST-12");
    private static final RuleId CLASS_OF_OUTPUT = RuleId.of("A-ADR-16");
    private static final RuleId BEFORE_DEEPER_ACCESS = RuleId.of("A-ADR-18");
    private static final RuleId UNRESTRICTED_FAULT = RuleId.of("A-PRM-12");
    private static final RuleId FLAG_WAIVED = RuleId.of("A-AFD-02");
    private static final RuleId FLAG_SET = RuleId.of("A-AFD-03");
    private static final RuleId DIRTY = RuleId.of("A-AFD-05");
    private static final RuleId CHANGED_MEANWHILE = RuleId.of("A-AFD-09");
    private static final RuleId REMEMBERED_AS_ACCESSED = RuleId.of("C-TLB-04");
    private static final int PAGE = 12;
    private static final int LAST_LEVEL = 3;

    private final RuleLog rules;

    Stage1Notes(RuleLog rules) {
        this.rules = rules;
    }

    /** The walk starts at the top. */
    void begins(TableGeometry geometry) {
        rules.followed(START_LEVEL);
        rules.followed(INDEXED);
        rules.followed(BYTE_ORDER, geometry.bigEndian());
    }

    /** Stage 2 refuses the page of a descriptor, which then is not read. */
    void tablePageRefused(long table, long descriptorAddress) {
        rules.followed(TABLE_PAGE_FIRST);
        rules.followed(TABLE_PAGE_FAULT);
        rules.followed(BEYOND_TABLE_BASE, table >>> PAGE != descriptorAddress >>> PAGE);
    }

    void tableTooWide() {
        rules.followed(BEFORE_DEEPER_ACCESS);
    }

    void outputTooWide(boolean intermediate) {
        rules.followed(CLASS_OF_OUTPUT);
        rules.followed(INTERMEDIATE_TOO_WIDE, intermediate);
    }

    void invalid(int restrictions) {
        rules.followed(UNRESTRICTED_FAULT, restrictions != 0);
    }

    /** AF = 0, and neither a fault nor an update. */
    void accessFlagWaived() {
        rules.followed(FLAG_WAIVED);
        rules.followed(REMEMBERED_AS_ACCESSED);
    }

    void accessFlagSet() {
        rules.followed(FLAG_SET);
    }

    void markedDirty() {
        rules.followed(DIRTY);
    }

    /** The descriptor is no longer what the walk read. */
    void changedMeanwhile() {
        rules.followed(CHANGED_MEANWHILE);
    }

    void leaf(Stage1Descriptor leaf, Stage1Regime regime, int level) {
        rules.followed(CONTIGUOUS, leaf.contiguous());
        rules.followed(BLOCK, level != LAST_LEVEL);
        rules.followed(regime.tag().world().usesAsid() ? GLOBAL : NO_ASID);
    }
}
