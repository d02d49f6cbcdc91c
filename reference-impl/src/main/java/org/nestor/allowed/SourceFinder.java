package org.nestor.allowed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.nestor.allowed.ContextSource.Use;
import org.nestor.allowed.IpaTrace.Owner;
import org.nestor.allowed.UsedContexts.Context;
import org.nestor.rule.Rule;
import org.nestor.smmu.config.Configuration;
import org.nestor.smmu.config.Stage1Regime;
import org.nestor.smmu.config.Stage1Tag;
import org.nestor.smmu.config.Stage2Regime;
import org.nestor.smmu.format.ContextDescriptor;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.TranslationProcedure;

/** Finds the configurations of the streams and substreams that were used, as they are and as they may have been. */
final class SourceFinder implements Sources {
    /** Runs for one context; combinations beyond are left out, and make the answer incomplete. */
    private static final int BUDGET = 512;

    private static final Use[] NO_USES = {};

    private final InvalidationLog invalidations;
    private final RegisterHistory registers;
    private final UsedContexts contexts;
    private final ChoosingReader reader;
    private final Choices choices;
    private final TranslationProcedure procedure;
    private final Map<Object, List<List<ContextSource>>> groups = new HashMap<>();
    private final Map<Object, List<ContextSource>> locations = new HashMap<>();
    private long begin;
    private boolean exhausted;
    private boolean stagesMixed;

    private record ContextsKey(Stage1Tag tag, CachedObject any) {}

    private record StreamsKey(int vmid, List<CachedObject> around) {}

    SourceFinder(
            InvalidationLog invalidations,
            RegisterHistory registers,
            UsedContexts contexts,
            ChoosingReader reader,
            Choices choices,
            TranslationProcedure procedure) {
        this.invalidations = invalidations;
        this.registers = registers;
        this.contexts = contexts;
        this.reader = reader;
        this.choices = choices;
        this.procedure = procedure;
    }

    /** The answers to come are for an attempt that begins at this instant. */
    void attempt(long instant) {
        begin = instant;
        exhausted = false;
        stagesMixed = false;
        groups.clear();
        locations.clear();
    }

    /** Whether the answers since the attempt began leave something out. */
    boolean exhausted() {
        return exhausted;
    }

    @Override
    public List<List<ContextSource>> contexts(Stage1Tag tag, CachedObject any) {
        return remembered(groups, new ContextsKey(tag, any), () -> contextsOf(tag, any));
    }

    private static <T> T remembered(Map<Object, T> answers, Object key, Supplier<T> find) {
        T known = answers.get(key);
        if (known == null) {
            known = find.get();
            answers.put(key, known);
        }
        return known;
    }

    private List<List<ContextSource>> contextsOf(Stage1Tag tag, CachedObject any) {
        Map<Stage1Regime, List<ContextSource>> sources = new LinkedHashMap<>();
        for (Context context : contexts.all()) {
            reader.partOf(List.of(any), true, begin);
            for (ContextSource source : enumerate(context, procedure::configurationOf)) {
                Optional<Stage1Regime> regime = source.configuration().stage1();
                if (regime.isEmpty() || !serves(regime.get().tag(), tag)) {
                    continue;
                }
                if (regime.get().tag().nested() == tag.nested()) {
                    sources.computeIfAbsent(regime.get(), same -> new ArrayList<>())
                            .add(source);
                } else {
                    stagesMixed = true;
                }
            }
        }
        return List.copyOf(sources.values());
    }

    /** Whether since the attempt began a VMID was met that is in use with stage 2 and without. */
    boolean stagesMixed() {
        return stagesMixed;
    }

    /** Entries of the context may match look-ups by the tag: by ASID, or global ones by ASET. */
    @Rule("C-KEY-05")
    @Rule("C-KEY-07")
    private static boolean serves(Stage1Tag entry, Stage1Tag lookup) {
        return entry.world() == lookup.world()
                && entry.vmid() == lookup.vmid()
                && (entry.asid() == lookup.asid() || entry.aset() == lookup.aset());
    }

    @Override
    public List<List<ContextSource>> streams(Stage2Regime regime, List<CachedObject> around) {
        return remembered(groups, new StreamsKey(regime.vmid(), around), () -> streamsOf(regime.vmid(), around));
    }

    private List<List<ContextSource>> streamsOf(int vmid, List<CachedObject> around) {
        List<CachedObject> within = new ArrayList<>(around);
        within.add(new CachedObject.AnyOfVm(vmid));
        Map<Stage2Regime, List<ContextSource>> sources = new LinkedHashMap<>();
        for (Context context : contexts.all()) {
            reader.partOf(within, false, begin);
            Function<Transaction, Configuration> stream =
                    transaction -> procedure.streamOf(transaction).withoutStage1();
            for (ContextSource source : enumerate(context, stream)) {
                source.configuration()
                        .stage2()
                        .filter(regime -> regime.vmid() == vmid)
                        .ifPresent(regime -> sources.computeIfAbsent(regime, same -> new ArrayList<>())
                                .add(source));
            }
        }
        return List.copyOf(sources.values());
    }

    @Override
    public List<ContextSource> locations(Transaction transaction) {
        return remembered(locations, Context.of(transaction), () -> locationsOf(transaction));
    }

    private List<ContextSource> locationsOf(Transaction transaction) {
        reader.partOf(List.of(), true, begin);
        Map<ContextDescriptor, ContextSource> sources = new LinkedHashMap<>();
        for (ContextSource source : enumerate(Context.of(transaction), procedure::configurationOf)) {
            Optional<ContextDescriptor> cd = source.configuration().descriptor();
            if (cd.isPresent()
                    && source.past().stream().anyMatch(SourceFinder::leadsToStructure)
                    && isPossible(source)) {
                sources.putIfAbsent(cd.get(), source);
            }
        }
        return List.copyOf(sources.values());
    }

    private boolean isPossible(ContextSource source) {
        return source.past().stream()
                .allMatch(use -> use.word().until() >= invalidations.oldestRead(use.within(), begin));
    }

    private static boolean leadsToStructure(Use use) {
        return use.role().equals("STE")
                || use.role().equals("L1STD")
                || use.role().equals("STRTAB_BASE");
    }

    /** Every configuration that a context may have had, by the values that the reader lets words have. */
    private List<ContextSource> enumerate(Context context, Function<Transaction, Configuration> configurationOf) {
        Map<Configuration, ContextSource> sources = new LinkedHashMap<>();
        Transaction transaction = context.transaction();
        for (RegisterHistory.Version version : registers.versions()) {
            procedure.configure(version.registers(), version.l1());
            choices.clear();
            int runs = 0;
            do {
                Configuration configuration = configurationOf.apply(transaction);
                ContextSource source = source(context, configuration, version);
                sources.merge(configuration, source, SourceFinder::likelier);
                runs++;
            } while (choices.advance() && runs < BUDGET);
            exhausted |= runs == BUDGET || reader.run().forgotten();
        }
        return List.copyOf(sources.values());
    }

    /** Of two ways to the same configuration, the one that needs less of the past. */
    private static ContextSource likelier(ContextSource one, ContextSource other) {
        ContextSource chosen = other.past().size() < one.past().size() ? other : one;
        return new ContextSource(
                chosen.transaction(), chosen.configuration(), chosen.past(), Math.min(one.since(), other.since()));
    }

    private ContextSource source(Context context, Configuration configuration, RegisterHistory.Version version) {
        RunTrace run = reader.run();
        List<Use> uses = new ArrayList<>(run.configuration());
        for (IpaTrace walk : run.ipas()) {
            addUses(walk, run, uses);
        }
        if (!version.present()) {
            Word base = new Word(0, version.l1().strtabBase(), version.since(), version.until());
            uses.add(new Use("STRTAB_BASE", base, List.of(new CachedObject.Ste(context.streamId()))));
        }
        long since = Math.max(Math.max(run.since(), version.since()), contexts.since(context, begin));
        return new ContextSource(context.transaction(), configuration, List.of(uses.toArray(NO_USES)), since);
    }

    /** The stage 2 descriptors through which a CD or L1CD was read. */
    private static void addUses(IpaTrace walk, RunTrace run, List<Use> uses) {
        List<CachedObject> around = new ArrayList<>();
        run.cd().ifPresent(around::add);
        if (walk.owner() == Owner.L1CD) {
            run.l1cd().ifPresent(around::add);
        }
        for (int i = 0; i < walk.words().size(); i++) {
            Word word = walk.words().get(i);
            if (word.past()) {
                boolean leaf = i == walk.words().size() - 1 && walk.hasLeaf();
                List<CachedObject> within = new ArrayList<>(around);
                within.addAll(walk.objects(leaf ? Integer.MAX_VALUE : walk.level(i) + 1, !walk.hasLeaf()));
                uses.add(new Use("stage 2 of " + walk.owner(), word, within));
            }
        }
    }
}
