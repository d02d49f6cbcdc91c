package org.nestor.properties.caching;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nestor.generators.vectors.Commands;
import org.nestor.generators.vectors.Driver;
import org.nestor.generators.vectors.Machine;
import org.nestor.memory.SparseMemory;
import org.nestor.rule.Rule;
import org.nestor.smmu.CompletedStall;
import org.nestor.smmu.DmaResult;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.format.CommandOpcode;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.transaction.AtsKind;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.tables.BumpAllocator;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.LinearStreamTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Ste;
import org.nestor.tables.TableSpace;

/** What CMD_SYNC waits for besides the caches, and what it does not wait for. The SMMU remembers everything. */
class CompletionTests {
    private static final int STREAM = 1;
    private static final int VMID = 3;
    private static final int ASID = 5;
    private static final long ADDRESS = 0x1040_5000L;
    private static final long OLD = 0x1000_0000L;
    private static final long NEW = 0x2000_0000L;
    private static final long RW = Stage1Bits.READ_WRITE | Stage1Bits.NG;
    private static final long RO = RW | Stage1Bits.ap(0b10);
    private static final CommandRecord LEAF = Commands.nhVa(VMID, ASID, ADDRESS, true);

    private final SparseMemory memory = SparseMemory.ram(0, 1L << 30);
    private final TableSpace space = TableSpace.physical(memory, new BumpAllocator(4096, 1L << 20));
    private final PageTable table = PageTable.stage1(space, Granule.KB4, 39);
    private final LinearStreamTable streams = new LinearStreamTable(space, 4);
    private final Smmu smmu = NamedPolicy.INFINITE.smmu(memory);
    private final Driver driver = new Driver(Machine.of(smmu), space);

    private void start(Cd cd) {
        streams.put(
                STREAM,
                Ste.stage1(LinearCdTable.single(space, cd.asid(ASID)))
                        .s2vmid(VMID)
                        .eats(1));
        driver.start(streams);
    }

    private void map(long output, long attributes) {
        table.map(ADDRESS, output, 3, attributes);
    }

    private DmaResult read() {
        return smmu.dma(Transaction.read(STREAM, ADDRESS), new byte[0], 4);
    }

    private DmaResult write(byte... data) {
        return smmu.dma(Transaction.write(STREAM, ADDRESS), data, data.length);
    }

    private static long physical(DmaResult result) {
        return assertInstanceOf(DmaResult.Ok.class, result).physicalAddress();
    }

    @Test
    @Rule("C-CMP-03")
    @Rule("C-CMP-04")
    void writeThroughARemovedEntryIsInMemoryWhenTheSyncCompletes() {
        start(Cd.of(table));
        map(OLD, RW);
        write((byte) 1, (byte) 2);
        table.poke(ADDRESS, 3, 0);
        driver.complete(LEAF, Commands.cfgiSte(STREAM, true));
        assertArrayEquals(new byte[] {1, 2}, memory.read(OLD, 2));
    }

    @Test
    @Rule("C-CMP-05")
    void hardwareUpdateThroughARemovedEntryIsInMemoryWhenTheSyncCompletes() {
        start(Cd.of(table).ha(true).hd(true));
        map(OLD, RO & ~Stage1Bits.AF | Stage1Bits.DBM);
        write((byte) 1);
        driver.complete(LEAF);
        assertEquals(Stage1Bits.AF, table.peek(ADDRESS, 3) & (Stage1Bits.AF | Stage1Bits.ap(0b10)));
    }

    @Test
    @Rule("C-CMP-06")
    void stalledTransactionDelaysNoSyncAndIsRetriedWithTheStateAfterIt() {
        start(Cd.of(table).s(true));
        map(OLD, RO);
        read();
        int stag = assertInstanceOf(DmaResult.Stalled.class, write((byte) 7)).stag();
        map(NEW, RW);
        driver.complete(LEAF);
        driver.publish(resume(stag));
        List<CompletedStall> completed = smmu.step();
        assertEquals(1, completed.size());
        assertEquals(NEW, physical(completed.get(0).result()));
    }

    private static CommandRecord resume(int stag) {
        long retry = 1L << 12;
        return new CommandRecord(CommandOpcode.CMD_RESUME.code() | retry | (long) STREAM << 32, stag);
    }

    @Test
    @Rule("C-CMP-10")
    void endpointMayBeGivenAStaleTranslationUntilTheTlbiIsComplete() {
        start(Cd.of(table));
        enableAts();
        map(OLD, RW);
        read();
        map(NEW, RW);
        assertEquals(OLD, requested());
        driver.complete(LEAF);
        assertEquals(NEW, requested());
    }

    private void enableAts() {
        smmu.write(Register.CR0, smmu.read(Register.CR0) | 1 << 4);
    }

    private long requested() {
        Transaction request = Transaction.read(STREAM, ADDRESS).withAts(AtsKind.TRANSLATION_REQUEST);
        DmaResult result = smmu.dma(request, new byte[0], 0);
        return assertInstanceOf(DmaResult.AtsCompleted.class, result)
                .translation()
                .physicalAddress(ADDRESS);
    }

    @ParameterizedTest
    @CsvSource({"KB4, 0", "KB16, 0", "KB16, 1", "KB64, 0"})
    @Rule("C-RIL-07")
    @Rule("A-CER-18")
    void reservedRangeIsAnErrorAndRemovesNothing(Granule granule, int ttl) {
        start(Cd.of(table));
        map(OLD, RW);
        read();
        map(NEW, RW);
        CommandRecord reserved = Commands.range(LEAF, granule, ttl, 0, 0);
        assertThrows(IllegalStateException.class, () -> driver.publish(reserved));
        assertEquals(1, smmu.read(Register.GERROR) & 1);
        assertEquals(1, smmu.read(Register.CMDQ_CONS) >>> 24 & 0x7F);
        assertEquals(OLD, physical(read()));
    }
}
