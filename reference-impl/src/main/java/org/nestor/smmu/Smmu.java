package org.nestor.smmu;

import java.util.List;
import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.interrupt.Interrupt;
import org.nestor.smmu.queue.PageRequestResult;
import org.nestor.smmu.register.Enable;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterBank;
import org.nestor.smmu.register.RegisterLayouts;
import org.nestor.smmu.transaction.AtsKind;
import org.nestor.smmu.transaction.PageRequest;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.GlobalConfiguration;
import org.nestor.smmu.walk.TranslationOutcome;

/**
 * An SMMUv3 behind its architectural interface: registers, transactions, page requests and interrupts, over physical memory that
 * software shares.
 *
 * <p>Everything happens within the call that causes it: a register write that publishes commands consumes them, one that changes
 * CR0 is acknowledged, a CMD_RESUME retries its transaction. Not safe for use by several threads.
 */
public final class Smmu {
    private static final RuleId ENABLED = RuleId.of("A-CTL-04");
    private static final RuleId DISABLED = RuleId.of("A-CTL-05");

    /** The register pages span this many bytes. */
    public static final long REGISTER_BYTES = 0x20000;

    private static final Field ATSCHK = RegisterLayouts.CR0.field("ATSCHK");

    private final SmmuParts parts;
    private final PhysicalMemory memory;
    private final RuleLog rules;
    private Assembly assembly;
    private TranslationPath path;
    private boolean enabled;
    private GlobalConfiguration configuration = GlobalConfiguration.RESET;

    /** An SMMU in its power-on state. Memory is left as it is. */
    public Smmu(IdRegisters ids, PhysicalMemory memory, SmmuParts parts, RuleLog rules) {
        this.parts = parts;
        this.memory = memory;
        this.rules = rules;
        this.assembly = Assembly.of(parts, ids, memory, rules);
        this.path = assembly.path();
        powerOn();
    }

    public IdRegisters ids() {
        return assembly.ids();
    }

    public PhysicalMemory memory() {
        return memory;
    }

    /** Power-on state with the same ID registers: registers at reset, memory zero, caches empty, nothing held or raised. */
    public void reset() {
        reset(assembly.ids());
    }

    /** Power-on state with other ID registers. */
    @Rule("A-CTL-14")
    public void reset(IdRegisters ids) {
        memory.clear();
        assembly = Assembly.of(parts, ids, memory, rules);
        path = assembly.path();
        powerOn();
    }

    private void powerOn() {
        enabled = false;
        configuration = currentConfiguration();
        assembly.translator().configure(configuration);
        settle();
    }

    /**
     * Reads a register, or what is in its place.
     *
     * @param offset from the base of page 0, below {@link #REGISTER_BYTES}, any alignment
     * @param size 1, 2, 4 or 8 bytes
     * @return the value, zero-extended; 0 where the access is not supported
     * @throws IllegalArgumentException if the access lies outside the register pages or has another size
     */
    public long readRegister(long offset, int size) {
        requireRegisterAccess(offset, size);
        return assembly.registers().read(offset, size);
    }

    /** Writes a register, with the effects that has; arguments and exception as {@link #readRegister}. */
    public void writeRegister(long offset, int size, long value) {
        requireRegisterAccess(offset, size);
        assembly.registers().write(offset, size, value);
        settle();
    }

    private static void requireRegisterAccess(long offset, int size) {
        boolean sized = size == 1 || size == 2 || size == 4 || size == 8;
        if (!sized || offset < 0 || offset > REGISTER_BYTES - size) {
            throw new IllegalArgumentException(
                    "register access of " + size + " bytes at 0x" + Long.toHexString(offset));
        }
    }

    /** Reads a register at its natural width. */
    public long read(Register register) {
        return readRegister(register.offset(), register.width() / 8);
    }

    /** Writes a register at its natural width. */
    public void write(Register register, long value) {
        writeRegister(register.offset(), register.width() / 8, value);
    }

    /**
     * Translates without access, event or stall; hardware updates and cache fills apart, nothing changes.
     */
    public TranslationOutcome translate(Transaction transaction) {
        return path.translate(transaction);
    }

    /**
     * Carries out a DMA. It is split where it crosses a 4 KiB boundary, and each part is a transaction of its own.
     *
     * @param transaction the first part; its address is that of the first byte
     * @param data what a write writes; empty for a read or a Translation Request
     * @param length bytes, positive; for a write the length of {@code data}; without meaning for a Translation Request
     * @throws IllegalArgumentException if {@code length} and {@code data} do not fit the access
     */
    public DmaResult dma(Transaction transaction, byte[] data, int length) {
        if (transaction.ats() == AtsKind.TRANSLATION_REQUEST) {
            return assembly.dma().request(transaction);
        }
        if (length <= 0 || data.length != (transaction.isWrite() ? length : 0)) {
            throw new IllegalArgumentException(
                    transaction.access() + " of " + length + " bytes with " + data.length + " bytes of data");
        }
        Dma dma = transaction.isWrite() ? Dma.write(transaction, data) : Dma.read(transaction, length);
        return assembly.dma().submit(transaction, dma);
    }

    /** A page request of an endpoint. */
    public PageRequestResult pageRequest(PageRequest request) {
        return assembly.pageRequests()
                .append(request, () -> assembly.translator().priResponsePasid(request.streamId()));
    }

    /** Lets time pass until nothing more happens by itself, and tells which held DMAs have ended since the last call. */
    public List<CompletedStall> step() {
        settle();
        return assembly.dma().takeCompleted();
    }

    /** The interrupts raised since the last call, oldest first: one entry for each edge of a wired output. */
    public List<Interrupt> takeInterrupts() {
        return assembly.interrupts().take();
    }

    /** How many events CMD_SYNC has sent to PEs since the reset. */
    public long eventsSent() {
        return assembly.interrupts().eventsSent();
    }

    private void settle() {
        assembly.registers().acknowledge();
        followEnable();
        followConfiguration();
        assembly.commands().run();
        assembly.dma().progress();
    }

    @Rule("A-CTL-04")
    @Rule("A-CTL-05")
    @Rule("A-CTL-13")
    private void followEnable() {
        boolean now = assembly.bank().enabled(Enable.SMMUEN);
        rules.followed(ENABLED, now && !enabled);
        rules.followed(DISABLED, enabled && !now);
        if (enabled && !now) {
            assembly.stalls().terminateAll();
        }
        enabled = now;
        path.enable(now);
    }

    private void followConfiguration() {
        GlobalConfiguration now = currentConfiguration();
        if (!now.equals(configuration)) {
            configuration = now;
            assembly.translator().configure(now);
        }
    }

    private GlobalConfiguration currentConfiguration() {
        RegisterBank bank = assembly.bank();
        return new GlobalConfiguration(
                bank.enabled(Enable.SMMUEN),
                bank.get(Register.STRTAB_BASE),
                bank.get32(Register.STRTAB_BASE_CFG),
                bank.get32(Register.CR2),
                bank.isSet(Register.CR0ACK, ATSCHK));
    }
}
