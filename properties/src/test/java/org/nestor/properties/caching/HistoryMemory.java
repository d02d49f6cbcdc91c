package org.nestor.properties.caching;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nestor.memory.ForwardingMemory;
import org.nestor.memory.SparseMemory;

/** Memory that keeps every value a doubleword has had since {@link #begin}. */
final class HistoryMemory extends ForwardingMemory {
    private final Map<Long, List<Long>> earlier = new HashMap<>();
    private Optional<AllowedWatch> watch = Optional.empty();
    private boolean begun;

    HistoryMemory() {
        super(SparseMemory.ram(0, 1L << 30));
    }

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
        values.add(read64(address));
        earlier.getOrDefault(address, List.of()).stream()
                .filter(value -> !values.contains(value))
                .forEach(values::add);
        return values;
    }

    @Override
    public void write64(long address, long value) {
        if (begun) {
            earlier.computeIfAbsent(address, unused -> new ArrayList<>()).add(read64(address));
        }
        super.write64(address, value);
        watch.ifPresent(told -> told.wrote(address, read(address, Long.BYTES)));
    }

    @Override
    public void write(long address, byte[] data) {
        super.write(address, data);
        watch.ifPresent(told -> told.wrote(address, data));
    }

    @Override
    public void clear() {
        super.clear();
        earlier.clear();
    }
}
