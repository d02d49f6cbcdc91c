package org.nestor.properties.caching;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nestor.memory.MemoryRegion;
import org.nestor.memory.PhysicalMemory;
import org.nestor.memory.SparseMemory;

/** Memory that keeps every value a doubleword has had since {@link #begin}. */
final class HistoryMemory implements PhysicalMemory {
    private final PhysicalMemory memory = SparseMemory.ram(0, 1L << 30);
    private final Map<Long, List<Long>> earlier = new HashMap<>();
    private Optional<AllowedWatch> watch = Optional.empty();
    private boolean begun;

    /** Somebody who is told of each write from now on. */
    AllowedWatch watched() {
        AllowedWatch watching = new AllowedWatch(regions());
        watch = Optional.of(watching);
        return watching;
    }

    /** What is there now is the first value. */
    void begin() {
        begun = true;
    }

    /** The value now, and after it the different ones of before. */
    List<Long> valuesOf(long address) {
        List<Long> values = new ArrayList<>();
        values.add(memory.read64(address));
        earlier.getOrDefault(address, List.of()).stream()
                .filter(value -> !values.contains(value))
                .forEach(values::add);
        return values;
    }

    @Override
    public List<MemoryRegion> regions() {
        return memory.regions();
    }

    @Override
    public long read64(long address) {
        return memory.read64(address);
    }

    @Override
    public void write64(long address, long value) {
        if (begun) {
            earlier.computeIfAbsent(address, unused -> new ArrayList<>()).add(memory.read64(address));
        }
        memory.write64(address, value);
        watch.ifPresent(told -> told.wrote(address, memory.read(address, Long.BYTES)));
    }

    @Override
    public byte[] read(long address, int length) {
        return memory.read(address, length);
    }

    @Override
    public void write(long address, byte[] data) {
        memory.write(address, data);
        watch.ifPresent(told -> told.wrote(address, data));
    }

    @Override
    public void clear() {
        memory.clear();
        earlier.clear();
    }
}
