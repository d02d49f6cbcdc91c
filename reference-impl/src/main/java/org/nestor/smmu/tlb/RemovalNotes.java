package org.nestor.smmu.tlb;

import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.command.InvalidationCommand.Extent;
import org.nestor.smmu.walk.Stage1Entry;
import org.nestor.smmu.walk.Stage2Leaf;

/** Tells the rule log by which rules a command has just removed something, or found nothing to remove. */
final class RemovalNotes {
    private static final RuleId BY_RANGE_OF_DESCRIPTOR = RuleId.of("C-INV-01");
    private static final RuleId VMID_BITS_IGNORED = RuleId.of("C-KEY-06");
    private static final RuleId KINDS_APART = RuleId.of("C-INV-03");
    private static final RuleId ONE_CONTEXT = RuleId.of("C-INV-04");
    private static final RuleId PIECE_OF_BLOCK = RuleId.of("C-INV-05");
    private static final RuleId GLOBAL = RuleId.of("C-INV-07");
    private static final RuleId STAGE_2 = RuleId.of("C-INV-08");
    private static final RuleId BOTH_STAGES = RuleId.of("C-INV-11");
    private static final RuleId NOTHING = RuleId.of("C-INV-14");
    private static final RuleId LEGAL_WITHOUT_EFFECT = RuleId.of("A-CMQ-12");
    private static final RuleId MERGED = RuleId.of("C-CFG-06");
    private static final RuleId WITHIN_RANGE = RuleId.of("C-RIL-02");
    private static final RuleId LEAF_OF_LEVEL = RuleId.of("C-RIL-04");
    private static final RuleId TABLES = RuleId.of("C-RIL-05");
    private static final RuleId STAGE_1_OF_COMBINED = RuleId.of("C-RIL-08");
    private static final int PAGE = 12;

    private final RuleLog rules;
    private int removed;

    RemovalNotes(RuleLog rules) {
        this.rules = rules;
    }

    /** A command begins to be carried out. */
    void begins() {
        removed = 0;
    }

    /** It has been carried out. */
    @Rule("C-INV-14")
    @Rule("A-CMQ-12")
    void ends() {
        rules.followed(NOTHING, removed == 0);
        rules.followed(LEGAL_WITHOUT_EFFECT, removed == 0);
    }

    /** Only what is of the command's kind was looked at: configuration, or translations. */
    @Rule("C-INV-03")
    void kindsApart() {
        rules.followed(KINDS_APART);
    }

    /** Counts an entry, and passes on that it goes. */
    boolean counted(boolean goes) {
        removed += goes ? 1 : 0;
        return goes;
    }

    @Rule("C-INV-04")
    boolean context(InvalidationCommand command, boolean goes) {
        rules.followed(ONE_CONTEXT, goes && command instanceof InvalidationCommand.CfgiCd);
        return counted(goes);
    }

    @Rule("C-CFG-06")
    boolean merged(boolean goes) {
        rules.followed(MERGED, goes);
        return counted(goes);
    }

    boolean stage1(InvalidationCommand command, Stage1Entry entry, boolean goes) {
        if (goes) {
            removedStage1(command, entry);
        }
        return counted(goes);
    }

    private void removedStage1(InvalidationCommand command, Stage1Entry entry) {
        command.byAddress().ifPresent(extent -> covered(extent, entry.leaf().inputBase()));
        boolean ranged = command.byAddress().flatMap(Extent::range).isPresent();
        rules.followed(STAGE_1_OF_COMBINED, ranged && entry.isCombined());
        rules.followed(PIECE_OF_BLOCK, entry.shift() != entry.leaf().shift());
        rules.followed(BOTH_STAGES, entry.isCombined() && isOfBothStages(command));
        if (command instanceof InvalidationCommand.TlbiNhVa nh) {
            rules.followed(GLOBAL, nh.asid() != entry.tag().asid());
            rules.followed(VMID_BITS_IGNORED, nh.vmid() != entry.tag().vmid());
        }
    }

    private static boolean isOfBothStages(InvalidationCommand command) {
        return command instanceof InvalidationCommand.TlbiS12Vmall
                || command instanceof InvalidationCommand.TlbiNsnhAll;
    }

    @Rule("C-RIL-05")
    boolean table(InvalidationCommand command, boolean goes) {
        rules.followed(
                TABLES, goes && command.byAddress().flatMap(Extent::range).isPresent());
        return counted(goes);
    }

    @Rule("C-INV-08")
    boolean stage2(InvalidationCommand command, Stage2Leaf leaf, boolean goes) {
        if (goes && command instanceof InvalidationCommand.TlbiS2Ipa ipa) {
            rules.followed(STAGE_2);
            rules.followed(VMID_BITS_IGNORED, ipa.vmid() != leaf.vmid());
            covered(ipa.extent(), leaf.inputBase());
        }
        return counted(goes);
    }

    @Rule("C-INV-01")
    @Rule("C-RIL-02")
    @Rule("C-RIL-04")
    private void covered(Extent extent, long base) {
        if (extent.range().isEmpty()) {
            rules.followed(BY_RANGE_OF_DESCRIPTOR, extent.address() >>> PAGE != base >>> PAGE);
            return;
        }
        rules.followed(WITHIN_RANGE);
        rules.followed(LEAF_OF_LEVEL, extent.range().get().ttl() != 0);
    }
}
