package org.nestor.smmu;

import java.util.function.LongSupplier;
import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.command.CacheMaintenance;
import org.nestor.smmu.command.CommandDecoder;
import org.nestor.smmu.command.CommandExecutor;
import org.nestor.smmu.command.CommandLegality;
import org.nestor.smmu.command.CommandProcessor;
import org.nestor.smmu.command.Endpoints;
import org.nestor.smmu.fault.EventComposer;
import org.nestor.smmu.fault.FaultDisposition;
import org.nestor.smmu.fault.StalledTransactions;
import org.nestor.smmu.interrupt.GlobalErrors;
import org.nestor.smmu.interrupt.InterruptController;
import org.nestor.smmu.queue.CommandQueue;
import org.nestor.smmu.queue.EventMerging;
import org.nestor.smmu.queue.EventQueue;
import org.nestor.smmu.queue.Overflow;
import org.nestor.smmu.queue.PriQueue;
import org.nestor.smmu.queue.QueueArithmetic;
import org.nestor.smmu.queue.QueueContext;
import org.nestor.smmu.register.Acknowledgement;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.RegisterBank;
import org.nestor.smmu.register.RegisterDecoder;
import org.nestor.smmu.register.RegisterFeatures;
import org.nestor.smmu.register.RegisterFile;
import org.nestor.smmu.register.RegisterGuards;
import org.nestor.smmu.transaction.AttributeOverrides;
import org.nestor.smmu.walk.Translator;

/**
 * Makes the parts that an SMMU is assembled from, anew for each reset. To replace a part, override the method that makes it and
 * return a subclass of the part.
 */
public class SmmuParts {
    private final TranslationUnit.Factory translation;
    private final Endpoints endpoints;

    /** With endpoints that complete every ATC invalidation at once. */
    public SmmuParts(TranslationUnit.Factory translation) {
        this(translation, Endpoints.PROMPT);
    }

    public SmmuParts(TranslationUnit.Factory translation, Endpoints endpoints) {
        this.translation = translation;
        this.endpoints = endpoints;
    }

    /** The translation procedure and its caches. */
    protected TranslationUnit translation(IdRegisters ids, PhysicalMemory memory, RuleLog rules) {
        return translation.create(ids, memory, rules);
    }

    protected Endpoints endpoints() {
        return endpoints;
    }

    protected RegisterDecoder registerDecoder(RuleLog rules) {
        return new RegisterDecoder(rules);
    }

    protected RegisterFeatures registerFeatures(IdRegisters ids) {
        return new RegisterFeatures(ids);
    }

    protected RegisterGuards registerGuards(RegisterBank bank, IdRegisters ids, RuleLog rules) {
        return new RegisterGuards(bank, ids, rules);
    }

    protected Acknowledgement acknowledgement() {
        return new Acknowledgement();
    }

    protected RegisterFile registerFile(
            RegisterBank bank,
            RegisterDecoder decoder,
            RegisterFeatures features,
            RegisterGuards guards,
            Acknowledgement acknowledgement,
            RuleLog rules) {
        return new RegisterFile(bank, decoder, features, guards, acknowledgement, rules);
    }

    protected GlobalErrors globalErrors(RegisterBank bank, RuleLog rules) {
        return new GlobalErrors(bank, rules);
    }

    protected InterruptController interruptController(
            RegisterBank bank, IdRegisters ids, PhysicalMemory memory, GlobalErrors errors, RuleLog rules) {
        return new InterruptController(bank, ids, memory, errors, rules);
    }

    protected QueueArithmetic queueArithmetic() {
        return new QueueArithmetic();
    }

    /** Whether event records are merged: never. */
    protected EventMerging eventMerging() {
        return EventMerging.never();
    }

    protected Overflow eventOverflow(QueueContext context) {
        return Overflow.ofEvents(context);
    }

    protected EventQueue eventQueue(QueueContext context, IdRegisters ids, EventMerging merging) {
        return new EventQueue(context, ids, merging, eventOverflow(context));
    }

    protected PriQueue priQueue(QueueContext context, IdRegisters ids) {
        return new PriQueue(context, ids);
    }

    protected CommandQueue commandQueue(QueueContext context, IdRegisters ids) {
        return new CommandQueue(context, ids);
    }

    protected CommandLegality commandLegality(IdRegisters ids, RuleLog rules) {
        return new CommandLegality(ids, rules);
    }

    protected CommandDecoder commandDecoder(IdRegisters ids) {
        return new CommandDecoder(ids);
    }

    protected CommandExecutor commandExecutor(
            RegisterBank bank,
            IdRegisters ids,
            CacheMaintenance caches,
            StalledTransactions<Dma> stalls,
            Endpoints connected,
            InterruptController interrupts,
            RuleLog rules) {
        return new CommandExecutor(bank, ids, caches, stalls, connected, interrupts, rules);
    }

    protected CommandProcessor commandProcessor(
            CommandQueue queue,
            CommandLegality legality,
            CommandDecoder decoder,
            CommandExecutor executor,
            RuleLog rules) {
        return new CommandProcessor(queue, legality, decoder, executor, rules);
    }

    protected EventComposer eventComposer(RuleLog rules) {
        return new EventComposer(rules);
    }

    protected FaultDisposition faultDisposition(RuleLog rules) {
        return new FaultDisposition(rules);
    }

    protected FaultHandling faultHandling(
            RegisterBank bank, FaultDisposition disposition, EventComposer composer, EventQueue events) {
        return new FaultHandling(bank, disposition, composer, events);
    }

    protected StalledTransactions<Dma> stalledTransactions(IdRegisters ids, RuleLog rules) {
        return new StalledTransactions<>(ids, rules);
    }

    protected AttributeOverrides attributeOverrides(IdRegisters ids, RuleLog rules) {
        return new AttributeOverrides(ids, rules);
    }

    protected GlobalBypass globalBypass(
            IdRegisters ids, LongSupplier gbpa, AttributeOverrides overrides, RuleLog rules) {
        return new GlobalBypass(ids, gbpa, overrides, rules);
    }

    protected TranslationPath translationPath(Translator translator, GlobalBypass bypass) {
        return new TranslationPath(translator, bypass);
    }

    protected DmaEngine dmaEngine(
            TranslationPath path,
            PhysicalMemory memory,
            FaultHandling faults,
            StalledTransactions<Dma> stalls,
            GlobalErrors errors,
            RuleLog rules) {
        return new DmaEngine(path, memory, faults, stalls, errors, rules);
    }
}
