package org.nestor.allowed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.nestor.allowed.AllowedOutcome.PastWord;
import org.nestor.allowed.ContextSource.Use;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.smmu.config.Stage1Tag;
import org.nestor.smmu.fault.Refusal;
import org.nestor.smmu.fault.Refusal.Fault;
import org.nestor.smmu.walk.TranslationOutcome;
import org.nestor.smmu.walk.TranslationOutcome.AtsAnswer;
import org.nestor.smmu.walk.TranslationOutcome.Refused;

/**
 * Whether the combination of values that a run used is possible. What could not be decided when a word was read is decided here, when
 * it is known what the run ended in: a past word needs something cached that still holds it.
 */
final class Admission {
    /** The rules of faults that a descriptor causes, which is then never cached. */
    private static final Set<RuleId> DESCRIPTOR_FAULTS =
            ids("A-WLK-04", "A-WLK-05", "A-ADR-14", "A-ADR-15", "A-ADR-17", "A-AFD-01");

    private static final Set<RuleId> L1STD_FAULTS = ids("A-SID-04", "A-SID-05", "A-SID-06", "A-SID-07");
    private static final Set<RuleId> L1CD_FAULTS = ids("A-CDF-02", "A-CDF-11");

    private final InvalidationLog invalidations;
    private final RunTrace run;
    private final Optional<Fault> fault;
    private final long begin;
    private final boolean eager;
    private final Optional<InvalidationLog> disregarded;
    private final List<PastWord> past = new ArrayList<>();

    /**
     * Prepares to judge a run.
     *
     * @param begin instant at which the attempt may have begun
     * @param eager whether contexts that nobody has used may have been walked for
     * @param disregarded commands that do not count, but are told of where they would forbid a word
     */
    Admission(
            InvalidationLog invalidations,
            RunTrace run,
            TranslationOutcome outcome,
            long begin,
            boolean eager,
            Optional<InvalidationLog> disregarded) {
        this.invalidations = invalidations;
        this.run = run;
        this.fault = faultOf(outcome);
        this.begin = begin;
        this.eager = eager;
        this.disregarded = disregarded;
    }

    private static Set<RuleId> ids(String... ids) {
        return Arrays.stream(ids).map(RuleId::of).collect(Collectors.toSet());
    }

    private static Optional<Fault> faultOf(TranslationOutcome outcome) {
        Optional<Refusal> refusal = Optional.empty();
        if (outcome instanceof Refused refused) {
            refusal = Optional.of(refused.refusal());
        } else if (outcome instanceof AtsAnswer.Failed failed) {
            refusal = Optional.of(failed.refusal());
        }
        return refusal.filter(Fault.class::isInstance).map(Fault.class::cast);
    }

    /** The words that were used with a past value; complete after {@link #possible}. */
    List<PastWord> past() {
        return past;
    }

    /** Whether an SMMU can have come to this outcome in this way. */
    boolean possible() {
        return !run.impossible() && configurationPossible() && walksPossible() && ipasPossible() && sourcePossible();
    }

    private boolean walksPossible() {
        for (Stage1Trace walk : run.walks()) {
            if (!walkPossible(walk)) {
                return false;
            }
        }
        return true;
    }

    private boolean ipasPossible() {
        for (IpaTrace walk : run.ipas()) {
            if (!ipaPossible(walk)) {
                return false;
            }
        }
        return true;
    }

    /** An L1STD or L1CD that ends the run was used by itself, and not as part of what lies below it. */
    private boolean configurationPossible() {
        for (Use use : run.configuration()) {
            past("configuration: " + use.role(), use.word(), use.within());
            boolean last = endsWith(L1STD_FAULTS) && !run.steRead() || endsWith(L1CD_FAULTS) && !run.cdRead();
            boolean culprit = last && use.role().equals(endsWith(L1STD_FAULTS) ? "L1STD" : "L1CD");
            if (culprit && use.word().until() < invalidations.oldestRead(innermost(use.within()), begin)) {
                return false;
            }
        }
        return true;
    }

    private static List<CachedObject> innermost(List<CachedObject> objects) {
        return objects.subList(objects.size() - 1, objects.size());
    }

    private boolean endsWith(Set<RuleId> rules) {
        return fault.isPresent() && rules.contains(fault.get().rule());
    }

    private boolean stage1Culprit(Stage1Trace walk) {
        return endsWith(DESCRIPTOR_FAULTS)
                && !fault.orElseThrow().stage2()
                && run.walk().orElseThrow() == walk
                && walk.entry().isEmpty();
    }

    private boolean ipaCulprit(IpaTrace walk) {
        return endsWith(DESCRIPTOR_FAULTS) && fault.orElseThrow().stage2() && run.ipa() == walk && !walk.hasLeaf();
    }

    @Rule("C-TLB-02")
    @Rule("C-TLB-03")
    private boolean walkPossible(Stage1Trace walk) {
        boolean culprit = stage1Culprit(walk);
        for (int i = 0; i < walk.words().size(); i++) {
            Word word = walk.words().get(i);
            boolean last = i == walk.words().size() - 1;
            if (!word.past() || fresh(word)) {
                continue;
            }
            boolean leaf = last && walk.entry().isPresent();
            List<CachedObject> objects = walk.objects(leaf ? Integer.MAX_VALUE : walk.level(i) + 1, culprit);
            past(leaf ? "stage 1 leaf" : "stage 1 table, level " + walk.level(i), word, objects);
            boolean faulty = last && culprit;
            if (faulty || !reaches(word, objects) || !carried(word, walk)) {
                return false;
            }
        }
        return true;
    }

    /** Changed only while the attempt was under way. */
    private boolean fresh(Word word) {
        return word.until() >= begin;
    }

    private boolean reaches(Word word, List<CachedObject> objects) {
        return !objects.isEmpty() && word.until() >= invalidations.oldestRead(objects, begin);
    }

    /** Entries with these tags can only have been formed since some context carried the tags. */
    @Rule("C-KEY-04")
    private boolean carried(Word word, Stage1Trace walk) {
        if (eager) {
            return true;
        }
        boolean global = walk.entry().map(entry -> entry.leaf().global()).orElse(false);
        Stage1Tag lookup = run.tag().orElseThrow();
        for (List<ContextSource> alike : run.contexts()) {
            if (matches(tag(alike), lookup, global)
                    && alike.stream().anyMatch(source -> word.until() >= source.since())) {
                return true;
            }
        }
        return false;
    }

    private static Stage1Tag tag(List<ContextSource> alike) {
        return alike.get(0).configuration().stage1().orElseThrow().tag();
    }

    private static boolean matches(Stage1Tag entry, Stage1Tag lookup, boolean global) {
        return global ? entry.aset() == lookup.aset() : entry.asid() == lookup.asid();
    }

    private boolean ipaPossible(IpaTrace walk) {
        if (walk.source().isEmpty() && !walk.hasPast()) {
            return true;
        }
        boolean culprit = ipaCulprit(walk);
        List<CachedObject> around = around(walk);
        for (int i = 0; i < walk.words().size(); i++) {
            Word word = walk.words().get(i);
            boolean last = i == walk.words().size() - 1;
            if (!word.past() || fresh(word)) {
                continue;
            }
            boolean leaf = last && walk.hasLeaf();
            List<CachedObject> objects = new ArrayList<>(around);
            objects.addAll(walk.objects(leaf ? Integer.MAX_VALUE : walk.level(i) + 1, culprit));
            past(leaf ? "stage 2 leaf" : "stage 2 table, level " + walk.level(i), word, objects);
            boolean faulty = last && culprit;
            if (faulty || !reaches(word, objects)) {
                return false;
            }
        }
        return walk.source().isEmpty() || streamPossible(walk, culprit, around);
    }

    private boolean streamPossible(IpaTrace walk, boolean culprit, List<CachedObject> around) {
        List<CachedObject> objects = walk.objects(0, culprit);
        if (objects.isEmpty()) {
            return false;
        }
        List<CachedObject> outer = new ArrayList<>(around);
        outer.addAll(objects);
        return anyPossible(walk.source(), outer);
    }

    private boolean anyPossible(List<ContextSource> alike, List<CachedObject> outer) {
        for (ContextSource source : alike) {
            if (usesPossible(source, outer)) {
                return true;
            }
        }
        return false;
    }

    /** What the translation of an IPA was part of. */
    private List<CachedObject> around(IpaTrace walk) {
        return switch (walk.owner()) {
            case NOTHING, INPUT -> List.of();
            case CD -> List.of(cd());
            case L1CD -> l1cd();
            case TABLE -> {
                Stage1Trace stage1 = walk.stage1().orElseThrow();
                yield stage1.objects(walk.tableLevel(), stage1Culprit(stage1));
            }
            case OUTPUT -> walk.stage1().orElseThrow().objects(Integer.MAX_VALUE, false);
        };
    }

    private CachedObject cd() {
        return run.cd().orElseThrow();
    }

    private List<CachedObject> l1cd() {
        return run.cdRead()
                ? List.of(cd(), run.l1cd().orElseThrow())
                : List.of(run.l1cd().orElseThrow());
    }

    /** A translation by the fields of another context needs an entry that was formed under it, and serves the transaction. */
    @Rule("C-TLB-08")
    @Rule("C-KEY-05")
    private boolean sourcePossible() {
        if (run.source().isEmpty()) {
            return true;
        }
        if (run.walk().isEmpty()) {
            return false;
        }
        Stage1Trace walk = run.walk().get();
        boolean global = walk.entry().map(entry -> entry.leaf().global()).orElse(false);
        List<CachedObject> objects = walk.objects(0, stage1Culprit(walk));
        return !objects.isEmpty()
                && matches(tag(run.source()), run.tag().orElseThrow(), global)
                && anyPossible(run.source(), objects);
    }

    private boolean usesPossible(ContextSource source, List<CachedObject> outer) {
        for (Use use : source.past()) {
            if (!fresh(use.word()) && use.word().until() < invalidations.oldestRead(within(use, outer), begin)) {
                return false;
            }
        }
        source.past().forEach(use -> past("embedded " + use.role(), use.word(), within(use, outer)));
        return true;
    }

    private static List<CachedObject> within(Use use, List<CachedObject> outer) {
        List<CachedObject> objects = new ArrayList<>(outer);
        objects.addAll(use.within());
        return objects;
    }

    private void past(String role, Word word, List<CachedObject> within) {
        Optional<InvalidationLog.Closing> removedBy = disregarded
                .filter(log -> !within.isEmpty())
                .flatMap(log -> log.closing(within, begin))
                .filter(closing -> closing.publishedAt() > word.until());
        past.add(new PastWord(role, word.address(), word.value(), word.until(), removedBy));
    }
}
