package org.nestor.properties.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.nestor.properties.spec.InvalidationEncoding.Action;
import org.nestor.smmu.tlb.CachePolicy;
import org.nestor.smmu.tlb.InvalidationRules;
import org.nestor.spec.eval.Valuation;

/** A random run of a {@link WatchedWorld}, state by state. What a CMD_SYNC carries out one after the other are steps of their own. */
final class WatchedRun {
    private static final Action IDLE = new Action("Idle", Optional.empty(), Optional.empty());
    private static final Action SYNCHRONISE = new Action("Synchronise", Optional.empty(), Optional.empty());

    private final InvalidationEncoding encoding;
    private final WatchedCommands commands;
    private final WatchedWorld world;
    private final WatchingPolicy policy;
    private final List<PairedStep> steps = new ArrayList<>();
    private Valuation state;
    private String held = WatchedTables.VALUES.get(0);

    WatchedRun(
            InvalidationEncoding encoding,
            WatchedCommands commands,
            WatchedWord word,
            boolean global,
            CachePolicy policy,
            InvalidationRules rules) {
        this.encoding = encoding;
        this.commands = commands;
        this.policy = new WatchingPolicy(policy, () -> record(IDLE));
        this.world = new WatchedWorld(word, global, this.policy, rules);
        this.state = encoding.first(held);
    }

    /** Reads, mostly; else writes the word, publishes a command or completes those that were. */
    void step(Random random) {
        switch (random.nextInt(8)) {
            case 0 -> {
                int value = random.nextInt(WatchedTables.VALUES.size());
                world.write(value);
                held = WatchedTables.VALUES.get(value);
                record(new Action("Write", Optional.empty(), Optional.of(held)));
            }
            case 1, 2 -> {
                String command =
                        commands.atoms().get(random.nextInt(commands.atoms().size()));
                world.publish(commands.named(command).command());
                record(new Action("Publish", Optional.of(command), Optional.empty()));
            }
            case 3 -> {
                policy.during(world::synchronise);
                record(SYNCHRONISE);
            }
            default -> {
                world.read();
                record(IDLE);
            }
        }
    }

    private void record(Action action) {
        Valuation before = encoding.doing(state, action);
        state = encoding.after(before, held, world);
        steps.add(new PairedStep(before, state));
    }

    /** Each state, with what happens in it, and the state that follows. */
    List<PairedStep> steps() {
        return steps;
    }
}
