package org.nestor.smmu.command;

import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.command.InvalidationCommand.CfgiCd;
import org.nestor.smmu.command.InvalidationCommand.CfgiCdAll;
import org.nestor.smmu.command.InvalidationCommand.CfgiSte;
import org.nestor.smmu.command.InvalidationCommand.CfgiSteRange;
import org.nestor.smmu.fault.StalledTransactions;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.interrupt.InterruptController;
import org.nestor.smmu.register.Enable;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterBank;
import org.nestor.smmu.register.RegisterLayouts;
import org.nestor.smmu.transaction.PageResponse;

/** Gives commands their effect, each wholly before the next. */
public class CommandExecutor {
    private static final RuleId OUT_OF_RANGE = RuleId.of("A-CMQ-13");
    private static final RuleId IGNORED_WHILE_DISABLED = RuleId.of("A-ATS-12");
    private static final RuleId PREFETCH_WHILE_DISABLED = RuleId.of("A-PRF-03");
    private static final RuleId ATC_INVALIDATED = RuleId.of("A-ATS-10");
    private static final RuleId ATC_TIMED_OUT = RuleId.of("A-CER-19");
    private static final RuleId SYNCHRONISED = RuleId.of("A-SYN-01");
    private static final RuleId WHILE_DISABLED = RuleId.of("A-CTL-07");
    private static final RuleId VMID_BITS_IGNORED = RuleId.of("C-INV-02");
    private static final RuleId PREFETCH_OUT_OF_RANGE = RuleId.of("A-CMQ-14");
    private static final RuleId CONFIGURATION_PREFETCHED = RuleId.of("A-PRF-01");
    private static final RuleId ADDRESS_PREFETCHED = RuleId.of("A-PRF-02");
    private static final RuleId ANY_PASID = RuleId.of("A-ATS-11");
    private static final RuleId RESPONDED = RuleId.of("A-PRI-04");
    private static final RuleId GROUP_UNKNOWN = RuleId.of("A-PRI-05");
    private static final RuleId AT_ONCE = RuleId.of("A-SYN-04");
    private static final RuleId WAITS_FOR_ENDPOINTS = RuleId.of("A-SYN-05");
    private static final RuleId INTERRUPT = RuleId.of("A-SYN-06");
    private static final RuleId EVENT = RuleId.of("A-SYN-07");
    private static final RuleId ENDPOINT_CACHE = RuleId.of("C-CMP-10");
    private static final Field VMW = RegisterLayouts.CR0.field("VMW");
    private static final int VMW_MAXIMUM = 4;

    private final RegisterBank bank;
    private final IdRegisters ids;
    private final CacheMaintenance caches;
    private final StalledTransactions<?> stalls;
    private final Endpoints endpoints;
    private final InterruptController interrupts;
    private final RuleLog rules;
    private boolean atcTimedOut;

    public CommandExecutor(
            RegisterBank bank,
            IdRegisters ids,
            CacheMaintenance caches,
            StalledTransactions<?> stalls,
            Endpoints endpoints,
            InterruptController interrupts,
            RuleLog rules) {
        this.bank = bank;
        this.ids = ids;
        this.caches = caches;
        this.stalls = stalls;
        this.endpoints = endpoints;
        this.interrupts = interrupts;
        this.rules = rules;
    }

    /**
     * Executes a command.
     *
     * @return false for a CMD_SYNC that cannot complete because an ATC invalidation timed out: CERROR_ATC_INV_SYNC
     */
    public boolean execute(Command command) {
        if (command instanceof InvalidationCommand invalidation) {
            invalidate(invalidation);
        } else if (command instanceof Command.Sync) {
            return synchronise();
        } else if (command instanceof Command.Resume resume) {
            resume(resume);
        } else if (command instanceof Command.StallTerm term) {
            terminate(term);
        } else if (command instanceof Command.AtcInv invalidation) {
            invalidateEndpoint(invalidation);
        } else if (command instanceof Command.PriResp response) {
            respond(response);
        } else if (command instanceof Command.PrefetchConfig prefetch) {
            prefetch(prefetch);
        } else if (command instanceof Command.PrefetchAddr prefetch) {
            prefetch(prefetch);
        }
        return true;
    }

    /** CFGI and TLBI commands, whether or not SMMUEN is 1 and anything matches them. */
    @Rule("A-CTL-07")
    @Rule("A-CMQ-12")
    protected void invalidate(InvalidationCommand command) {
        rules.followed(WHILE_DISABLED, !bank.enabled(Enable.SMMUEN));
        if (inRange(command)) {
            caches.invalidate(command, vmidIgnoredBits());
        }
    }

    /** How many low VMID bits matching ignores, by CR0.VMW as acknowledged; the reserved values ignore none. */
    @Rule("A-CMQ-11")
    @Rule("C-INV-02")
    protected int vmidIgnoredBits() {
        int vmw = (int) bank.get(Register.CR0ACK, VMW);
        rules.followed(VMID_BITS_IGNORED, vmw != 0);
        return vmw <= VMW_MAXIMUM ? vmw : 0;
    }

    private boolean inRange(InvalidationCommand command) {
        if (command instanceof CfgiSte cfgi) {
            return inRange(cfgi.streamId(), 0);
        } else if (command instanceof CfgiSteRange cfgi) {
            return inRange(firstOf(cfgi), 0);
        } else if (command instanceof CfgiCd cfgi) {
            return inRange(cfgi.streamId(), cfgi.substreamId());
        } else if (command instanceof CfgiCdAll cfgi) {
            return inRange(cfgi.streamId(), 0);
        }
        return true;
    }

    private static int firstOf(CfgiSteRange command) {
        return (int) (Integer.toUnsignedLong(command.streamId()) & -2L << command.range());
    }

    /** A command whose StreamID or SubstreamID is out of range has no effect, out of what is CONSTRAINED UNPREDICTABLE. */
    @Rule("A-CMQ-13")
    protected boolean inRange(int streamId, int substreamId) {
        boolean inRange =
                Integer.toUnsignedLong(streamId) >>> ids.sidSize() == 0 && substreamId >>> ids.ssidSize() == 0;
        if (!inRange) {
            rules.decided(OUT_OF_RANGE);
        }
        return inRange;
    }

    /** Prefetches are hints, and go to the caches as such, while SMMUEN = 1. */
    @Rule("A-CMQ-14")
    @Rule("A-PRF-01")
    protected void prefetch(Command.PrefetchConfig command) {
        if (prefetches() && prefetchable(command.streamId(), command.substreamId())) {
            rules.decided(CONFIGURATION_PREFETCHED);
            caches.prefetchConfiguration(command.streamId(), command.ssv() ? command.substreamId() : 0);
        }
    }

    /** As {@link #prefetch(Command.PrefetchConfig)}. */
    @Rule("A-CMQ-14")
    @Rule("A-PRF-02")
    protected void prefetch(Command.PrefetchAddr command) {
        if (prefetches() && prefetchable(command.streamId(), command.substreamId())) {
            rules.decided(ADDRESS_PREFETCHED);
            caches.prefetchAddress(command.streamId(), command.ssv() ? command.substreamId() : 0, command.address());
        }
    }

    /** A prefetch that is out of range is dropped, and no error. */
    @Rule("A-CMQ-14")
    private boolean prefetchable(int streamId, int substreamId) {
        boolean inRange = inRange(streamId, substreamId);
        rules.followed(PREFETCH_OUT_OF_RANGE, !inRange);
        return inRange;
    }

    @Rule("A-PRF-03")
    @Rule("A-CTL-06")
    protected boolean prefetches() {
        if (!bank.enabled(Enable.SMMUEN)) {
            rules.decided(PREFETCH_WHILE_DISABLED);
        }
        return bank.enabled(Enable.SMMUEN);
    }

    /** Sends the invalidation; what becomes of it is the business of the next CMD_SYNC. */
    @Rule("A-ATS-10")
    @Rule("A-ATS-12")
    @Rule("C-CMP-10")
    protected void invalidateEndpoint(Command.AtcInv command) {
        if (reachesEndpoints() && inRange(command.streamId(), command.substreamId())) {
            rules.decided(ATC_INVALIDATED);
            rules.decided(ENDPOINT_CACHE);
            rules.followed(ANY_PASID, !command.ssv());
            atcTimedOut |= !endpoints.invalidate(command);
        }
    }

    /** Sends the response as it is: the SMMU knows nothing of the group it names. */
    @Rule("A-PRI-04")
    @Rule("A-PRI-05")
    @Rule("A-ATS-12")
    protected void respond(Command.PriResp command) {
        PageResponse response = command.response();
        if (reachesEndpoints() && inRange(response.streamId(), response.substreamId())) {
            rules.decided(RESPONDED);
            rules.decided(GROUP_UNKNOWN);
            endpoints.respond(response);
        }
    }

    /** While SMMUEN = 0, commands for endpoints are ignored. */
    @Rule("A-ATS-12")
    protected boolean reachesEndpoints() {
        if (!bank.enabled(Enable.SMMUEN)) {
            rules.decided(IGNORED_WHILE_DISABLED);
        }
        return bank.enabled(Enable.SMMUEN);
    }

    @Rule("A-SYN-04")
    protected void resume(Command.Resume command) {
        rules.decided(AT_ONCE);
        stalls.resume(command.streamId(), command.stag(), command.retry(), command.abort());
    }

    @Rule("A-SYN-04")
    protected void terminate(Command.StallTerm command) {
        rules.decided(AT_ONCE);
        stalls.terminate(command.streamId());
    }

    /**
     * Completes every earlier command. Accesses and hardware updates are performed within the DMA that makes them, so that none is
     * left to wait for. Only an ATC invalidation can fail to complete: then the CMD_SYNC is not consumed, and succeeds when it
     * is attempted again after the error was acknowledged.
     */
    @Rule("A-SYN-01")
    @Rule("A-SYN-02")
    @Rule("A-SYN-05")
    @Rule("A-CER-19")
    @Rule("C-CMP-03")
    @Rule("C-CMP-04")
    @Rule("C-CMP-05")
    @Rule("C-CMP-06")
    protected boolean synchronise() {
        if (atcTimedOut) {
            rules.decided(ATC_TIMED_OUT);
            rules.decided(WAITS_FOR_ENDPOINTS);
            atcTimedOut = false;
            return false;
        }
        rules.decided(SYNCHRONISED);
        caches.synchronise();
        stalls.synchronise();
        return true;
    }

    /** Tells software that a CMD_SYNC has completed, after CMDQ_CONS shows it. */
    @Rule("A-SYN-06")
    @Rule("A-SYN-07")
    public void signal(Command.Sync command) {
        switch (command.signal()) {
            case NONE -> {}
            case IRQ -> {
                rules.decided(INTERRUPT);
                interrupts.synchronisation(command.msiAddress(), command.msiData());
            }
            case SEV -> wakeUp();
        }
    }

    /** Without IDR0.SEV, SIG_SEV acts as SIG_NONE. */
    @Rule("A-SYN-07")
    protected void wakeUp() {
        rules.decided(EVENT);
        if (ids.sev()) {
            interrupts.wakeUp();
        }
    }
}
