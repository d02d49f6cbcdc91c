package org.nestor.bugs.command;

import java.util.Optional;
import org.nestor.memory.ExternalAbort;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.command.CommandDecoder;
import org.nestor.smmu.command.CommandExecutor;
import org.nestor.smmu.command.CommandLegality;
import org.nestor.smmu.command.CommandProcessor;
import org.nestor.smmu.format.CommandOpcode;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.queue.CommandQueue;

/** Skips a command that it cannot execute, in place of stopping there. */
public final class SkippedCommands extends CommandProcessor {
    private final CommandQueue queue;
    private final CommandLegality legality;

    public SkippedCommands(
            CommandQueue queue,
            CommandLegality legality,
            CommandDecoder decoder,
            CommandExecutor executor,
            RuleLog rules) {
        super(queue, legality, decoder, executor, rules);
        this.queue = queue;
        this.legality = legality;
    }

    @Override
    protected boolean next() {
        if (skips()) {
            queue.consume();
            return true;
        }
        return super.next();
    }

    private boolean skips() {
        try {
            CommandRecord record = queue.fetch();
            Optional<CommandOpcode> opcode = record.command();
            return opcode.isEmpty()
                    || (opcode.get() != CommandOpcode.CMD_SYNC && !legality.legal(opcode.get(), record));
        } catch (ExternalAbort abort) {
            return false;
        }
    }
}
