package org.nestor.properties.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import org.nestor.properties.spec.InvalidationEncoding.Action;
import org.nestor.smmu.tlb.CacheKind;
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
    private final List<Valuation> befores = new ArrayList<>();
    private final List<Valuation> afters = new ArrayList<>();
    private Valuation state;
    private String held = WatchedTables.VALUES.get(0);
    private boolean synchronising;

    WatchedRun(
            InvalidationEncoding encoding,
            WatchedCommands commands,
            WatchedWord word,
            boolean global,
            CachePolicy policy,
            InvalidationRules rules) {
        this.encoding = encoding;
        this.commands = commands;
        this.world = new WatchedWorld(word, global, new Watching(policy), rules);
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
                synchronising = true;
                world.synchronise();
                synchronising = false;
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
        befores.add(before);
        afters.add(state);
    }

    /** Tells each state, with what happens in it, and the state that follows. */
    void forEach(BiConsumer<Valuation, Valuation> reader) {
        for (int i = 0; i < befores.size(); i++) {
            reader.accept(befores.get(i), afters.get(i));
        }
    }

    /** Looks at the caches each time before and after a waiting invalidation takes effect. */
    private final class Watching implements CachePolicy {
        private final CachePolicy policy;

        Watching(CachePolicy policy) {
            this.policy = policy;
        }

        @Override
        public boolean admits(CacheKind kind) {
            return policy.admits(kind);
        }

        @Override
        public boolean consults(CacheKind kind) {
            return policy.consults(kind);
        }

        @Override
        public int capacity() {
            return policy.capacity();
        }

        @Override
        public boolean keepsDoubleword() {
            return policy.keepsDoubleword();
        }

        @Override
        public boolean defersInvalidation() {
            return policy.defersInvalidation();
        }

        @Override
        public int speculations() {
            if (synchronising) {
                record(IDLE);
            }
            return policy.speculations();
        }

        @Override
        public int pick(int bound) {
            if (synchronising) {
                record(IDLE);
            }
            return policy.pick(bound);
        }
    }
}
