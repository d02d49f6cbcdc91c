package org.nestor.properties.bugs;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nestor.generators.vectors.Commands;
import org.nestor.generators.vectors.Driver;
import org.nestor.generators.vectors.Machine;
import org.nestor.memory.SparseMemory;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.DmaResult;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.SmmuParts;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.tables.BumpAllocator;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.LinearStreamTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Stage2Bits;
import org.nestor.tables.Ste;
import org.nestor.tables.StreamTable;
import org.nestor.tables.TableSpace;

/**
 * An SMMU with memory and software around it: registers, memory, commands and DMAs, and nothing behind them.
 *
 * <p>Tables of the host go to physical addresses from 0x10000000 on. Those of a guest go to {@link #GUEST} and point to one another by
 * IPA; {@link #guestStage2} maps that window page by page.
 */
final class Rig {
    static final int STREAM = 3;
    static final int VMID = 7;
    static final int ASID = 5;
    static final long GUEST = 0x2000_0000L;
    static final long GUEST_END = 0x2080_0000L;

    /** Where no memory answers. */
    static final long HOLE = 0x8_0000_0000L;

    static final long COMMANDS = 0x30_0000;
    static final long EVENTS = 0x31_0000;
    static final long REQUESTS = 0x32_0000;
    static final long NON_GLOBAL = Stage1Bits.READ_WRITE | Stage1Bits.NG;

    private static final long MEMORY = 0x4_0000_0000L;
    private static final long GUEST_OFFSET = 0x10_0000_0000L;
    private static final int DMA_BYTES = 4;

    final Smmu smmu;
    final TableSpace host;
    final TableSpace guest;
    final Driver driver;
    private final SparseMemory memory = SparseMemory.ram(0, MEMORY);
    private StreamTable streams;

    Rig(IdRegisters ids, SmmuParts parts) {
        smmu = new Smmu(ids, memory, parts, RuleLog.NONE);
        host = TableSpace.physical(memory, new BumpAllocator(0x1000_0000, GUEST));
        guest = TableSpace.physical(memory, new BumpAllocator(GUEST, GUEST_END))
                .seenAs(physical -> physical + GUEST_OFFSET);
        driver = new Driver(Machine.of(smmu), host);
        streams = new LinearStreamTable(host, 4);
    }

    Rig streams(StreamTable table) {
        streams = table;
        return this;
    }

    Rig ste(int streamId, Ste ste) {
        streams.put(streamId, ste);
        return this;
    }

    Rig start() {
        driver.start(streams);
        return this;
    }

    /** Changes bits of STRTAB_BASE, which SMMUEN = 0 allows, and enables the SMMU again. */
    Rig base(long base) {
        long enabled = smmu.read(Register.CR0);
        smmu.write(Register.CR0, enabled & ~1);
        smmu.write(Register.STRTAB_BASE, base);
        smmu.write(Register.CR0, enabled);
        return this;
    }

    /** {@link #STREAM} with stage 1 alone. */
    Rig stage1(Cd cd) {
        return ste(STREAM, Ste.stage1(LinearCdTable.single(host, cd.asid(ASID))).s2vmid(VMID))
                .start();
    }

    /** {@link #STREAM} with both stages, its CD and tables in the guest's memory. */
    Rig nested(PageTable stage1, PageTable stage2) {
        Cd cd = Cd.of(stage1).asid(ASID);
        return ste(STREAM, Ste.nested(LinearCdTable.single(guest, cd), stage2).s2vmid(VMID))
                .start();
    }

    PageTable table() {
        return PageTable.stage1(host, Granule.KB4, 39);
    }

    PageTable guestTable() {
        return PageTable.stage1(guest, Granule.KB4, 39);
    }

    /** A stage 2 table that maps the guest's structures by 4 KiB pages, and nothing else. */
    PageTable guestStage2() {
        long pages = GUEST_END - GUEST >> 12;
        return stage2().mapPages(GUEST + GUEST_OFFSET, GUEST, pages, Stage2Bits.READ_WRITE);
    }

    PageTable stage2() {
        return PageTable.stage2(host, Granule.KB4, 39, 1);
    }

    void store(long address, long doubleword) {
        memory.write64(address, doubleword);
    }

    long load(long address) {
        return memory.read64(address);
    }

    /** Publishes commands with a CMD_SYNC behind them, and waits for that. */
    void complete(CommandRecord... commands) {
        driver.complete(commands);
    }

    CommandRecord nhVa(long address) {
        return Commands.nhVa(VMID, ASID, address, false);
    }

    String read(long address) {
        return read(STREAM, address);
    }

    /** The physical address that a read reached, or how it ended and which records it left. */
    String read(int streamId, long address) {
        return outcome(smmu.dma(Transaction.read(streamId, address), new byte[0], DMA_BYTES));
    }

    String write(long address) {
        return outcome(smmu.dma(Transaction.write(STREAM, address), new byte[DMA_BYTES], DMA_BYTES));
    }

    private String outcome(DmaResult result) {
        String end = result instanceof DmaResult.Ok ok
                ? "0x" + Long.toHexString(ok.physicalAddress())
                : result instanceof DmaResult.Abort ? "abort" : result.toString();
        return driver.takeEvents().stream().map(Rig::text).reduce(end, (all, next) -> all + " " + next);
    }

    private static String text(EventRecord event) {
        String name = event.type().map(EventType::name).orElse("record 0x" + Integer.toHexString(event.code()));
        boolean translation = event.type().map(EventType::isTranslationRelated).orElse(false);
        return translation && event.s2() ? name + " S2" : name;
    }

    /**
     * The record that a read leaves.
     *
     * @throws IllegalStateException if it leaves none
     */
    EventRecord record(int streamId, long address) {
        smmu.dma(Transaction.read(streamId, address), new byte[0], DMA_BYTES);
        return driver.takeEvents().stream().findFirst().orElseThrow(() -> new IllegalStateException("no record"));
    }

    /** Queues of a size that matters, at {@link #COMMANDS}, {@link #EVENTS} and {@link #REQUESTS}, and a table of invalid STEs. */
    Rig queues(int log2Entries) {
        smmu.write(Register.STRTAB_BASE, streams.strtabBase());
        smmu.write(Register.STRTAB_BASE_CFG, streams.strtabBaseCfg());
        smmu.write(Register.CMDQ_BASE, COMMANDS | log2Entries);
        smmu.write(Register.EVENTQ_BASE, EVENTS | log2Entries);
        smmu.write(Register.PRIQ_BASE, REQUESTS | log2Entries);
        return this;
    }

    void enable() {
        smmu.write(Register.CR0, 0b1111);
    }

    void place(int slot, CommandRecord command) {
        store(COMMANDS + (long) CommandRecord.BYTES * slot, command.dw0());
        store(COMMANDS + (long) CommandRecord.BYTES * slot + 8, command.dw1());
    }

    /** A read that is refused, its records left in the queue. */
    void fault() {
        smmu.dma(Transaction.read(STREAM, 0), new byte[0], DMA_BYTES);
    }

    String shown(Register... registers) {
        return Stream.of(registers)
                .map(register -> register + "=" + Long.toHexString(smmu.read(register)))
                .collect(Collectors.joining(" "));
    }
}
