package org.nestor.properties.spec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.nestor.memory.SparseMemory;
import org.nestor.smmu.tlb.CachePolicy;
import org.nestor.smmu.tlb.InvalidationRules;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.TranslationOutcome;
import org.nestor.smmu.walk.TranslationOutcome.Translated;
import org.nestor.spec.eval.Valuation;

/**
 * A random run of two guests, a careful host and the reference's caches, each step in the words of smmu/nested, once for each combined entry
 * that is cached and for some that are not. What a CMD_SYNC carries out one after the other are steps of their own. A DMA is a step in which
 * something may be cached, and one in which the entry is used, if it is the watched one and was cached.
 *
 * <p>An STE or CD that is rewritten is fetched as a whole here: what mixtures of old and new words mean is for smmu/steupdate.
 */
final class NestedRun {
    private static final int TRIES = 20;

    /** One in so many of the watches that look at nothing which is cached. */
    private static final int IDLE_WATCHES = 8;

    private final NestedEncoding encoding;
    private final List<NestedWatch> watches;
    private final Random choice = new Random(1);
    private final NestedTables tables;
    private final NestedSoftware software;
    private final WatchingPolicy policy;
    private final CachedSmmu smmu;
    private final List<PairedStep> steps = new ArrayList<>();
    private final List<String> leaks = new ArrayList<>();
    private final Map<String, Set<String>> named = new HashMap<>();
    private final Map<String, Set<String>> namedSinceCfgi = new HashMap<>();
    private NestedHardware hardware;
    private Valuation state;
    private int translated;

    /**
     * A run.
     *
     * @param watches what steps are recorded of
     */
    NestedRun(NestedEncoding encoding, List<NestedWatch> watches, CachePolicy policy, InvalidationRules rules) {
        SparseMemory memory = SparseMemory.ram(0, 1L << 32);
        this.encoding = encoding;
        this.watches = watches;
        this.tables = new NestedTables(memory);
        this.software = new NestedSoftware(tables);
        this.policy = new WatchingPolicy(policy, () -> record(NestedAction.IDLE)) {
            @Override
            public boolean keepsDoubleword() {
                return false;
            }
        };
        this.smmu = CachedSmmu.of(memory, tables.streams(), this.policy, rules);
        this.hardware = NestedHardware.of(smmu, tables);
        this.state = encoding.state(software, hardware);
    }

    List<PairedStep> steps() {
        return steps;
    }

    /** DMAs that have reached a page of a VM which the STE had not named since the last CFGI that is complete. */
    List<String> leaks() {
        return leaks;
    }

    /** How many DMAs have reached a page. */
    int translated() {
        return translated;
    }

    /** What is cached of the configuration of a stream, and not in memory. */
    Set<List<String>> stale(String stream) {
        Set<List<String>> stale = new HashSet<>();
        for (String field : List.of("ste", "cd")) {
            Set<List<String>> cached = hardware.relations().get("Hardware." + field + "s");
            cached.stream()
                    .filter(row -> row.get(0).equals(stream))
                    .filter(row -> !software.relations().get("Memory." + field).contains(row))
                    .forEach(stale::add);
        }
        return stale;
    }

    /** DMAs, mostly. */
    void step(Random random) {
        for (int i = 0; i < TRIES; i++) {
            NestedAction action = any(random);
            if (software.allows(action)) {
                perform(action);
                return;
            }
        }
    }

    private static NestedAction any(Random random) {
        String stream = any(random, NestedTables.STREAMS);
        String vm = any(random, NestedTables.VMS);
        String context = any(random, NestedTables.CONTEXTS);
        String va = any(random, NestedTables.VAS);
        String ipa = any(random, NestedTables.IPAS);
        String page = any(random, NestedTables.PAGES);
        return switch (random.nextInt(20)) {
            case 0 -> new NestedAction("SetSte", Map.of("stream", stream, "vm", vm));
            case 1 -> new NestedAction("SetCd", Map.of("stream", stream, "context", context));
            case 2 -> new NestedAction("Map1", Map.of("context", context, "va", va, "ipa", ipa));
            case 3 ->
                random.nextInt(4) == 0
                        ? new NestedAction("Unmap1", Map.of("context", context, "va", va))
                        : new NestedAction("Map1", Map.of("context", context, "va", va, "ipa", ipa));
            case 4, 5 -> new NestedAction("Map2", Map.of("vm", vm, "ipa", ipa, "page", page));
            case 6 -> new NestedAction("Unmap2", Map.of("vm", vm, "ipa", ipa));
            case 7 -> new NestedAction("Grant", Map.of("vm", vm, "page", page));
            case 8, 9 -> new NestedAction("Ipa2", Map.of("vm", vm));
            case 10 -> new NestedAction(random.nextBoolean() ? "NhAll" : "Vmall", Map.of("vm", vm));
            case 11 -> new NestedAction("Cfgi", Map.of("stream", stream));
            case 12, 13 -> new NestedAction("Sync", Map.of());
            default -> new NestedAction("Dma", Map.of("stream", stream, "va", va));
        };
    }

    private static String any(Random random, List<String> atoms) {
        return atoms.get(random.nextInt(atoms.size()));
    }

    void perform(NestedAction action) {
        switch (action.operation()) {
            case "Dma" -> dma(action);
            case "Sync" -> policy.during(smmu.translator()::synchronise);
            default ->
                NestedHardware.command(action)
                        .ifPresent(command -> smmu.translator().invalidate(command, 0));
        }
        if (!action.operation().equals("Dma")) {
            software.perform(action);
            record(action);
        }
        name(action);
    }

    private void name(NestedAction action) {
        switch (action.operation()) {
            case "SetSte" -> {
                named.computeIfAbsent(action.stream(), stream -> new HashSet<>())
                        .add(action.vm());
                Optional.ofNullable(namedSinceCfgi.get(action.stream())).ifPresent(vms -> vms.add(action.vm()));
            }
            case "Cfgi" -> namedSinceCfgi.put(action.stream(), new HashSet<>(vms(action.stream())));
            case "Sync" -> {
                named.putAll(namedSinceCfgi);
                namedSinceCfgi.clear();
            }
            default -> {}
        }
    }

    private List<String> vms(String stream) {
        return software.relations().get("Memory.ste").stream()
                .filter(row -> row.get(0).equals(stream))
                .map(row -> row.get(1))
                .toList();
    }

    private void dma(NestedAction action) {
        TranslationOutcome outcome = smmu.translator()
                .translate(Transaction.read(NestedTables.streamId(action.stream()), NestedTables.address(action.va())));
        record(NestedAction.IDLE);
        if (outcome instanceof Translated reached) {
            String page = NestedTables.pageAt(reached.outputBase()).orElseThrow();
            Map<String, String> arguments = new HashMap<>(action.arguments());
            arguments.put("page", page);
            use(new NestedAction("Dma", Map.copyOf(arguments)));
            translated++;
            Optional<String> owner = software.ownerOf(page);
            if (owner.filter(named.getOrDefault(action.stream(), Set.of())::contains)
                    .isEmpty()) {
                leaks.add(action + " reaches " + page + " of " + owner);
            }
        }
    }

    /** A step for what has been used, in which nothing changes. */
    private void use(NestedAction dma) {
        for (NestedWatch watch : watches) {
            if (watch.va().equals(dma.va()) && watch.page().equals(dma.page()) && isCached(dma.stream(), watch)) {
                Valuation watched = encoding.watching(state, hardware, watch);
                steps.add(new PairedStep(encoding.doing(watched, dma), watched));
            }
        }
    }

    private boolean isCached(String stream, NestedWatch watch) {
        String vm = NestedTables.VMS.get(NestedTables.VMIDS.indexOf(watch.vmid()));
        return hardware.combined().contains(watch.entry())
                && hardware.relations().get("Hardware.stes").contains(List.of(stream, vm));
    }

    private void record(NestedAction action) {
        Valuation before = encoding.doing(state, action);
        NestedHardware now = NestedHardware.of(smmu, tables);
        state = encoding.state(software, now);
        for (NestedWatch watch : watches) {
            boolean cached = hardware.combined().contains(watch.entry())
                    || now.combined().contains(watch.entry());
            if (cached || choice.nextInt(IDLE_WATCHES) == 0) {
                steps.add(new PairedStep(
                        encoding.watching(before, hardware, watch), encoding.watching(state, now, watch)));
            }
        }
        hardware = now;
    }
}
