package org.nestor.generators.vectors;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.nestor.memory.MemoryRegion;
import org.nestor.smmu.DmaResult;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.transaction.MemoryAttributes;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.tables.BumpAllocator;
import org.nestor.tables.LinearStreamTable;
import org.nestor.tables.Ste;
import org.nestor.tables.TableSpace;

/**
 * The stage that vectors are played on: a machine with its driver, a stream table, memory for tables, and output areas of 2 MiB
 * that give the outcomes their names.
 */
public final class Bench {
    private static final long AREA = 1L << 21;
    private static final long TABLES_END = 8 * AREA;
    private static final long PAGE = 4096;
    private static final int LOG2_STREAMS = 4;
    private static final int DMA_BYTES = 4;

    private final Machine machine;
    private final TableSpace space;
    private final Driver driver;
    private final LinearStreamTable streams;
    private final Map<Long, Outcome> areas = new HashMap<>();
    private final int steps;
    private int options;

    Bench(Machine machine, int steps) {
        this.machine = machine;
        this.steps = steps;
        this.space = TableSpace.physical(machine.memory(), new BumpAllocator(base() + PAGE, base() + TABLES_END));
        this.driver = new Driver(machine, space);
        this.streams = new LinearStreamTable(space, LOG2_STREAMS);
        areas.put(oldArea(), Outcome.OLD_PAGE);
        areas.put(newArea(), Outcome.NEW_PAGE);
    }

    /** The first address of RAM: its low 30 bits are assumed to be zero. */
    long base() {
        return machine.memory().regions().stream()
                .filter(region -> !region.device())
                .mapToLong(MemoryRegion::base)
                .min()
                .orElseThrow();
    }

    TableSpace space() {
        return space;
    }

    Driver driver() {
        return driver;
    }

    /** A page of memory that holds nothing yet. */
    long page() {
        return space.allocator().allocate(PAGE, PAGE);
    }

    /** Physical address of the output area whose pages are {@link Outcome#OLD_PAGE}. */
    long oldArea() {
        return area(0);
    }

    /** Physical address of the output area whose pages are {@link Outcome#NEW_PAGE}. */
    long newArea() {
        return area(1);
    }

    /** Physical address of one of the areas that have no name unless {@link #name} gives them one. */
    long area(int number) {
        return base() + TABLES_END + number * AREA;
    }

    void name(long area, Outcome outcome) {
        areas.put(area, outcome);
    }

    /** Writes a structure of 64 bytes, doubleword by doubleword. */
    void store(long address, Line line) {
        for (int word = 0; word < Line.DOUBLEWORDS; word++) {
            store(address + 8L * word, line.doubleword(word));
        }
    }

    void store(long address, long doubleword) {
        machine.memory().write64(address, doubleword);
    }

    void ste(int streamId, Ste ste) {
        streams.put(streamId, ste);
    }

    /** Enables the SMMU. */
    void start() {
        driver.start(streams);
    }

    /** Whether the next optional step is carried out in this play. */
    boolean option() {
        return (steps >>> options++ & 1) != 0;
    }

    int optionsMet() {
        return options;
    }

    /** An optional DMA whose outcome does not matter: it may fill caches. */
    void use(Transaction transaction) {
        use(Stream.of(transaction));
    }

    /** Optional DMAs, all or none of them. */
    void use(Stream<Transaction> transactions) {
        if (option()) {
            transactions.forEach(this::submit);
            driver.takeEvents();
        }
    }

    /** A DMA, named by the area that it reached. */
    Outcome page(Transaction transaction) {
        return outcome(transaction, done -> {
            long area = done.physicalAddress() & -AREA;
            boolean offsetKept = done.physicalAddress() - area == (transaction.address() & AREA - 1);
            Outcome found = areas.get(area);
            return found != null && offsetKept
                    ? found
                    : new Outcome("PA 0x" + Long.toHexString(done.physicalAddress()));
        });
    }

    /** A DMA, named by the memory type that it was given: Write-Back is the old one, Non-cacheable the new one. */
    Outcome type(Transaction transaction) {
        return outcome(transaction, done -> switch (done.attributes().memory().memAttr()) {
            case MemoryAttributes.NORMAL_WB -> Outcome.OLD_TYPE;
            case MemoryAttributes.NORMAL_NC -> Outcome.NEW_TYPE;
            default -> new Outcome(done.attributes().memory().toString());
        });
    }

    private Outcome outcome(Transaction transaction, Function<DmaResult.Ok, Outcome> success) {
        DmaResult result = submit(transaction);
        List<String> records = driver.takeEvents().stream().map(Bench::nameOf).toList();
        if (result instanceof DmaResult.Ok done && records.isEmpty()) {
            return success.apply(done);
        }
        if (result instanceof DmaResult.Abort && records.isEmpty()) {
            return Outcome.SILENT_ABORT;
        }
        return result instanceof DmaResult.Abort && records.size() == 1
                ? new Outcome(records.get(0))
                : new Outcome(result + " with " + records);
    }

    private static String nameOf(EventRecord event) {
        return event.type().map(EventType::name).orElse("event 0x" + Integer.toHexString(event.code()));
    }

    private DmaResult submit(Transaction transaction) {
        return machine.dma(transaction, new byte[transaction.isWrite() ? DMA_BYTES : 0], DMA_BYTES);
    }
}
