package org.nestor.generators.play;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.nestor.generators.vectors.Commands;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.register.Register;

/**
 * Hands commands over to the queue as a careful driver does: never more than there is room for, as far as the replies to its own
 * reads of CMDQ_CONS have told. Without replies it believes that what was published was consumed.
 */
final class CommandPort {
    private final Script script;
    private final Conversation conversation;
    private final Queues queues;
    private final ScriptMemory memory;
    private final ArrayDeque<CommandRecord> deferred = new ArrayDeque<>();
    private int prod;
    private int cons;

    CommandPort(Script script, Conversation conversation, Queues queues, ScriptMemory memory) {
        this.script = script;
        this.conversation = conversation;
        this.queues = queues;
        this.memory = memory;
    }

    /** Keeps a command until others are published. */
    void defer(CommandRecord command) {
        if (deferred.size() < queues.entries(Queues.COMMAND)) {
            deferred.add(command);
        }
    }

    /** Publishes commands in as few portions as the queue allows, and looks at CMDQ_CONS after each. */
    void publish(CommandRecord... commands) {
        publish(List.of(commands), true);
    }

    /**
     * Publishes commands.
     *
     * @param look whether to read CMDQ_CONS after each portion
     */
    void publish(List<CommandRecord> commands, boolean look) {
        List<CommandRecord> all = new ArrayList<>(deferred);
        all.addAll(commands);
        deferred.clear();
        for (int from = 0; from < all.size(); from += queues.entries(Queues.COMMAND)) {
            int to = Math.min(all.size(), from + queues.entries(Queues.COMMAND));
            List<CommandRecord> portion = all.subList(from, to);
            script.later(() -> portion(portion, look));
        }
    }

    private void portion(List<CommandRecord> portion, boolean look) {
        if (free() >= portion.size()) {
            write(portion, look);
            return;
        }
        lookAgain();
        script.next(() -> write(portion.subList(0, Math.min(portion.size(), free())), look));
    }

    /** Reads CMDQ_CONS and waits for the reply. */
    private void lookAgain() {
        int before = prod;
        conversation.ask(Register.CMDQ_CONS, value -> cons = position(value), () -> cons = before);
    }

    private void write(List<CommandRecord> portion, boolean look) {
        if (portion.isEmpty()) {
            return;
        }
        for (CommandRecord command : portion) {
            memory.write(queues.entry(Queues.COMMAND, prod), command.dw0(), command.dw1());
            prod = prod + 1 & positions() - 1;
        }
        script.write(Register.CMDQ_PROD, prod);
        cons = prod;
        if (look) {
            conversation.read(Register.CMDQ_CONS, value -> cons = position(value));
        }
    }

    private int position(long register) {
        return (int) register & positions() - 1;
    }

    private int positions() {
        return 2 * queues.entries(Queues.COMMAND);
    }

    private int free() {
        return Math.max(0, queues.entries(Queues.COMMAND) - (prod - cons & positions() - 1));
    }

    /** Puts a CMD_SYNC in place of the command that the SMMU stopped at. */
    void repair() {
        CommandRecord sync = Commands.sync();
        memory.write(queues.entry(Queues.COMMAND, cons), sync.dw0(), sync.dw1());
    }

    /** Starts over at an index, as after a change of the queue while it is disabled. */
    void restart(int index) {
        prod = index & positions() - 1;
        cons = prod;
    }

    int prod() {
        return prod;
    }
}
