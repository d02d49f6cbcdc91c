package org.nestor.judge;

import java.util.ArrayList;
import java.util.List;
import org.nestor.allowed.MemoryHistory;
import org.nestor.judge.CommandReading.Legality;
import org.nestor.memory.ExternalAbort;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.command.Command;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.interrupt.GlobalError;
import org.nestor.smmu.queue.CommandError;
import org.nestor.smmu.register.Enable;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterLayouts;

/**
 * The command queue: the entries from the last one that is known to be consumed up to PROD, and how many of them may be consumed by
 * now. A command error stops consumption at its entry until it is acknowledged.
 */
final class Commands {
    private static final long CMDQEN = Enable.CMDQEN.field().mask();
    private static final long ERR = RegisterLayouts.CMDQ_CONS.field("ERR").mask();
    private static final int ERR_SHIFT = RegisterLayouts.CMDQ_CONS.field("ERR").low();
    private static final RuleId ORDER = RuleId.of("A-CMQ-01");
    private static final RuleId STOPS = RuleId.of("A-CER-01");
    private static final RuleId ACTIVE = RuleId.of("A-CER-02");
    private static final RuleId RESTARTED = RuleId.of("A-CER-04");
    private static final RuleId REWRITTEN = RuleId.of("A-CER-05");
    private static final RuleId NOT_REACHED = RuleId.of("A-CER-06");
    private static final RuleId REASON = RuleId.of("A-CER-20");
    private static final RuleId NOT_CHANGED = RuleId.of("A-CMQ-06");
    private static final RuleId CONSUMED = RuleId.of("A-CMQ-02");
    private static final RuleId READ_WHEN_FETCHED = RuleId.of("A-CMQ-10");
    private static final RuleId INCONSISTENT = RuleId.of("A-CMQ-07");
    private static final RuleId WHILE_DISABLED = RuleId.of("A-CMQ-08");
    private static final RuleId STOPPED = RuleId.of("A-CTL-08");
    private static final RuleId CONTINUED = RuleId.of("A-CTL-11");
    private static final RuleId SHOWN_COMPLETE = RuleId.of("A-SYN-08");
    private static final RuleId NO_SIGN_OF_COMPLETION = RuleId.of("A-CMQ-03");

    private final MemoryHistory memory;
    private final RegisterValues registers;
    private final AcknowledgedBits control;
    private final ErrorRegister errors;
    private final Interrupts interrupts;
    private final CommandEffects effects;
    private final CommandReading reading;
    private final QueueRing ring;
    private final Doubts doubts;
    private final SyncMessages messages;
    private final RuleLog rules;
    private final List<PublishedCommand> entries = new ArrayList<>();
    /** The position of the first entry. */
    private int consumed;
    /** How many of the entries may be consumed by now. */
    private int mayBeConsumed;

    /** Software has set RD, or taken back or rewritten entries, since the command error. */
    private boolean displaced;

    private boolean running;
    private boolean endpointsAsked;
    /** CMD_SYNCs with an interrupt that are known to be complete and whose interrupt was not taken yet. */
    private int unseenSignals;

    Commands(
            MemoryHistory memory,
            RegisterValues registers,
            AcknowledgedBits control,
            ErrorRegister errors,
            Interrupts interrupts,
            CommandEffects effects,
            CommandReading reading,
            QueueRing ring,
            Doubts doubts,
            RuleLog rules) {
        this.memory = memory;
        this.registers = registers;
        this.control = control;
        this.errors = errors;
        this.interrupts = interrupts;
        this.effects = effects;
        this.reading = reading;
        this.ring = ring;
        this.doubts = doubts;
        this.rules = rules;
        this.messages = new SyncMessages(memory, interrupts);
    }

    /** CMDQ_PROD was written. */
    @Rule("A-CMQ-08")
    void produced(long at) {
        rules.followed(WHILE_DISABLED, !running);
        if (running) {
            extend(at);
        }
    }

    /** Software wrote CMDQ_BASE or CMDQ_CONS, which while the queue is enabled has no effect, or an unknown one. */
    void moved() {
        if (running && !registers.doubtful(Register.CMDQ_BASE) && !registers.doubtful(Register.CMDQ_CONS)) {
            return;
        }
        if (registers.doubtful(Register.CMDQ_BASE) || registers.doubtful(Register.CMDQ_CONS)) {
            doubts.raise(
                    Doubts.Area.EVERYTHING,
                    "CMDQ_BASE or CMDQ_CONS was written while CMDQEN may have been 1 (A-REG-12), so that any command may"
                            + " have been executed");
        }
        consumed = ring.position(registers.get(Register.CMDQ_CONS));
        displaced = true;
        entries.clear();
        mayBeConsumed = 0;
    }

    /** CR0 was written, or its acknowledge was seen. */
    @Rule("A-CTL-08")
    @Rule("A-CTL-11")
    void enableChanged(long at) {
        if (control.certainlyClear(CMDQEN)) {
            rules.followed(STOPPED, running);
            running = false;
        } else if (!running) {
            running = true;
            rules.decided(CONTINUED);
            boolean failed = errors.maybeActive(GlobalError.CMDQ_ERR);
            registers.set(Register.CMDQ_CONS, ring.position(-1), consumed);
            reread(at);
            displaced |= failed;
        }
    }

    /** CMDQ_ERR was acknowledged. */
    @Rule("A-CER-04")
    @Rule("A-CER-05")
    void restart(long at) {
        if (running) {
            rules.decided(RESTARTED);
            reread(at);
        }
    }

    /** Entries that the SMMU had not consumed when it stopped are fetched again. */
    @Rule("A-CMQ-06")
    private void reread(long at) {
        if (mayBeConsumed == 0) {
            entries.clear();
        }
        for (int i = 0; i < entries.size(); i++) {
            rewriteIfChanged(i);
            signalAgain(entries.get(i), at);
            failAgain(entries.get(i), at);
        }
        extend(at);
    }

    private void failAgain(PublishedCommand entry, long at) {
        if (entry.legality() != Legality.LEGAL) {
            interrupts.error(GlobalError.CMDQ_ERR, false, at);
        }
    }

    private void signalAgain(PublishedCommand entry, long at) {
        if (entry.command().orElse(null) instanceof Command.Sync sync && sync.signal() == Command.Signal.IRQ) {
            interrupts.causeSynchronisation(sync.msiAddress(), sync.msiData(), at);
        }
    }

    private void rewriteIfChanged(int index) {
        PublishedCommand entry = entries.get(index);
        if (!entry.fetchAborts() && !entry.record().equals(fetch(ring.address(consumed + index)))) {
            rules.decided(errors.maybeActive(GlobalError.CMDQ_ERR) ? REWRITTEN : NOT_CHANGED);
            messages.sent(entry);
            entry.rewritten();
            interrupts.error(GlobalError.CMDQ_ERR, false, entry.published());
        }
    }

    private CommandRecord fetch(long address) {
        return new CommandRecord(memory.now().read64(address), memory.now().read64(address + 8));
    }

    @Rule("A-CMQ-07")
    @Rule("A-CMQ-10")
    private void extend(long at) {
        int prod = ring.position(registers.get(Register.CMDQ_PROD));
        int published = ring.distance(consumed, prod);
        int least = published - ring.entries();
        if (least > 0 && least <= mayBeConsumed) {
            inconsistent(prod);
            observe(least, at);
            published = ring.entries();
        }
        if (published > ring.entries() || published < entries.size() && published < mayBeConsumed) {
            inconsistent(prod);
            return;
        }
        while (entries.size() > published) {
            entries.remove(entries.size() - 1);
            displaced |= errors.maybeActive(GlobalError.CMDQ_ERR);
        }
        for (int i = entries.size(); i < published; i++) {
            publish(i, at);
        }
        reach(at);
    }

    private void inconsistent(int prod) {
        rules.decided(INCONSISTENT);
        doubts.raise(
                Doubts.Area.EVERYTHING,
                "CMDQ_PROD was set to " + Hex.of(prod) + ", inconsistent with CMDQ_CONS " + Hex.of(consumed)
                        + " unless commands were consumed that nothing shows so (A-CMQ-07)");
    }

    private void publish(int index, long at) {
        rules.decided(READ_WHEN_FETCHED);
        PublishedCommand entry;
        if (memory.device(ring.address(consumed + index))) {
            doubts.raise(Doubts.Area.EVERYTHING, "commands are read from a device, so that any may have been executed");
        }
        try {
            CommandRecord record = fetch(ring.address(consumed + index));
            entry = PublishedCommand.of(record, reading.read(record), at);
        } catch (ExternalAbort abort) {
            entry = PublishedCommand.unreadable(at);
        }
        entries.add(entry);
        if (entry.command().orElse(null) instanceof Command.AtcInv) {
            endpointsAsked = true;
        } else if (entry.isSync() && endpointsAsked) {
            entry.mayTimeOut();
        }
    }

    /** Entries that can be consumed from now on, and the first that cannot. */
    private void reach(long at) {
        int reachable = reachable();
        for (int i = 0; i < entries.size() && i <= reachable; i++) {
            PublishedCommand entry = entries.get(i);
            if (!entry.reach()) {
                continue;
            }
            if (i < reachable) {
                if (entry.isSync()) {
                    messages.mayBeSent(entry);
                }
                effects.published(entry, entry.binding(), at);
            }
            if (entry.legality() != Legality.LEGAL && !errors.certainlyActive(GlobalError.CMDQ_ERR)) {
                displaced &= errors.maybeActive(GlobalError.CMDQ_ERR);
                boolean sure = entry.legality() == Legality.ILLEGAL
                        && control.certainlySet(CMDQEN)
                        && legal(i)
                        && !errors.maybeActive(GlobalError.CMDQ_ERR);
                interrupts.error(GlobalError.CMDQ_ERR, sure, at);
            }
        }
        mayBeConsumed = Math.max(mayBeConsumed, reachable);
    }

    /** Whether every entry before this one is legal. */
    private boolean legal(int index) {
        for (int i = 0; i < index; i++) {
            if (entries.get(i).legality() != Legality.LEGAL) {
                return false;
            }
        }
        return true;
    }

    /** How many entries there are before the first that is an error. */
    @Rule("A-CER-02")
    @Rule("A-CER-06")
    private int reachable() {
        if (errors.certainlyActive(GlobalError.CMDQ_ERR)) {
            rules.decided(ACTIVE);
            return mayBeConsumed;
        }
        int count = 0;
        while (count < entries.size() && entries.get(count).legality() != Legality.ILLEGAL) {
            count++;
        }
        rules.followed(NOT_REACHED, count < entries.size());
        return count;
    }

    /** CMDQ_CONS was read. */
    @Rule("A-CMQ-02")
    @Rule("A-CER-20")
    @Rule("A-REG-18")
    Verdict read(long value, long at) {
        if (doubts.about(Doubts.Area.COMMANDS)) {
            return doubts.verdict(Doubts.Area.COMMANDS);
        }
        int position = ring.position(value);
        int count = ring.distance(consumed, position);
        if (count > mayBeConsumed) {
            return notThere(position, count);
        }
        if (errors.certainlyActive(GlobalError.CMDQ_ERR) && running) {
            Verdict stopped = stopped(count, value);
            if (stopped != Verdict.CONFORMS) {
                return stopped;
            }
        }
        rules.decided(ORDER);
        rules.followed(CONSUMED, count > 0);
        rules.followed(REASON, (value & ERR) != 0 && !errors.maybeActive(GlobalError.CMDQ_ERR));
        observe(count, at);
        boolean stopped = errors.certainlyActive(GlobalError.CMDQ_ERR) && !errors.confused(GlobalError.CMDQ_ERR);
        if (!running || stopped) {
            mayBeConsumed = 0;
        }
        return Verdict.CONFORMS;
    }

    /** The command that consumption must not pass. */
    private String error() {
        return mayBeConsumed < entries.size() ? entries.get(mayBeConsumed).name() : "a command";
    }

    private Verdict notThere(int position, int count) {
        Finding finding = count <= entries.size()
                ? Finding.of("CMDQ_CONS passes " + error() + ", which is an error", STOPS, ACTIVE)
                : Finding.of("CMDQ_CONS.RD is not between the commands consumed and those published", ORDER);
        finding.observed("CMDQ_CONS.RD = " + Hex.of(position))
                .allowed("CMDQ_CONS.RD from " + Hex.of(consumed) + " to "
                        + Hex.of(ring.position(consumed + mayBeConsumed)));
        if (count <= entries.size() && mayBeConsumed < entries.size()) {
            finding.because("the command at " + Hex.of(ring.position(consumed + mayBeConsumed)) + " is "
                    + entries.get(mayBeConsumed).name() + ", which is an error, so that it is not consumed");
        } else {
            finding.because("exchanges before showed " + Hex.of(consumed) + ", CMDQ_PROD is "
                    + Hex.of(ring.position(registers.get(Register.CMDQ_PROD))));
        }
        return finding.verdict();
    }

    /** With CMDQ_ERR active, RD is at the command that failed, and ERR says why. */
    @Rule("A-CER-01")
    private Verdict stopped(int count, long value) {
        if (displaced || count >= entries.size()) {
            return Verdict.CONFORMS;
        }
        boolean errorAt = entries.get(count).legality() != Legality.LEGAL;
        if (!errorAt || errors.confused(GlobalError.CMDQ_ERR)) {
            return errors.confused(GlobalError.CMDQ_ERR)
                    ? Verdict.CONFORMS
                    : Finding.of("CMDQ_CONS.RD is not at the command that failed", STOPS)
                            .observed("CMDQ_CONS.RD = " + Hex.of(ring.position(consumed + count)))
                            .allowed("CMDQ_CONS.RD = " + Hex.of(ring.position(consumed + mayBeConsumed)))
                            .because("GERROR.CMDQ_ERR is active, and the command at this position is no error")
                            .verdict();
        }
        rules.decided(STOPS);
        PublishedCommand entry = entries.get(count);
        long code = (value & ERR) >>> ERR_SHIFT;
        boolean right = entry.legality() == Legality.EITHER
                ? code >= CommandError.CERROR_ILL.code() && code <= CommandError.CERROR_ATC_INV_SYNC.code()
                : code == error(entry).code();
        return right
                ? Verdict.CONFORMS
                : Finding.of("CMDQ_CONS.ERR is not the reason of the command error", STOPS)
                        .observed("CMDQ_CONS.ERR = " + code)
                        .allowed("CMDQ_CONS.ERR = " + error(entry).code() + " (" + error(entry) + ")")
                        .because("the command that failed is " + entry.name())
                        .verdict();
    }

    private static CommandError error(PublishedCommand entry) {
        return entry.fetchAborts() ? CommandError.CERROR_ABT : CommandError.CERROR_ILL;
    }

    /** The first {@code count} entries are consumed. */
    private void observe(int count, long at) {
        for (int i = 0; i < count; i++) {
            PublishedCommand entry = entries.get(i);
            effects.consumed(entry, at);
            rules.followed(NO_SIGN_OF_COMPLETION, entry.invalidation() != 0);
            if (entry.isSync()) {
                endpointsAsked = false;
                unseenSignals += signals(entry) ? 1 : 0;
                messages.sent(entry);
            }
        }
        entries.subList(0, count).clear();
        consumed = ring.position(consumed + count);
        registers.set(Register.CMDQ_CONS, ring.position(-1), consumed);
        mayBeConsumed -= count;
    }

    private static boolean signals(PublishedCommand entry) {
        return entry.command().orElse(null) instanceof Command.Sync sync && sync.signal() == Command.Signal.IRQ;
    }

    /** Interrupts of CMD_SYNCs were taken: the first CMD_SYNC that may have raised one has. */
    @Rule("A-SYN-08")
    void signalled(long at) {
        if (unseenSignals > 0) {
            unseenSignals = 0;
            return;
        }
        for (int i = 0; i < mayBeConsumed; i++) {
            if (signals(entries.get(i))) {
                rules.decided(SHOWN_COMPLETE);
                observe(i + 1, at);
                unseenSignals = 0;
                return;
            }
        }
    }

    /** Memory was read: an MSI that is found there shows that its CMD_SYNC is complete. */
    @Rule("A-SYN-08")
    void memoryRead(long address, byte[] data, long at) {
        if (messages.none()) {
            return;
        }
        for (int i = mayBeConsumed - 1; i >= 0; i--) {
            if (messages.shownBy(entries.get(i), address, data)) {
                rules.decided(SHOWN_COMPLETE);
                observe(i + 1, at);
                return;
            }
        }
    }

    /** Memory was written by somebody else. */
    @Rule("A-CMQ-06")
    void memoryWritten(long address, int length, long at) {
        messages.memoryWritten(address, length);
        if (entries.isEmpty() || !running || !ring.overlaps(address, length)) {
            return;
        }
        if (errors.certainlyActive(GlobalError.CMDQ_ERR) && mayBeConsumed == 0) {
            return;
        }
        for (int i = 0; i < entries.size(); i++) {
            rewriteIfChanged(i);
        }
        reach(at);
    }

    /** Every command that can be consumed has been. */
    void becomeIdle(long at) {
        if (!control.certainlySet(CMDQEN) || errors.confused(GlobalError.CMDQ_ERR)) {
            return;
        }
        if (errors.maybeActive(GlobalError.CMDQ_ERR)) {
            return;
        }
        int count = 0;
        while (count < mayBeConsumed && entries.get(count).legality() == Legality.LEGAL) {
            count++;
        }
        observe(count, at);
        if (!entries.isEmpty() && entries.get(0).legality() == Legality.ILLEGAL) {
            interrupts.error(GlobalError.CMDQ_ERR, true, at);
        }
    }
}
