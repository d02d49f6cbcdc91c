package org.nestor.allowed;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.nestor.allowed.AllowedOutcome.HardwareUpdate;
import org.nestor.allowed.ContextSource.Use;
import org.nestor.allowed.IpaTrace.Owner;
import org.nestor.allowed.RunTrace.Serving;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.smmu.config.Configuration;
import org.nestor.smmu.config.Stage1Regime;
import org.nestor.smmu.config.Stage2Regime;
import org.nestor.smmu.config.TableGeometry;
import org.nestor.smmu.fault.FaultClass;
import org.nestor.smmu.format.ContextDescriptor;
import org.nestor.smmu.format.DescriptorKind;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.Stage1Entry;
import org.nestor.smmu.walk.Stage1Lookup;
import org.nestor.smmu.walk.Stage1Pointer;
import org.nestor.smmu.walk.Stage2Leaf;
import org.nestor.smmu.walk.StructureReader;

/**
 * Gives each word any value that it may still have for an SMMU, one combination a run, and keeps a trace by which {@link Admission}
 * decides whether the combination is possible as a whole. Values that no combination can use are left out at once.
 */
final class ChoosingReader implements StructureReader {
    private static final long ACCESS_FLAG = 1L << 10;
    /** Doublewords of an STE that say anything to a Non-secure SMMU, the last of them S2TTB. */
    private static final int STE_WORDS = 4;

    /** Those of an STE without stage 2, the last of them with the VMID. */
    private static final int STE_WORDS_WITHOUT_STAGE_2 = 3;

    /** log2 of the CDs in a 4 KiB table. */
    private static final int NARROWEST_CD_TABLE = 6;

    /** Doublewords of a CD that are looked at, the last of them MAIR. */
    private static final int CD_WORDS = 4;

    private final MemoryHistory memory;
    private final InvalidationLog invalidations;
    private final Choices choices;
    private final Sources sources;
    private final Speculation speculation;
    /** As it was before the first run: runs that are to be compared must have the same to choose from. */
    private boolean updatesPossible;

    private final boolean largeAddresses;
    private final SharedPointers pointers;
    private long begin;
    private List<CachedObject> outer = List.of();
    private boolean inside;
    private Transaction transaction = Transaction.read(0, 0);
    private RunTrace run = new RunTrace();

    /** A reader for one translation procedure. */
    ChoosingReader(
            MemoryHistory memory,
            InvalidationLog invalidations,
            Choices choices,
            Sources sources,
            Speculation speculation,
            boolean largeAddresses) {
        this.memory = memory;
        this.invalidations = invalidations;
        this.choices = choices;
        this.sources = sources;
        this.speculation = speculation;
        this.largeAddresses = largeAddresses;
        this.pointers = new SharedPointers(invalidations);
    }

    /** The runs to come are attempts that begin at this instant. */
    void attempt(long instant) {
        choices.clear();
        begin = instant;
        outer = List.of();
        inside = false;
        updatesPossible = speculation.updatesPossible();
    }

    /** Whether the runs met something that would have let them choose from more. */
    boolean isOutdated() {
        return updatesPossible != speculation.updatesPossible();
    }

    /**
     * The runs to come find configurations that were part of these cached objects, which are used at this instant.
     *
     * @param throughCd whether the CD is what was part of them, and the STE only part of the CD
     */
    void partOf(List<CachedObject> objects, boolean throughCd, long instant) {
        choices.clear();
        begin = instant;
        outer = objects;
        inside = throughCd;
        updatesPossible = speculation.updatesPossible();
    }

    /** What the last run read. */
    RunTrace run() {
        return run;
    }

    @Override
    public void begin(Transaction begun) {
        transaction = begun;
        run = new RunTrace();
        choices.restart();
    }

    @Override
    public int choose(RuleId rule, int alternatives) {
        return choices.pick(alternatives);
    }

    @Override
    @Rule("C-CFG-01")
    public long l1StreamTableDescriptor(int streamId, int split, long address) {
        CachedObject.L1Std l1std = new CachedObject.L1Std(streamId, split);
        run.lookedUpIn(l1std);
        return pointer("L1STD", address, within(new CachedObject.Ste(streamId), l1std));
    }

    /** A doubleword is chosen only if what was chosen before makes it matter. */
    @Override
    @Rule("C-CFG-04")
    public Line streamTableEntry(int streamId, long address) {
        CachedObject.Ste object = new CachedObject.Ste(streamId);
        List<CachedObject> within = within(object);
        run.readSte(object);
        long[] words = new long[Line.DOUBLEWORDS];
        Word first = configurationWord("STE", address, within);
        words[0] = first.value();
        StreamTableEntry ste = new StreamTableEntry(Line.of(word -> words[word]));
        int read = !ste.v() || ste.aborts() ? 1 : ste.stage2Enabled() ? STE_WORDS : STE_WORDS_WITHOUT_STAGE_2;
        fill(words, "STE", address, read, within);
        run.leadsOnSince(first.since());
        return Line.of(word -> words[word]);
    }

    /** The doublewords from the second up to a limit; the rest as memory holds it now. */
    private void fill(long[] words, String role, long address, int limit, List<CachedObject> within) {
        for (int i = 1; i < words.length; i++) {
            long at = address + 8L * i;
            words[i] = i < limit
                    ? configurationWord(role, at, within).value()
                    : memory.now().read64(at);
        }
    }

    /** What an STE is part of: where it is asked for on behalf of a cached translation, the CD that it leads to. */
    private List<CachedObject> within(CachedObject... objects) {
        return inside
                ? chain(
                        List.of(new CachedObject.Cd(transaction.streamId(), transaction.substreamId())),
                        List.of(objects))
                : List.of(objects);
    }

    @Override
    public long l1ContextDescriptor(int streamId, int substreamId, int split, long address) {
        claim(Owner.L1CD);
        CachedObject l1cd = new CachedObject.L1Cd(streamId, substreamId, split);
        run.readL1Cd(l1cd);
        return pointer("L1CD", address, List.of(new CachedObject.Cd(streamId, substreamId), l1cd));
    }

    @Override
    @Rule("C-CFG-07")
    public Line contextDescriptor(int streamId, int substreamId, long address) {
        claim(Owner.CD);
        CachedObject cd = new CachedObject.Cd(streamId, substreamId);
        List<CachedObject> within = List.of(cd);
        run.readCd(cd);
        long[] words = new long[Line.DOUBLEWORDS];
        words[0] = configurationWord("CD", address, within).value();
        boolean valid = new ContextDescriptor(Line.of(word -> words[word])).v();
        fill(words, "CD", address, valid ? CD_WORDS : 1, within);
        return Line.of(word -> words[word]);
    }

    /** The stage 2 walk that came before was for this structure. */
    private void claim(Owner owner) {
        if (!run.ipas().isEmpty() && run.ipa().owner() == Owner.NOTHING) {
            run.ipa().belongsTo(owner);
        }
    }

    private long pointer(String role, long address, List<CachedObject> within) {
        Word word = configurationWord(role, address, within);
        run.leadsOnSince(word.since());
        return word.value();
    }

    private Word configurationWord(String role, long address, List<CachedObject> within) {
        Word word = memory.versions(address) == null && !memory.unknown(address)
                ? new Word(address, memory.now().read64(address), 0, WordVersions.NOW)
                : pick(address, located(), value -> invalidations.oldestRead(chain(outer, within), begin));
        run.notBefore(word.since());
        if (word.past()) {
            run.configuration().add(new Use(role, word, within));
        }
        return word;
    }

    /** Nobody reads a structure before something points to it. */
    private long located() {
        return Math.max(run.leadsOnSince(), run.ipas().isEmpty() ? 0 : run.ipa().pointedTo());
    }

    private static List<CachedObject> chain(List<CachedObject> outer, List<CachedObject> inner) {
        if (outer.isEmpty()) {
            return inner;
        }
        List<CachedObject> chain = new ArrayList<>(outer);
        chain.addAll(inner);
        return chain;
    }

    private static List<CachedObject> chain(List<CachedObject> outer, CachedObject inner) {
        return chain(outer, List.of(inner));
    }

    /**
     * One of the values that a word may have, the present ones first.
     *
     * @param located the earliest instant at which something led to the word
     */
    private Word pick(long address, long located, LongUnaryOperator oldestRead) {
        long now = memory.now().read64(address);
        if (memory.unknown(address)) {
            run.forget();
        }
        WordVersions versions = memory.versions(address);
        if (versions == null) {
            return new Word(address, now, 0, WordVersions.NOW);
        }
        int[] candidates = new int[versions.count()];
        int count = 0;
        for (int i = 0; i < candidates.length; i++) {
            if (versions.present(i)) {
                candidates[count] = candidates[0];
                candidates[versions.value(i) == now ? 0 : count] = i;
                count++;
            }
        }
        for (int i = 0; i < candidates.length; i++) {
            if (!versions.present(i)
                    && versions.until(i) >= located
                    && versions.until(i) >= oldestRead.applyAsLong(versions.value(i))) {
                candidates[count++] = i;
            }
        }
        if (versions.forgottenUntil() != WordVersions.NEVER && versions.forgottenUntil() >= oldestRead.applyAsLong(0)) {
            run.forget();
        }
        int chosen = candidates[choices.pick(count)];
        return new Word(address, versions.value(chosen), versions.since(chosen), versions.until(chosen));
    }

    /** The CD may be one that was located by another STE of the stream. */
    @Override
    public Optional<Configuration> knownContext(int streamId, int substreamId) {
        List<ContextSource> others = sources.locations(withSubstream(substreamId));
        int chosen = choices.pick(1 + others.size());
        return chosen == 0
                ? Optional.empty()
                : Optional.of(others.get(chosen - 1).configuration());
    }

    private Transaction withSubstream(int substreamId) {
        return substreamId == 0 ? transaction : transaction.withSubstream(substreamId);
    }

    /**
     * Entries may come from every context that carried the tags. Pointers of one may lead to tables that another one's fields then
     * explain; where those differ, the outcomes are not complete.
     */
    @Override
    @Rule("C-KEY-04")
    @Rule("C-KEY-05")
    public Configuration translating(Transaction attempted, Configuration configuration) {
        Stage1Regime own = configuration.stage1().orElseThrow();
        speculation.met(own.hardwareAccess());
        if (run.serving().isPresent() || !run.walks().isEmpty()) {
            return run.serving().map(serving -> under(serving, configuration)).orElse(configuration);
        }
        List<List<ContextSource>> all = sources.contexts(own.tag(), SharedPointers.anyAt(own, attempted.address()));
        run.looksUp(own.tag(), all);
        List<Serving> others = new ArrayList<>();
        for (List<ContextSource> alike : all) {
            if (!regime(alike).equals(own)) {
                ways(alike, own).forEach(regime -> others.add(new Serving(alike, regime)));
                if (pointers.mayMislead(alike, own, attempted.address(), begin)) {
                    run.leaveOut();
                }
            }
        }
        int chosen = choices.pick(1 + others.size());
        if (chosen == 0) {
            return configuration;
        }
        run.translatesBy(others.get(chosen - 1));
        return under(others.get(chosen - 1), configuration);
    }

    private static Stage1Regime regime(List<ContextSource> alike) {
        return alike.get(0).configuration().stage1().orElseThrow();
    }

    /**
     * The ways in which entries of another context serve: an SMMU may keep in them what is asked before a look-up and what is made of a
     * leaf after it, or take it from the transaction's own CD.
     */
    @Rule("C-KEY-05")
    private static Set<Stage1Regime> ways(List<ContextSource> alike, Stage1Regime own) {
        Stage1Regime theirs = regime(alike);
        Stage1Regime lookedUpAsOwn = theirs.lookedUpAs(own);
        Set<Stage1Regime> ways = new LinkedHashSet<>(List.of(theirs));
        ways.add(lookedUpAsOwn);
        ways.add(lookedUpAsOwn.readAs(own));
        return ways;
    }

    /** Governance and output privilege stay those of the transaction's own STE and CD. */
    private static Configuration under(Serving serving, Configuration own) {
        return new Configuration(own.stream(), own.descriptor(), Optional.of(serving.regime()), Optional.empty());
    }

    @Override
    public Stage2Regime translating(Stage2Regime own, long ipa, FaultClass purpose) {
        speculation.met(own.hardwareAccess());
        List<ContextSource> source = stage2Source(own, purpose);
        Stage2Regime regime =
                source.isEmpty() ? own : source.get(0).configuration().stage2().orElseThrow();
        Optional<Stage1Trace> walk = purpose == FaultClass.CD ? Optional.empty() : run.walk();
        run.ipas()
                .add(new IpaTrace(
                        regime,
                        ipa,
                        source,
                        walk,
                        owner(purpose, walk),
                        walk.map(this::nextLevel).orElse(0)));
        return regime;
    }

    /**
     * Where entries for IPAs come from: the same for all look-ups of one purpose. Entries of several origins may serve the levels of one
     * walk, so where there is more than one origin, the outcomes are not complete.
     */
    @Rule("C-KEY-03")
    @Rule("C-KEY-04")
    private List<ContextSource> stage2Source(Stage2Regime own, FaultClass purpose) {
        Optional<List<ContextSource>> before = run.stage2(purpose);
        if (before.isPresent()) {
            return before.get();
        }
        List<List<ContextSource>> others = new ArrayList<>();
        boolean mixed = false;
        List<CachedObject> around = purpose == FaultClass.CD ? context() : List.of();
        for (List<ContextSource> alike : sources.streams(own, around)) {
            if (!alike.get(0).configuration().stage2().orElseThrow().equals(own)) {
                others.add(alike);
                TableGeometry other =
                        alike.get(0).configuration().stage2().orElseThrow().geometry();
                mixed |= (purpose == FaultClass.TT || !other.readsAlike(own.geometry()))
                        && alike.stream().anyMatch(ContextSource::mayHaveServed);
            }
        }
        int chosen = choices.pick(1 + others.size());
        List<ContextSource> source = chosen == 0 ? List.of() : others.get(chosen - 1);
        run.stage2(purpose, source);
        if (mixed) {
            run.leaveOut();
        }
        return source;
    }

    private int nextLevel(Stage1Trace walk) {
        return walk.level(walk.words().size());
    }

    private static Owner owner(FaultClass purpose, Optional<Stage1Trace> walk) {
        return switch (purpose) {
            case CD -> Owner.NOTHING;
            case TT -> Owner.TABLE;
            case IN -> walk.isPresent() ? Owner.OUTPUT : Owner.INPUT;
        };
    }

    /** A second look at the same address within one transaction sees the entry of the first. */
    @Override
    public Stage1Lookup knownStage1(Stage1Regime regime, long inputAddress) {
        Optional<Stage1Trace> walk =
                run.walk(regime, inputAddress).filter(one -> one.entry().isPresent());
        if (walk.isEmpty() || mayHaveChanged(walk.get()) && choices.pick(2) == 1) {
            return Stage1Lookup.Unknown.UNKNOWN;
        }
        return walk.get().entry().orElseThrow();
    }

    /** Whether another walk may come to something else: what the first one found may be lost meanwhile. */
    private boolean mayHaveChanged(Stage1Trace walk) {
        return walk.words().stream().anyMatch(word -> memory.versions(word.address()) != null);
    }

    @Override
    public Optional<Stage1Pointer> knownStage1Pointer(Stage1Regime regime, long inputAddress) {
        run.walks().add(new Stage1Trace(regime, inputAddress));
        return Optional.empty();
    }

    @Override
    public void learnStage1(Stage1Entry entry) {
        run.walk().orElseThrow().found(entry);
    }

    @Override
    public void learnStage2(Stage2Regime regime, Stage2Leaf leaf) {
        run.ipa().found(leaf);
    }

    @Override
    @Rule("C-TLB-01")
    @Rule("C-TLB-02")
    public long stage1Descriptor(Stage1Regime regime, long inputAddress, int level, long address) {
        Stage1Trace walk = run.walk().orElseThrow();
        TableGeometry geometry = walk.geometry();
        Word word = pick(address, located(walk), value -> {
            long raw = geometry.bigEndian() ? Long.reverseBytes(value) : value;
            return switch (kind(raw, level, geometry)) {
                case INVALID -> begin;
                case TABLE -> invalidations.oldestRead(List.of(walk.any(), walk.pointer(level + 1)), begin);
                case BLOCK, PAGE -> invalidations.oldestRead(List.of(walk.leaf(raw, level)), begin);
            };
        });
        Word chosen = regime.hardwareAccess() ? word : accessed(word, level, geometry);
        walk.words().add(chosen);
        return chosen.value();
    }

    private long located(Stage1Trace walk) {
        boolean nested = !run.ipas().isEmpty() && run.ipa().owner() == Owner.TABLE;
        return Math.max(walk.pointedTo(), nested ? run.ipa().pointedTo() : 0);
    }

    /** A leaf whose Access flag another context may have set meanwhile, on behalf of nobody. */
    @Rule("A-AFD-04")
    private Word accessed(Word word, int level, TableGeometry geometry) {
        long flag = geometry.bigEndian() ? Long.reverseBytes(ACCESS_FLAG) : ACCESS_FLAG;
        long raw = geometry.bigEndian() ? Long.reverseBytes(word.value()) : word.value();
        boolean maySet = updatesPossible
                && !word.past()
                && (word.value() & flag) == 0
                && kind(raw, level, geometry).isLeaf();
        return maySet && choices.pick(2) == 1
                ? new Word(word.address(), word.value() | flag, word.since(), word.until())
                : word;
    }

    private DescriptorKind kind(long raw, int level, TableGeometry geometry) {
        return DescriptorKind.of(raw, level, geometry.blocksAllowed(level, largeAddresses));
    }

    @Override
    @Rule("C-TLB-07")
    public long stage2Descriptor(Stage2Regime regime, long ipa, int level, FaultClass purpose, long address) {
        IpaTrace walk = run.ipa();
        TableGeometry geometry = regime.geometry();
        List<CachedObject> around = around(walk);
        Word word = pick(address, walk.pointedTo(), value -> {
            long raw = geometry.bigEndian() ? Long.reverseBytes(value) : value;
            return switch (kind(raw, level, geometry)) {
                case INVALID -> begin;
                case TABLE ->
                    invalidations.oldestRead(chain(around, List.of(walk.any(), walk.pointer(level + 1))), begin);
                case BLOCK, PAGE -> invalidations.oldestRead(chain(around, walk.leaf(level)), begin);
            };
        });
        Word chosen = regime.hardwareAccess() ? word : accessed(word, level, geometry);
        walk.words().add(chosen);
        return chosen.value();
    }

    /** What the translation of an IPA may be part of, as far as that is known during the walk. */
    private List<CachedObject> around(IpaTrace walk) {
        return switch (walk.owner()) {
            case INPUT -> List.of();
            case NOTHING, CD, L1CD -> chain(outer, context());
            case TABLE, OUTPUT -> List.of(walk.stage1().orElseThrow().any());
        };
    }

    /** The CD, or, as long as the walk may be for one, the L1CD, which fewer commands remove the narrower its block is. */
    private List<CachedObject> context() {
        CachedObject cd = new CachedObject.Cd(transaction.streamId(), transaction.substreamId());
        return run.l1cd().isPresent()
                ? List.of(cd)
                : List.of(
                        cd,
                        new CachedObject.L1Cd(transaction.streamId(), transaction.substreamId(), NARROWEST_CD_TABLE));
    }

    /** An earlier value was updated when it was cached; only the Access flag can have been, as dirty state needs another look. */
    @Override
    @Rule("C-TLB-04")
    @Rule("C-TLB-05")
    public boolean update(long address, long expected, long desired) {
        if (!memory.maybe(address, expected)) {
            long changed = expected ^ desired;
            if (changed != ACCESS_FLAG && changed != Long.reverseBytes(ACCESS_FLAG)) {
                run.fail();
            }
            return true;
        }
        run.updates().add(new HardwareUpdate(address, desired));
        return true;
    }
}
