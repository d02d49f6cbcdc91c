package org.nestor.smmu.command;

import java.util.Optional;
import org.nestor.memory.ExternalAbort;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.format.CommandOpcode;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.queue.CommandError;
import org.nestor.smmu.queue.CommandQueue;

/** Consumes the command queue: one command after the other, each complete before it is consumed. */
public class CommandProcessor {
    private static final RuleId UNKNOWN_OPCODE = RuleId.of("A-CER-07");
    private static final RuleId FETCH_ABORTED = RuleId.of("A-CER-03");
    private static final RuleId STOPPED_BY_ABORT = RuleId.of("A-CMQ-18");
    private static final RuleId RESERVED_OPCODE = RuleId.of("A-CMQ-19");
    private static final RuleId SYNC_IS_COMPLETE = RuleId.of("A-CMQ-05");
    private static final RuleId SIGNALLED_AFTERWARDS = RuleId.of("A-SYN-08");

    private final CommandQueue queue;
    private final CommandLegality legality;
    private final CommandDecoder decoder;
    private final CommandExecutor executor;
    private final RuleLog rules;

    public CommandProcessor(
            CommandQueue queue,
            CommandLegality legality,
            CommandDecoder decoder,
            CommandExecutor executor,
            RuleLog rules) {
        this.queue = queue;
        this.legality = legality;
        this.decoder = decoder;
        this.executor = executor;
        this.rules = rules;
    }

    /** Consumes every command that is published, up to one that fails. */
    @Rule("A-CMQ-01")
    @Rule("A-CMQ-03")
    @Rule("A-CMQ-04")
    @Rule("A-SYN-13")
    public void run() {
        boolean going = true;
        while (going && queue.ready()) {
            going = next();
        }
    }

    /** Takes up the command at RD. A failed one is not consumed, and has had no effect. */
    @Rule("A-CER-06")
    protected boolean next() {
        Optional<CommandRecord> fetched = fetch();
        if (fetched.isEmpty()) {
            queue.fail(CommandError.CERROR_ABT);
            return false;
        }
        Optional<Command> command = decode(fetched.get());
        if (command.isEmpty()) {
            queue.fail(CommandError.CERROR_ILL);
            return false;
        }
        return finish(command.get());
    }

    @Rule("A-CER-03")
    @Rule("A-CMQ-18")
    private Optional<CommandRecord> fetch() {
        try {
            return Optional.of(queue.fetch());
        } catch (ExternalAbort abort) {
            rules.decided(FETCH_ABORTED);
            rules.decided(STOPPED_BY_ABORT);
            return Optional.empty();
        }
    }

    /** The command, empty if it is CERROR_ILL: reserved and IMPLEMENTATION DEFINED opcodes are, none of the latter being used. */
    @Rule("A-CER-07")
    @Rule("A-CMQ-19")
    protected Optional<Command> decode(CommandRecord record) {
        Optional<CommandOpcode> opcode = record.command();
        if (opcode.isEmpty()) {
            rules.decided(UNKNOWN_OPCODE);
            rules.decided(RESERVED_OPCODE);
        }
        return opcode.filter(found -> legality.legal(found, record)).map(found -> decoder.decode(found, record));
    }

    /** Executes, then moves RD, then signals. */
    @Rule("A-CMQ-05")
    @Rule("A-SYN-08")
    @Rule("A-CER-19")
    protected boolean finish(Command command) {
        if (!executor.execute(command)) {
            queue.fail(CommandError.CERROR_ATC_INV_SYNC);
            return false;
        }
        queue.consume();
        if (command instanceof Command.Sync sync) {
            rules.decided(SYNC_IS_COMPLETE);
            rules.followed(SIGNALLED_AFTERWARDS, sync.signal() != Command.Signal.NONE);
            executor.signal(sync);
        }
        return true;
    }
}
