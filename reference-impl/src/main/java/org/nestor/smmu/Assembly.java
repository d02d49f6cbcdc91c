package org.nestor.smmu;

import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.command.CommandExecutor;
import org.nestor.smmu.command.CommandProcessor;
import org.nestor.smmu.fault.StalledTransactions;
import org.nestor.smmu.interrupt.GlobalErrors;
import org.nestor.smmu.interrupt.InterruptController;
import org.nestor.smmu.queue.EventQueue;
import org.nestor.smmu.queue.PriQueue;
import org.nestor.smmu.queue.QueueContext;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.RegisterBank;
import org.nestor.smmu.register.RegisterFile;
import org.nestor.smmu.walk.Translator;

/** The parts of one SMMU, put together; a reset makes a new one. */
record Assembly(
        IdRegisters ids,
        RegisterBank bank,
        RegisterFile registers,
        InterruptController interrupts,
        PriQueue pageRequests,
        CommandProcessor commands,
        StalledTransactions<Dma> stalls,
        Translator translator,
        TranslationPath path,
        DmaEngine dma) {

    static Assembly of(SmmuParts parts, IdRegisters ids, PhysicalMemory memory, RuleLog rules) {
        RegisterBank bank = new RegisterBank();
        RegisterFile registers = registers(parts, bank, ids, rules);
        GlobalErrors errors = parts.globalErrors(bank, rules);
        InterruptController interrupts = parts.interruptController(bank, ids, memory, errors, rules);
        QueueContext queues = new QueueContext(bank, memory, errors, interrupts, parts.queueArithmetic(), rules);
        EventQueue events = parts.eventQueue(queues, ids, parts.eventMerging());
        StalledTransactions<Dma> stalls = parts.stalledTransactions(ids, rules);
        TranslationUnit unit = parts.translation(ids, memory, rules);
        CommandExecutor executor =
                parts.commandExecutor(bank, ids, unit.caches(), stalls, parts.endpoints(), interrupts, rules);
        CommandProcessor commands = parts.commandProcessor(
                parts.commandQueue(queues, ids),
                parts.commandLegality(ids, rules),
                parts.commandDecoder(ids),
                executor,
                rules);
        TranslationPath path = parts.translationPath(
                unit.translator(),
                parts.globalBypass(ids, registers::bypassInForce, parts.attributeOverrides(ids, rules), rules));
        FaultHandling faults =
                parts.faultHandling(bank, parts.faultDisposition(rules), parts.eventComposer(rules), events);
        DmaEngine dma = parts.dmaEngine(path, memory, faults, stalls, errors, rules);
        return new Assembly(
                ids,
                bank,
                registers,
                interrupts,
                parts.priQueue(queues, ids),
                commands,
                stalls,
                unit.translator(),
                path,
                dma);
    }

    private static RegisterFile registers(SmmuParts parts, RegisterBank bank, IdRegisters ids, RuleLog rules) {
        return parts.registerFile(
                bank,
                parts.registerDecoder(rules),
                parts.registerFeatures(ids),
                parts.registerGuards(bank, ids, rules),
                parts.acknowledgement(),
                rules);
    }
}
