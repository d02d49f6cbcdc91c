package org.nestor.tables;

import java.util.function.LongUnaryOperator;
import org.nestor.memory.PhysicalMemory;
import org.nestor.smmu.format.Line;

/**
 * Where tables are put and how they point to one another.
 *
 * @param memory receives the words, at physical addresses
 * @param allocator hands out the physical addresses
 * @param pointers what a pointer to a physical address holds: the address itself, or the IPA at which a guest sees it
 */
public record TableSpace(PhysicalMemory memory, BumpAllocator allocator, LongUnaryOperator pointers) {

    /** Tables that point to one another by physical address. */
    public static TableSpace physical(PhysicalMemory memory, BumpAllocator allocator) {
        return new TableSpace(memory, allocator, LongUnaryOperator.identity());
    }

    /** The same space for tables behind stage 2: pointers hold what the function makes of the physical address. */
    public TableSpace seenAs(LongUnaryOperator physicalToIntermediate) {
        return new TableSpace(memory, allocator, physicalToIntermediate);
    }

    /**
     * Physical address of a new piece of memory, aligned to its size but to no less than {@code minimum} bytes.
     *
     * @param size bytes, a power of two
     */
    long allocate(long size, long minimum) {
        return allocator.allocate(size, Math.max(size, minimum));
    }

    long pointer(long physical) {
        return pointers.applyAsLong(physical);
    }

    void write(long physical, Line line) {
        for (int word = 0; word < Line.DOUBLEWORDS; word++) {
            memory.write64(physical + 8L * word, line.doubleword(word));
        }
    }
}
