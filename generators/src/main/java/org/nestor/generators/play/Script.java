package org.nestor.generators.play;

import java.util.ArrayDeque;
import org.nestor.generators.scenario.Action;
import org.nestor.memory.Bytes;
import org.nestor.smmu.format.LittleEndian;
import org.nestor.smmu.register.Register;

/** The actions that are due, and the work that makes more of them once those are done. */
final class Script {
    private final ArrayDeque<Action> actions = new ArrayDeque<>();
    private final ArrayDeque<Runnable> work = new ArrayDeque<>();

    void add(Action action) {
        actions.add(action);
    }

    void write(Register register, long value) {
        add(new Action.RegWrite(register, register.width() == Integer.SIZE ? value & 0xFFFF_FFFFL : value));
    }

    void read(Register register) {
        add(new Action.RegRead(register));
    }

    void store(long address, long... doublewords) {
        add(new Action.MemWrite(address, Bytes.of(LittleEndian.bytes(doublewords))));
    }

    /** Work to be done when the actions so far, and earlier work, are done. */
    void later(Runnable task) {
        work.add(task);
    }

    /** Work to be done when the actions so far are done, before all other work. */
    void next(Runnable task) {
        work.addFirst(task);
    }

    boolean hasActions() {
        return !actions.isEmpty();
    }

    boolean hasWork() {
        return !work.isEmpty();
    }

    Action nextAction() {
        return actions.remove();
    }

    void doWork() {
        work.remove().run();
    }

    /** Forgets everything that is due. */
    void clear() {
        actions.clear();
        work.clear();
    }
}
