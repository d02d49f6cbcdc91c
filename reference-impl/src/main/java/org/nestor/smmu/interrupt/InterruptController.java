package org.nestor.smmu.interrupt;

import java.util.ArrayList;
import java.util.List;
import org.nestor.memory.ExternalAbort;
import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterBank;
import org.nestor.smmu.register.RegisterLayouts;

/**
 * Raises interrupts: by wire, with one edge for each assertion, and beside that by MSI where IDR0.MSI = 1 and an address is set.
 *
 * <p>This SMMU has a wired output for each source, asserted whatever the MSI address is, and coalesces nothing.
 */
public class InterruptController {
    private static final RuleId MSI_DISABLED = RuleId.of("A-IRQ-05");
    private static final RuleId MSI_ABORTED = RuleId.of("A-GER-09");
    private static final RuleId WIRED = RuleId.of("A-IRQ-06");
    private static final RuleId DISABLED = RuleId.of("A-IRQ-01");
    private static final RuleId EVENT_RECORDED = RuleId.of("A-IRQ-02");
    private static final RuleId PAGE_REQUESTED = RuleId.of("A-IRQ-04");
    private static final RuleId ERROR_ACTIVE = RuleId.of("A-GER-05");
    private static final RuleId SYNC_MSI_ABORTED = RuleId.of("A-SYN-09");
    private static final RuleId TRUNCATED = RuleId.of("A-SYN-10");
    private static final Field MSI_ADDRESS = RegisterLayouts.IRQ_CFG0.field("ADDR");

    private final RegisterBank bank;
    private final IdRegisters ids;
    private final PhysicalMemory memory;
    private final GlobalErrors errors;
    private final RuleLog rules;
    private final List<Interrupt> raised = new ArrayList<>();
    private long events;

    public InterruptController(
            RegisterBank bank, IdRegisters ids, PhysicalMemory memory, GlobalErrors errors, RuleLog rules) {
        this.bank = bank;
        this.ids = ids;
        this.memory = memory;
        this.errors = errors;
        this.rules = rules;
    }

    /** The event queue has gone from empty to non-empty. */
    @Rule("A-IRQ-02")
    public void eventQueue() {
        raise(Interrupt.EVENTQ, Interrupt.Configuration.EVENTQ, EVENT_RECORDED);
    }

    /** The PRI queue has gone from empty to non-empty, or with PRIQ_IRQ_CFG2.LO a last request has come. */
    @Rule("A-IRQ-04")
    public void pageRequestQueue() {
        raise(Interrupt.PRIQ, Interrupt.Configuration.PRIQ, PAGE_REQUESTED);
    }

    /** A CMD_SYNC with CS = SIG_IRQ has completed. It needs no enable bit. */
    @Rule("A-SYN-06")
    public void synchronisation(long msiAddress, int msiData) {
        signal(Interrupt.CMDQ_SYNC, msiAddress, msiData);
    }

    /** Wakes PEs by an event, as CMD_SYNC with CS = SIG_SEV asks. */
    public void wakeUp() {
        events++;
    }

    /** Activates an error condition, and tells software if that is new. */
    @Rule("A-GER-05")
    public void error(GlobalError error) {
        if (errors.activate(error) && error != GlobalError.MSI_GERROR_ABT_ERR) {
            raise(Interrupt.GERROR, Interrupt.Configuration.GERROR, ERROR_ACTIVE);
        }
    }

    private void raise(Interrupt source, Interrupt.Configuration configuration, RuleId cause) {
        boolean enabled = enabled(configuration.enable);
        rules.decided(enabled ? cause : DISABLED);
        if (enabled) {
            signal(source, MSI_ADDRESS.inPlace(bank.get(configuration.address)), bank.get32(configuration.data));
        }
    }

    /** The source is on, as acknowledged. */
    @Rule("A-IRQ-01")
    protected boolean enabled(Field irqen) {
        return bank.isSet(Register.IRQ_CTRLACK, irqen);
    }

    private void signal(Interrupt source, long address, int data) {
        if (sendsMsi(address)) {
            send(source, msiTarget(address), data);
        }
        if (wired(source)) {
            rules.decided(WIRED);
            raised.add(source);
        }
    }

    /** The test for zero is on the whole field, before {@link #msiTarget} truncates it. */
    @Rule("A-IRQ-05")
    @Rule("A-SYN-06")
    protected boolean sendsMsi(long address) {
        if (address == 0) {
            rules.decided(MSI_DISABLED);
        }
        return ids.msi() && address != 0;
    }

    /** MSI addresses are truncated to OAS, those of the *_IRQ_CFG0 registers too. */
    @Rule("A-SYN-10")
    protected long msiTarget(long address) {
        long target = address & (1L << ids.oas()) - 1;
        rules.followed(TRUNCATED, target != address);
        return target;
    }

    /** A wired output exists for every source. */
    @Rule("A-IRQ-06")
    protected boolean wired(Interrupt source) {
        return true;
    }

    /** An aborted MSI is lost, and nothing else changes. */
    @Rule("A-GER-09")
    @Rule("A-SYN-09")
    private void send(Interrupt source, long address, int data) {
        try {
            memory.write(
                    address, new byte[] {(byte) data, (byte) (data >>> 8), (byte) (data >>> 16), (byte) (data >>> 24)});
        } catch (ExternalAbort abort) {
            rules.decided(MSI_ABORTED);
            rules.followed(SYNC_MSI_ABORTED, source == Interrupt.CMDQ_SYNC);
            error(source.msiError());
        }
    }

    /** The edges of the wired outputs since the last call, oldest first; one entry for each assertion. */
    @Rule("A-IRQ-07")
    public List<Interrupt> take() {
        List<Interrupt> taken = List.copyOf(raised);
        raised.clear();
        return taken;
    }

    /** How many events CMD_SYNC has sent to PEs. */
    public long eventsSent() {
        return events;
    }
}
