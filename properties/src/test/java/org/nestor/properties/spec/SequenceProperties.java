package org.nestor.properties.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.nestor.properties.spec.InvalidationEncoding.Action;
import org.nestor.rule.Rule;
import org.nestor.smmu.tlb.CachePolicies;
import org.nestor.smmu.tlb.CachePolicy;
import org.nestor.smmu.tlb.CoveredRange;
import org.nestor.smmu.tlb.InvalidationRules;
import org.nestor.spec.AlloyModule;
import org.nestor.spec.eval.Population;
import org.nestor.spec.eval.Tuples;
import org.nestor.spec.eval.Valuation;
import org.nestor.spec.eval.Vocabulary;

/**
 * Each assert of the Alloy module {@code smmu/invalidation} about a sequence of commands, under its name, of the reference's caches: whatever
 * they have seen before a value is overwritten, after the sequence they do not hold what the word held. DMAs may come between any two
 * commands. The asserts about one step are with {@link InvalidationPairingTests}.
 */
@PairedWith("smmu/invalidation")
class SequenceProperties {
    private static final Set<WatchedEntry> ALL = Set.of(WatchedEntry.values());
    private static final int EARLIER = 20;

    private final WatchedCommands commands = new WatchedCommands();
    private final Vocabulary vocabulary = Vocabulary.of(AlloyModule.load("smmu/invalidation"));
    private final Map<WatchedWord, Function<String, Set<WatchedEntry>>> cleared = new EnumMap<>(WatchedWord.class);

    /** Remembers, overlooks, defers and reads ahead as the seed has it. */
    private static CachePolicy policy(int seed) {
        return seed % 2 == 0 ? CachePolicies.prefetching(seed) : CachePolicies.random(seed);
    }

    /** A world that has been used for a while. */
    private WatchedWorld used(WatchedWord word, boolean global, int seed, Random random) {
        WatchedWorld world = new WatchedWorld(word, global, policy(seed), new InvalidationRules(new CoveredRange()));
        List<String> atoms = commands.atoms();
        for (int i = 0; i < EARLIER; i++) {
            switch (random.nextInt(6)) {
                case 0 -> world.write(random.nextInt(WatchedTables.VALUES.size()));
                case 1 ->
                    world.publish(commands.named(atoms.get(random.nextInt(atoms.size())))
                            .command());
                default -> world.read();
            }
        }
        return world;
    }

    private static void maybeRead(WatchedWorld world, Random random) {
        if (random.nextBoolean()) {
            world.read();
        }
    }

    private void leavesNothing(
            int seed, WatchedWord word, boolean global, List<String> opcodes, Set<WatchedEntry> entries) {
        Random random = new Random(seed);
        WatchedWorld world = used(word, global, seed, random);
        int value = random.nextInt(WatchedTables.VALUES.size());
        world.write(value);
        for (String opcode : opcodes) {
            maybeRead(world, random);
            world.publish(commands.first(opcode));
            maybeRead(world, random);
            world.synchronise();
        }
        maybeRead(world, random);
        assertHolds(world, entries, value);
        if (entries.equals(ALL)) {
            assertEquals(WatchedTables.VALUES.get(value), world.read());
        }
    }

    private static void assertHolds(WatchedWorld world, Set<WatchedEntry> entries, int value) {
        Set<String> held = new HashSet<>();
        Map<WatchedEntry, Set<String>> holds = world.holds();
        entries.forEach(entry -> held.addAll(holds.get(entry)));
        assertTrue(Set.of(WatchedTables.VALUES.get(value)).containsAll(held), holds::toString);
    }

    @Property
    @Rule("C-INV-09")
    void ipaThenAllIsEnough(@ForAll int seed, @ForAll boolean global) {
        leavesNothing(
                seed,
                WatchedWord.STAGE2,
                global,
                List.of("S2Ipa", "NhAll"),
                Set.of(WatchedEntry.STAGE2, WatchedEntry.COMBINED));
    }

    @Property
    @Rule("C-INV-09")
    @Rule("C-INV-11")
    void vmallIsEnough(@ForAll int seed, @ForAll boolean global) {
        leavesNothing(
                seed,
                WatchedWord.STAGE2,
                global,
                List.of("S12Vmall"),
                Set.of(WatchedEntry.STAGE2, WatchedEntry.COMBINED));
    }

    @Property
    @Rule("C-INV-07")
    void vaIsEnoughForStage1(@ForAll int seed, @ForAll boolean global) {
        leavesNothing(seed, WatchedWord.STAGE1, global, List.of("NhVa"), ALL);
    }

    @Property
    @Rule("C-CMP-08")
    void asidReuseIsSafe(@ForAll int seed) {
        leavesNothing(seed, WatchedWord.CD, false, List.of("CfgiCd", "NhAsid"), ALL);
    }

    @Property
    @Rule("C-CMP-08")
    @Rule("C-INV-07")
    void asidReuseWithGlobalsIsSafe(@ForAll int seed) {
        leavesNothing(seed, WatchedWord.CD, true, List.of("CfgiCd", "NhAll"), ALL);
    }

    @Property
    @Rule("C-CMP-08")
    void vmidReuseIsSafe(@ForAll int seed, @ForAll boolean global) {
        leavesNothing(seed, WatchedWord.STE, global, List.of("CfgiSte", "S12Vmall"), ALL);
    }

    @Property
    @Rule("C-INV-08")
    void ipaTakesPointers(@ForAll int seed, @ForAll boolean global) {
        leavesNothing(seed, WatchedWord.STE, global, List.of("CfgiSte", "S2Ipa"), Set.of(WatchedEntry.STAGE2_POINTER));
    }

    @Property
    @Rule("C-CFG-07")
    void movedCdIsSafe(@ForAll int seed) {
        Random random = new Random(seed);
        MovedCd world = new MovedCd(policy(seed));
        for (int i = 0; i < EARLIER; i++) {
            world.read();
            world.move(random.nextInt(MovedCd.places()));
        }
        int place = random.nextInt(MovedCd.places());
        world.move(place);
        world.publish(world.ipa());
        world.read();
        world.synchronise();
        world.read();
        world.publish(commands.first("CfgiCd"));
        world.read();
        world.synchronise();
        world.read();
        assertTrue(Set.of(place).containsAll(world.cached()), () -> world.cached() + " and not " + place);
    }

    @Property
    @Rule("C-CMP-01")
    @Rule("C-CMP-07")
    void completedInvalidationLeavesNothing(@ForAll int seed, @ForAll WatchedWord word) {
        Random random = new Random(seed);
        WatchedWorld world = used(word, false, seed, random);
        int value = random.nextInt(WatchedTables.VALUES.size());
        world.write(value);
        String command = commands.atoms().get(random.nextInt(commands.atoms().size()));
        world.publish(commands.named(command).command());
        maybeRead(world, random);
        world.synchronise();
        maybeRead(world, random);
        assertHolds(world, cleared.computeIfAbsent(word, this::cleared).apply(command), value);
    }

    /** The entries that a command removes, where it leaves nothing that could hand an old value on to them. */
    private Function<String, Set<WatchedEntry>> cleared(WatchedWord word) {
        InvalidationEncoding encoding = new InvalidationEncoding(vocabulary, commands, word, false);
        Population population = encoding.population();
        Function<Valuation, Tuples> entries =
                population.expression("{ e: Entry | e + e.^(~flow) in Now.command.clears }");
        return command -> {
            Action publish = new Action("Publish", Optional.of(command), Optional.empty());
            Set<String> names = population.names(entries.apply(encoding.doing(population.empty(), publish)));
            Set<WatchedEntry> found = new HashSet<>(Arrays.asList(WatchedEntry.values()));
            found.removeIf(entry -> !names.contains(entry.atom()));
            return found;
        };
    }
}
