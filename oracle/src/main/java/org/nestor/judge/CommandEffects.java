package org.nestor.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nestor.allowed.AllowedTranslations;
import org.nestor.allowed.InvalidationLog;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.command.Command;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterLayouts;
import org.nestor.smmu.transaction.Transaction;

/** What commands do to the rest of the SMMU: what they may do from their publication on, and what they have done when consumed. */
final class CommandEffects {
    private static final RuleId CONFIGURATION_AHEAD = RuleId.of("A-PRF-01");
    private static final RuleId ADDRESS_AHEAD = RuleId.of("A-PRF-02");
    private static final RuleId VMID_BITS_IGNORED = RuleId.of("C-INV-02");
    private static final RuleId OLD_OR_NEW = RuleId.of("A-CMQ-11");
    private static final RuleId SYNC_IS_COMPLETE = RuleId.of("A-CMQ-05");
    private static final RuleId COMPLETE = RuleId.of("C-CMP-01");
    private static final RuleId COMPLETED_BY_SYNC = RuleId.of("A-SYN-02");
    private static final RuleId SYNCHRONISED = RuleId.of("A-SYN-01");
    private static final Field E2H = RegisterLayouts.CR2.field("E2H");
    private static final int VMW_SHIFT = RegisterLayouts.CR0.field("VMW").low();
    private static final int VMW_MASK = 7;
    private static final int VMW_MAXIMUM = 4;
    private static final int REMEMBERED = 4;

    private final InvalidationLog log;
    private final AllowedTranslations allowed;
    private final RegisterValues registers;
    private final AcknowledgedBits control;
    private final Interrupts interrupts;
    private final Events events;
    private final Stalls stalls;
    private final RuleLog rules;
    /** Numbers of consumed invalidations that no CMD_SYNC is behind yet. */
    private final List<Long> open = new ArrayList<>();
    /** The last completed ones, in words, newest last. */
    private final List<String> completed = new ArrayList<>();

    private final List<String> openNames = new ArrayList<>();
    /** Of the invalidations that the log remembers, by their numbers. */
    private final Map<Long, String> names = new HashMap<>();

    CommandEffects(
            InvalidationLog log,
            AllowedTranslations allowed,
            RegisterValues registers,
            AcknowledgedBits control,
            Interrupts interrupts,
            Events events,
            Stalls stalls,
            RuleLog rules) {
        this.log = log;
        this.allowed = allowed;
        this.registers = registers;
        this.control = control;
        this.interrupts = interrupts;
        this.events = events;
        this.stalls = stalls;
        this.rules = rules;
    }

    /** From now on the command may be executed. */
    void published(PublishedCommand entry, boolean binding, long at) {
        if (entry.command().isEmpty()) {
            return;
        }
        Command command = entry.command().get();
        if (command instanceof InvalidationCommand invalidation) {
            if (binding) {
                boolean e2h = registers.bank().isSet(Register.CR2, E2H);
                entry.number(log.publish(invalidation, vmidIgnoredBits(), e2h, at));
                names.put(entry.invalidation(), entry.name());
                names.remove(entry.invalidation() - InvalidationLog.LIMIT);
            }
        } else if (command instanceof Command.Sync sync) {
            if (sync.signal() == Command.Signal.IRQ) {
                interrupts.causeSynchronisation(sync.msiAddress(), sync.msiData(), at);
            }
        } else if (command instanceof Command.PrefetchConfig prefetch) {
            rules.decided(CONFIGURATION_AHEAD);
            prefetched(prefetch.streamId(), prefetch.ssv(), prefetch.substreamId(), at);
        } else if (command instanceof Command.PrefetchAddr prefetch) {
            rules.decided(ADDRESS_AHEAD);
            prefetched(prefetch.streamId(), prefetch.ssv(), prefetch.substreamId(), at);
        } else {
            stalls.mayAnswer(command, at);
        }
    }

    /** From now on an SMMU may walk for the stream, of which no DMA need have come. */
    @Rule("A-PRF-01")
    @Rule("A-PRF-02")
    private void prefetched(int streamId, boolean ssv, int substreamId, long at) {
        Transaction read = Transaction.read(streamId, 0);
        allowed.prefetched(read, at);
        if (ssv) {
            allowed.prefetched(read.withSubstream(substreamId), at);
        }
    }

    /** How many low VMID bits matching ignores at least. */
    @Rule("A-CMQ-11")
    @Rule("C-INV-02")
    private int vmidIgnoredBits() {
        int highest = ignored(control.highest());
        int lowest = ignored(control.lowest());
        rules.followed(OLD_OR_NEW, highest != lowest);
        rules.followed(VMID_BITS_IGNORED, highest != 0 || lowest != 0);
        return Math.min(highest, lowest);
    }

    private static int ignored(long cr0) {
        int vmw = (int) (cr0 >>> VMW_SHIFT) & VMW_MASK;
        return vmw <= VMW_MAXIMUM ? vmw : 0;
    }

    /** The command was consumed, as software has seen now. */
    @Rule("A-CMQ-05")
    @Rule("C-CMP-01")
    void consumed(PublishedCommand entry, long at) {
        if (entry.invalidation() != 0) {
            open.add(entry.invalidation());
            openNames.add(entry.name() + " of exchange " + entry.published());
        }
        if (entry.isSync()) {
            synchronised(entry, at);
        } else {
            entry.command().ifPresent(command -> stalls.answered(command, at));
        }
    }

    private void synchronised(PublishedCommand sync, long at) {
        rules.decided(SYNC_IS_COMPLETE);
        rules.decided(SYNCHRONISED);
        rules.followed(COMPLETE, !open.isEmpty());
        rules.followed(COMPLETED_BY_SYNC, !open.isEmpty());
        for (long number : open) {
            log.complete(number, at);
        }
        open.clear();
        for (String name : openNames) {
            completed.add(name + " is complete: the CMD_SYNC of exchange " + sync.published()
                    + " behind it was seen complete at exchange " + at);
        }
        openNames.clear();
        while (completed.size() > REMEMBERED) {
            completed.remove(0);
        }
        events.synchronised(sync.published(), at);
        if (sync.command().orElseThrow() instanceof Command.Sync command && command.signal() == Command.Signal.IRQ) {
            interrupts.synchronised(sync.published());
        }
    }

    /** The name of an invalidation. */
    String name(long invalidation) {
        return names.getOrDefault(invalidation, "an invalidation");
    }

    /** The last invalidations that are known to be complete, for explanations. */
    List<String> completed() {
        return List.copyOf(completed);
    }
}
