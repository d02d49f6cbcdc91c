package org.nestor.virtualizer;

import java.util.Optional;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.CachedTranslation;
import org.nestor.smmu.Dma;
import org.nestor.smmu.SmmuParts;
import org.nestor.smmu.command.CacheMaintenance;
import org.nestor.smmu.command.Command;
import org.nestor.smmu.command.CommandExecutor;
import org.nestor.smmu.command.Endpoints;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.fault.StalledTransactions;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.interrupt.InterruptController;
import org.nestor.smmu.queue.EventMerging;
import org.nestor.smmu.queue.EventQueue;
import org.nestor.smmu.queue.QueueContext;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.RegisterBank;
import org.nestor.smmu.tlb.CachePolicies;

/** An SMMU that passes a guest's commands on, and whose event queue can be written from outside. */
final class VirtualParts extends SmmuParts {
    private final GuestCommands commands;
    private Optional<EventQueue> events = Optional.empty();

    VirtualParts(GuestCommands commands) {
        super(new CachedTranslation(CachePolicies::never));
        this.commands = commands;
    }

    /** Writes a record into the guest's event queue, or has it overflow. */
    boolean inject(EventRecord event) {
        return events.map(queue -> queue.write(event, false)).orElse(false);
    }

    @Override
    protected EventQueue eventQueue(QueueContext context, IdRegisters ids, EventMerging merging) {
        EventQueue queue = super.eventQueue(context, ids, merging);
        events = Optional.of(queue);
        return queue;
    }

    @Override
    protected CommandExecutor commandExecutor(
            RegisterBank bank,
            IdRegisters ids,
            CacheMaintenance caches,
            StalledTransactions<Dma> stalls,
            Endpoints connected,
            InterruptController interrupts,
            RuleLog rules) {
        return new CommandExecutor(bank, ids, caches, stalls, connected, interrupts, rules) {
            @Override
            protected void invalidate(InvalidationCommand command) {
                super.invalidate(command);
                commands.invalidated(command);
            }

            @Override
            protected void resume(Command.Resume command) {
                commands.resumed(command);
            }

            @Override
            protected void terminate(Command.StallTerm command) {
                commands.terminated(command);
            }
        };
    }
}
