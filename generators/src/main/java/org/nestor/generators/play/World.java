package org.nestor.generators.play;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.nestor.generators.scenario.Capabilities;
import org.nestor.generators.scenario.Setup;
import org.nestor.smmu.register.Register;

/** The machine in the middle of a scenario: what is in memory, what software has to say, and what it changed last. */
final class World {
    private final Repertoire repertoire;
    private final Setup setup;
    private final Script script;
    private final Conversation conversation;
    private final Scene scene;
    private final Queues queues;
    private final CommandPort commands;
    private final SteMaker stes;
    private Change change = new Change.None();
    private final Map<Long, Long> l1Homes = new HashMap<>();
    private long enabled;
    private int writes;

    World(Repertoire repertoire, Setup setup, Script script, Conversation conversation) {
        this.repertoire = repertoire;
        this.setup = setup;
        this.script = script;
        this.conversation = conversation;
        this.scene = new SceneBuilder(repertoire, setup, script).build();
        this.queues = new Queues(
                repertoire.capabilities().ids(), setup.machine(), scene.arena().host());
        this.commands = new CommandPort(script, conversation, queues, scene.memory());
        this.stes = new SteMaker(repertoire, setup, scene.stage1(), scene.stage2());
    }

    Repertoire repertoire() {
        return repertoire;
    }

    Capabilities capabilities() {
        return repertoire.capabilities();
    }

    Setup setup() {
        return setup;
    }

    Script script() {
        return script;
    }

    Conversation conversation() {
        return conversation;
    }

    Scene scene() {
        return scene;
    }

    Arena arena() {
        return scene.arena();
    }

    ScriptMemory memory() {
        return scene.memory();
    }

    Queues queues() {
        return queues;
    }

    CommandPort commands() {
        return commands;
    }

    SteMaker stes() {
        return stes;
    }

    Change change() {
        return change;
    }

    void changed(Change last) {
        this.change = last;
    }

    /** What software last wrote to CR0. */
    long enabled() {
        return enabled;
    }

    /** Writes CR0. */
    void enable(long value) {
        enabled = value;
        script.write(Register.CR0, value);
    }

    /** Writes CR0 and reads CR0ACK. */
    void enableAndLook(long value) {
        enable(value);
        script.read(Register.CR0ACK);
    }

    /** What a first-level descriptor held when the set-up was done. */
    long l1Home(long address) {
        return l1Homes.computeIfAbsent(address, memory()::read64);
    }

    /** A number for each write of a device, from 1. */
    int nextWrite() {
        return ++writes;
    }

    /** The stream that uses a table, where there is one. */
    Optional<Stream> user(HotTable table) {
        for (Stream stream : scene.streams()) {
            boolean uses = stream.stage2().filter(table::equals).isPresent()
                    || stream.stage1()
                            .filter(one -> one.lower().equals(table)
                                    || one.upper().filter(table::equals).isPresent())
                            .isPresent();
            if (uses) {
                return Optional.of(stream);
            }
        }
        return Optional.empty();
    }
}
