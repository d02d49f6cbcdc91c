package org.nestor.properties.caching;

import java.util.List;
import java.util.stream.LongStream;
import org.nestor.generators.vectors.Driver;
import org.nestor.generators.vectors.Machine;
import org.nestor.memory.PhysicalMemory;
import org.nestor.memory.SparseMemory;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.TranslationOutcome;
import org.nestor.tables.BumpAllocator;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.LinearStreamTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Ste;
import org.nestor.tables.TableSpace;

/**
 * Three blocks of 2 MiB next to one another, each mapped by a block or by pages at both of its ends, all in the TLB. Then memory is
 * changed so that each address tells what is left of it there: the old output if its leaf is, the second if a pointer to the table of
 * the leaf is, the third if neither is.
 */
final class RangeBench {
    static final int VMID = 3;
    static final int ASID = 5;
    static final long PAGE = 4096;
    static final long BLOCK = 1L << 21;
    static final long BASE = 0x4040_0000L;
    static final int BLOCKS = 3;

    private static final int PAGES_AT_AN_END = 12;
    private static final long ATTRIBUTES = Stage1Bits.READ_WRITE | Stage1Bits.NG;
    private static final List<Long> OUTPUTS = List.of(0x1000_0000L, 0x1800_0000L, 0x2000_0000L);

    private final PhysicalMemory memory = SparseMemory.ram(0, 1L << 30);
    private final TableSpace space = TableSpace.physical(memory, new BumpAllocator(PAGE, 1L << 20));
    private final List<Boolean> blocks;
    private final Smmu smmu;
    private final Driver driver;

    /** Which of the three are mapped by a block. */
    RangeBench(List<Boolean> blocks) {
        this.blocks = blocks;
        this.smmu = NamedPolicy.INFINITE.smmu(memory);
        this.driver = new Driver(Machine.of(smmu), space);
        PageTable table = PageTable.stage1(space, Granule.KB4, 39);
        LinearStreamTable streams = new LinearStreamTable(space, 1);
        streams.put(
                0,
                Ste.stage1(LinearCdTable.single(space, Cd.of(table).asid(ASID))).s2vmid(VMID));
        map(table, 0);
        driver.start(streams);
        outputs();
        map(table, 1);
        PageTable next = PageTable.stage1(space, Granule.KB4, 39);
        map(next, 2);
        table.poke(BASE, 1, next.peek(BASE, 1));
    }

    private void map(PageTable table, int output) {
        probes().forEach(address -> {
            long target = OUTPUTS.get(output) + address - BASE;
            if (blocks.get((int) ((address - BASE) / BLOCK))) {
                table.map(address, target & -BLOCK, 2, ATTRIBUTES);
            } else {
                table.map(address, target, 3, ATTRIBUTES);
            }
        });
    }

    private static LongStream probes() {
        return LongStream.range(0, BLOCKS)
                .flatMap(block -> LongStream.concat(
                                LongStream.range(0, PAGES_AT_AN_END),
                                LongStream.range(BLOCK / PAGE - PAGES_AT_AN_END, BLOCK / PAGE))
                        .map(page -> BASE + block * BLOCK + page * PAGE));
    }

    void complete(List<CommandRecord> commands) {
        for (int from = 0; from < commands.size(); from += 32) {
            List<CommandRecord> some = commands.subList(from, Math.min(from + 32, commands.size()));
            driver.complete(some.toArray(CommandRecord[]::new));
        }
    }

    /** For each address the number of the output that it leads to. */
    List<Integer> outputs() {
        return probes().mapToObj(this::output).toList();
    }

    private int output(long address) {
        TranslationOutcome outcome = smmu.translate(Transaction.read(0, address));
        long physical = ((TranslationOutcome.Translated) outcome).physicalAddress(address);
        return OUTPUTS.indexOf(physical - (address - BASE));
    }
}
