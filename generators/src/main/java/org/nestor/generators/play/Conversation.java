package org.nestor.generators.play;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.nestor.generators.scenario.Action;
import org.nestor.generators.scenario.Observation;
import org.nestor.smmu.register.Register;

/** Register reads whose replies software makes use of, and the transactions that it knows to be held. */
final class Conversation {
    private static final int REMEMBERED_STALLS = 16;

    private final Script script;
    private final List<Question> open = new ArrayList<>();
    private final List<Observation.Stalled> held = new ArrayList<>();

    Conversation(Script script) {
        this.script = script;
    }

    /**
     * A read that was asked for.
     *
     * @param action the very action
     * @param use takes the reply
     * @param otherwise what to do if there is none
     * @param urgent whether what follows depends on the reply
     */
    private record Question(Action action, LongConsumer use, Runnable otherwise, boolean urgent) {}

    /** Reads a register; the reply is used if it comes. */
    void read(Register register, LongConsumer use) {
        question(register, use, () -> {}, false);
    }

    /**
     * Reads a register and waits for the reply.
     *
     * @param otherwise done if there is no reply
     */
    void ask(Register register, LongConsumer use, Runnable otherwise) {
        question(register, use, otherwise, true);
    }

    private void question(Register register, LongConsumer use, Runnable otherwise, boolean urgent) {
        Action action = new Action.RegRead(register);
        script.add(action);
        open.add(new Question(action, use, otherwise, urgent));
    }

    /** Whether the reply to this very action decides how it goes on. */
    boolean isUrgent(Action action) {
        return !open.isEmpty() && open.get(0).action() == action && open.get(0).urgent();
    }

    /** Takes what was observed about an action. */
    void observe(Action action, Observation observation) {
        if (observation instanceof Observation.Stalled stalled) {
            held.add(stalled);
            if (held.size() > REMEMBERED_STALLS) {
                held.remove(0);
            }
        } else if (observation instanceof Observation.Value value
                && !open.isEmpty()
                && open.get(0).action() == action) {
            open.remove(0).use().accept(value.value());
        }
    }

    /** Gives up on the reply to an action that has none by the time that the next one is due. */
    void moveOn(Action action) {
        if (!open.isEmpty() && open.get(0).action() == action) {
            open.remove(0).otherwise().run();
        }
    }

    /** The transactions that stalled, oldest first, whether or not they have ended since. */
    List<Observation.Stalled> held() {
        return held;
    }

    void clear() {
        open.clear();
        held.clear();
    }
}
