package org.nestor.smmu.tlb;

import java.util.Optional;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.command.InvalidationCommand.Extent;
import org.nestor.smmu.config.Stage1Tag;
import org.nestor.smmu.config.Stage2Regime;
import org.nestor.smmu.walk.Stage1Entry;
import org.nestor.smmu.walk.Stage1Lookup;
import org.nestor.smmu.walk.Stage1Pointer;
import org.nestor.smmu.walk.Stage2Leaf;
import org.nestor.smmu.walk.Stage2Pointer;
import org.nestor.smmu.walk.TranslationOutcome.Translated;

/**
 * Cached translations in every form that may coexist for one access (C-TLB-07): complete entries (stage 1 alone, or combined), stage 1
 * leaves that still need stage 2, stage 1 table pointers, stage 2 leaves and stage 2 table pointers. Only descriptors that caused no
 * Translation, Address size or Access flag fault get here (C-TLB-02), as the walk learns nothing from the others.
 */
final class Tlb {
    private static final RuleId MAY_BE_CACHED = RuleId.of("C-TLB-01");
    private static final RuleId IN_SEVERAL_FORMS = RuleId.of("C-TLB-07");
    private static final RuleId SPLIT = RuleId.of("C-TLB-11");
    private static final RuleId OTHER_ASID = RuleId.of("C-KEY-05");

    private final CachePolicy policy;
    private final TlbTags tags;
    private final InvalidationRules invalidation;
    private final RemovalNotes removals;
    private final RuleLog rules;
    private final RangeCache<Stage1Lookup> complete;
    private final RangeCache<Stage1Lookup> stage1;
    private final RangeCache<Optional<Stage1Pointer>> stage1Pointers;
    private final RangeCache<Optional<Stage2Leaf>> stage2;
    private final RangeCache<Optional<Stage2Pointer>> stage2Pointers;
    private boolean piecesHeld;

    Tlb(CachePolicy policy, TlbTags tags, InvalidationRules invalidation, RemovalNotes removals, RuleLog rules) {
        this.policy = policy;
        this.tags = tags;
        this.invalidation = invalidation;
        this.removals = removals;
        this.rules = rules;
        this.complete = new RangeCache<>(policy.capacity(), Stage1Lookup.Unknown.UNKNOWN);
        this.stage1 = new RangeCache<>(policy.capacity(), Stage1Lookup.Unknown.UNKNOWN);
        this.stage1Pointers = new RangeCache<>(policy.capacity(), Optional.empty());
        this.stage2 = new RangeCache<>(policy.capacity(), Optional.empty());
        this.stage2Pointers = new RangeCache<>(policy.capacity(), Optional.empty());
    }

    /** A complete entry if there is one, else a stage 1 leaf; of several that serve, one, and never a conflict. */
    @Rule("C-TLB-01")
    @Rule("C-TLB-07")
    @Rule("C-TLB-13")
    @Rule("C-BBM-01")
    @Rule("C-BBM-02")
    Stage1Lookup stage1(Stage1Tag tag, long address) {
        if (policy.consults(CacheKind.COMBINED_LEAF)) {
            Stage1Lookup found = complete.find(address, tags.of(tag));
            if (found instanceof Stage1Entry entry) {
                rules.followed(OTHER_ASID, entry.tag().asid() != tag.asid());
                return found;
            }
        }
        if (!tag.nested() || !policy.consults(CacheKind.STAGE1_LEAF)) {
            return Stage1Lookup.Unknown.UNKNOWN;
        }
        Stage1Lookup found = stage1.find(address, tags.of(tag));
        rules.followed(IN_SEVERAL_FORMS, found instanceof Stage1Entry);
        return found;
    }

    @Rule("C-TLB-02")
    @Rule("C-TLB-03")
    @Rule("C-TLB-11")
    void learn(Stage1Entry entry) {
        if (!policy.admits(entry.isCombined() ? CacheKind.COMBINED_LEAF : CacheKind.STAGE1_LEAF)) {
            return;
        }
        boolean piece = entry.shift() != entry.leaf().shift();
        rules.followed(SPLIT, piece);
        piecesHeld |= piece;
        RangeCache<Stage1Lookup> cache = entry.output() instanceof Translated ? complete : stage1;
        cache.put(entry.inputBase(), entry.shift(), tags.of(entry.tag()), tags.mask(entry), entry);
    }

    Optional<Stage1Pointer> stage1Pointer(Stage1Tag tag, long address) {
        return policy.consults(CacheKind.STAGE1_POINTER)
                ? cached(stage1Pointers.find(address, tags.of(tag)))
                : Optional.empty();
    }

    /** A pointer that is not kept together with the stage 2 page behind it may still be kept alone. */
    void learn(Stage1Pointer pointer) {
        if (pointer.through().isPresent() && policy.admits(CacheKind.COMBINED_POINTER)) {
            put(pointer);
        } else if (policy.admits(CacheKind.STAGE1_POINTER)) {
            put(pointer.alone());
        }
    }

    private void put(Stage1Pointer pointer) {
        stage1Pointers.put(
                pointer.inputBase(), pointer.shift(), tags.of(pointer.tag()), tags.mask(pointer), Optional.of(pointer));
    }

    Optional<Stage2Leaf> stage2(Stage2Regime regime, long ipa) {
        return policy.consults(CacheKind.STAGE2_LEAF) ? cached(stage2.find(ipa, tags.of(regime))) : Optional.empty();
    }

    private <T> Optional<T> cached(Optional<T> found) {
        rules.followed(MAY_BE_CACHED, found.isPresent());
        return found;
    }

    void learn(Stage2Regime regime, Stage2Leaf leaf) {
        if (policy.admits(CacheKind.STAGE2_LEAF)) {
            stage2.put(leaf.inputBase(), leaf.shift(), tags.of(regime), -1, Optional.of(leaf));
        }
    }

    Optional<Stage2Pointer> stage2Pointer(Stage2Regime regime, long ipa) {
        return policy.consults(CacheKind.STAGE2_POINTER)
                ? cached(stage2Pointers.find(ipa, tags.of(regime)))
                : Optional.empty();
    }

    void learn(Stage2Regime regime, Stage2Pointer pointer) {
        if (policy.admits(CacheKind.STAGE2_POINTER)) {
            stage2Pointers.put(pointer.inputBase(), pointer.shift(), tags.of(regime), -1, Optional.of(pointer));
        }
    }

    /** Adds what is held to a view of it. */
    void describe(CacheContents contents) {
        complete.forEach(found -> contents.complete().add((Stage1Entry) found));
        stage1.forEach(found -> contents.stage1().add((Stage1Entry) found));
        stage2.forEach(leaf -> contents.stage2().add(leaf.orElseThrow()));
        stage2Pointers.forEach(pointer -> contents.stage2Pointers().add(pointer.orElseThrow()));
    }

    /** Removes what the command must remove. Commands on one address look at no other entries, if no leaf was split. */
    @Rule("C-INV-13")
    @Rule("C-INV-14")
    void invalidate(InvalidationCommand command, int vmidIgnoredBits) {
        Optional<Extent> single = singleAddress(command);
        if (single.isPresent() && !piecesHeld) {
            invalidateAt(command, single.get().address(), vmidIgnoredBits);
            return;
        }
        complete.removeIf(
                (key, shift, found) -> found instanceof Stage1Entry entry && removes(command, entry, vmidIgnoredBits));
        stage1.removeIf(
                (key, shift, found) -> found instanceof Stage1Entry entry && removes(command, entry, vmidIgnoredBits));
        stage1Pointers.removeIf((key, shift, pointer) ->
                removals.table(command, invalidation.removes(command, pointer.orElseThrow(), vmidIgnoredBits)));
        stage2.removeIf((key, shift, leaf) -> removes(command, leaf.orElseThrow(), vmidIgnoredBits));
        stage2Pointers.removeIf((key, shift, pointer) ->
                removals.table(command, invalidation.removes(command, pointer.orElseThrow(), vmidIgnoredBits)));
        piecesHeld &= complete.size() > 0;
    }

    private boolean removes(InvalidationCommand command, Stage1Entry entry, int vmidIgnoredBits) {
        return removals.stage1(command, entry, invalidation.removes(command, entry, vmidIgnoredBits));
    }

    private boolean removes(InvalidationCommand command, Stage2Leaf leaf, int vmidIgnoredBits) {
        return removals.stage2(command, leaf, invalidation.removes(command, leaf, vmidIgnoredBits));
    }

    private void invalidateAt(InvalidationCommand command, long address, int vmidIgnoredBits) {
        complete.removeAt(
                address,
                (key, shift, found) -> found instanceof Stage1Entry entry && removes(command, entry, vmidIgnoredBits));
        stage1.removeAt(
                address,
                (key, shift, found) -> found instanceof Stage1Entry entry && removes(command, entry, vmidIgnoredBits));
        stage1Pointers.removeAt(
                address,
                (key, shift, pointer) ->
                        removals.table(command, invalidation.removes(command, pointer.orElseThrow(), vmidIgnoredBits)));
        stage2.removeAt(address, (key, shift, leaf) -> removes(command, leaf.orElseThrow(), vmidIgnoredBits));
        stage2Pointers.removeAt(
                address,
                (key, shift, pointer) ->
                        removals.table(command, invalidation.removes(command, pointer.orElseThrow(), vmidIgnoredBits)));
    }

    private static Optional<Extent> singleAddress(InvalidationCommand command) {
        Optional<Extent> extent = Optional.empty();
        if (command instanceof InvalidationCommand.TlbiNhVa nh) {
            extent = Optional.of(nh.extent());
        } else if (command instanceof InvalidationCommand.TlbiNhVaa nh) {
            extent = Optional.of(nh.extent());
        } else if (command instanceof InvalidationCommand.TlbiEl2Va el2) {
            extent = Optional.of(el2.extent());
        } else if (command instanceof InvalidationCommand.TlbiEl2Vaa el2) {
            extent = Optional.of(el2.extent());
        } else if (command instanceof InvalidationCommand.TlbiS2Ipa ipa) {
            extent = Optional.of(ipa.extent());
        }
        return extent.filter(found -> found.range().isEmpty());
    }
}
