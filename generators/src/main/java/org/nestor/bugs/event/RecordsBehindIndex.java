package org.nestor.bugs.event;

import java.util.Optional;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.SmmuParts;
import org.nestor.smmu.TranslationUnit;
import org.nestor.smmu.command.CommandDecoder;
import org.nestor.smmu.command.CommandExecutor;
import org.nestor.smmu.command.CommandLegality;
import org.nestor.smmu.command.CommandProcessor;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.queue.CommandQueue;
import org.nestor.smmu.queue.EventMerging;
import org.nestor.smmu.queue.EventQueue;
import org.nestor.smmu.queue.QueueContext;
import org.nestor.smmu.register.IdRegisters;

/** Publishes EVENTQ_PROD while the record is still on its way to memory; it arrives before anything else happens. */
public final class RecordsBehindIndex extends SmmuParts {
    private Optional<PostedWrites> posted = Optional.empty();

    public RecordsBehindIndex(TranslationUnit.Factory translation) {
        super(translation);
    }

    @Override
    protected EventQueue eventQueue(QueueContext context, IdRegisters ids, EventMerging merging) {
        PostedWrites writes = new PostedWrites(context.memory());
        posted = Optional.of(writes);
        QueueContext behind = new QueueContext(
                context.bank(), writes, context.errors(), context.interrupts(), context.arithmetic(), context.rules());
        return new EventQueue(behind, ids, merging, eventOverflow(context)) {
            @Override
            protected boolean append(EventRecord event) {
                writes.drain();
                return super.append(event);
            }
        };
    }

    /** Commands are looked for whenever software writes a register or lets time pass. */
    @Override
    protected CommandProcessor commandProcessor(
            CommandQueue queue,
            CommandLegality legality,
            CommandDecoder decoder,
            CommandExecutor executor,
            RuleLog rules) {
        return new CommandProcessor(queue, legality, decoder, executor, rules) {
            @Override
            public void run() {
                posted.ifPresent(PostedWrites::drain);
                super.run();
            }
        };
    }
}
