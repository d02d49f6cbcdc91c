package org.nestor.judge;

import org.nestor.allowed.AllowedTranslations;
import org.nestor.allowed.InvalidationLog;
import org.nestor.allowed.MemoryHistory;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.PriQueueEntry;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Register;

/** What is known of an SMMU and its memory since its reset: the parts of the judge, put together. */
final class SmmuState {
    private static final int ARCHITECTURE_THAT_IGNORES = 2;

    final Platform platform;
    final Doubts doubts = new Doubts();
    final RegisterValues values = new RegisterValues();
    final ErrorRegister errors;
    final AcknowledgedBits control;
    final AcknowledgedBits interruptControl;
    final BypassRegister bypass;
    final RegisterWrites writes;
    final LateWrites late;
    final Interrupts interrupts;
    final QueueRing commandRing;
    final QueueRing eventRing;
    final QueueRing pageRing;
    final Events events;
    final Stalls stalls;
    final PageRequests pageRequests;
    final Commands commands;
    final Translations translations;
    final MemoryJudge memoryJudge;
    final DmaJudge dmas;
    final AtsJudge ats;
    final Registers registers;

    /**
     * An SMMU in its power-on state.
     *
     * @param rules is told of the rules that decide
     */
    SmmuState(Platform platform, RuleLog rules, long at) {
        this.platform = platform;
        IdRegisters ids = platform.ids();
        MemoryHistory memory = new MemoryHistory(platform.memory());
        InvalidationLog log = new InvalidationLog();
        boolean strict = ids.atLeastV3(ARCHITECTURE_THAT_IGNORES);
        this.errors = new ErrorRegister(rules);
        this.control = new AcknowledgedBits(implemented(ids, Register.CR0), rules);
        this.interruptControl = new AcknowledgedBits(implemented(ids, Register.IRQ_CTRL), rules);
        this.bypass = new BypassRegister(bypassFields(ids), strict, rules);
        this.writes = new RegisterWrites(ids, values, control, interruptControl, rules);
        this.late = new LateWrites(memory);
        this.interrupts = new Interrupts(ids, late, values, interruptControl, errors, doubts, rules);
        this.commandRing = new QueueRing(values, Register.CMDQ_BASE, ids.cmdqs(), CommandRecord.BYTES);
        this.eventRing = new QueueRing(values, Register.EVENTQ_BASE, ids.eventqs(), EventRecord.BYTES);
        this.pageRing = new QueueRing(values, Register.PRIQ_BASE, ids.priqs(), PriQueueEntry.BYTES);
        this.stalls = new Stalls(ids, doubts, this::dmaJudge, this::eventQueue, rules);
        this.events = new Events(
                platform, memory, values, control, errors, interrupts, eventRing, doubts, stalls::recorded, rules);
        this.pageRequests =
                new PageRequests(platform, memory, values, control, errors, interrupts, pageRing, doubts, rules);
        AllowedTranslations allowed = new AllowedTranslations(ids, memory, log, rules);
        CommandEffects effects = new CommandEffects(log, allowed, values, control, interrupts, events, stalls, rules);
        CommandReading reading = new CommandReading(ids, rules);
        this.commands =
                new Commands(memory, values, control, errors, interrupts, effects, reading, commandRing, doubts, rules);
        Endings endings = new Endings(platform, values, bypass, rules);
        this.translations = new Translations(allowed, memory, values, control, endings, doubts, rules);
        QueueMemory queues = new QueueMemory(events, pageRequests);
        this.dmas = new DmaJudge(
                platform, memory, late, translations, bypass, events, queues, stalls, commands, effects, doubts, rules);
        this.ats = new AtsJudge(translations, endings, events, rules);
        this.memoryJudge = new MemoryJudge(platform, memory, late, commands, events, queues, stalls, doubts, rules);
        this.registers = new Registers(this, rules);
        unknownAtReset();
        translations.configure(at);
    }

    private DmaJudge dmaJudge() {
        return dmas;
    }

    private Events eventQueue() {
        return events;
    }

    private static long implemented(IdRegisters ids, Register register) {
        return new org.nestor.smmu.register.RegisterFeatures(ids).implemented(register);
    }

    /** The fields of GBPA that are not RES0. */
    private static long bypassFields(IdRegisters ids) {
        long types = mask("MTCFG") | mask("MemAttr") | mask("SHCFG") | mask("ALLOCCFG");
        long permissions = mask("PRIVCFG") | mask("INSTCFG");
        return mask("ABORT") | (ids.attrTypesOvr() ? types : 0) | (ids.attrPermsOvr() ? permissions : 0);
    }

    private static long mask(String field) {
        return Register.GBPA.layout().field(field).mask();
    }

    /** Registers whose value after a reset is UNKNOWN or IMPLEMENTATION DEFINED. */
    private void unknownAtReset() {
        for (Register register : Register.values()) {
            boolean known = register.kind() == Register.Kind.READ_ONLY || register == Register.CR0;
            if (!known) {
                values.leaveUntouched(register);
            }
        }
        values.leaveUntouched(Register.EVENTQ_PROD);
        values.leaveUntouched(Register.PRIQ_PROD);
    }

    /** Everything that was pending has happened. */
    void becomeIdle(long at) {
        control.becomeIdle();
        interruptControl.becomeIdle();
        bypass.becomeIdle();
        registers.controlChanged(at);
        commands.becomeIdle(at);
    }

    /** As {@link #becomeIdle}, after the ends of stalled transactions were judged. */
    void remainIdle(long at) {
        errors.becomeIdle();
        interrupts.becomeIdle();
        events.becomeIdle(at);
        pageRequests.becomeIdle(at);
        late.becomeIdle();
    }
}
