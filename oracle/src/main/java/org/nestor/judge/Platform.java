package org.nestor.judge;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nestor.memory.MemoryRegion;
import org.nestor.oracle.IdRegisterValues;
import org.nestor.oracle.ReferenceConfiguration;
import org.nestor.protocol.Feature;
import org.nestor.protocol.MemoryWindow;
import org.nestor.protocol.Reply;
import org.nestor.smmu.register.IdRegisters;

/**
 * What the implementation says about itself.
 *
 * @param ids its ID registers
 * @param memory the physical memory it has
 * @param features what it can do
 * @param told the ID registers whose values it told, by name
 */
public record Platform(IdRegisters ids, List<MemoryRegion> memory, Set<Feature> features, Set<String> told) {
    private static final IdRegisters NOTHING = new IdRegisters(0, 0, 0, 0, 0, 0, 0, 0);

    public Platform {
        memory = List.copyOf(memory);
        features = Set.copyOf(features);
        told = Set.copyOf(told);
    }

    /** What a {@code hello} reply tells. A window that is not made of whole 4 KiB pages is taken as the pages it touches. */
    public static Platform of(Reply.Introduction hello) {
        return new Platform(
                IdRegisterValues.with(NOTHING, hello.idr()),
                hello.memory().stream().map(Platform::region).toList(),
                Set.copyOf(hello.features()),
                hello.idr().keySet());
    }

    /** The embedded reference, for traces that do not say what they were recorded from. */
    public static Platform of(ReferenceConfiguration configuration) {
        return new Platform(
                configuration.profile().idRegisters(),
                configuration.memory(),
                EnumSet.allOf(Feature.class),
                IdRegisterValues.of(configuration.profile().idRegisters()).keySet());
    }

    /** The same with some ID registers set, as a {@code reset} may do. */
    Platform with(Map<String, Long> idr) {
        return idr.isEmpty() ? this : new Platform(IdRegisterValues.with(ids, idr), memory, features, told);
    }

    boolean has(Feature feature) {
        return features.contains(feature);
    }

    /** Whether a device answers here, or may: its window can have gaps. */
    boolean device(long address) {
        for (MemoryRegion region : memory) {
            if (region.device() && region.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** Whether every byte from {@code address} on is answered by memory or a device. */
    boolean answers(long address, int length) {
        for (MemoryRegion region : memory) {
            if (region.contains(address) && region.contains(address + length - 1)) {
                return true;
            }
        }
        return memory.stream().anyMatch(region -> region.contains(address)) && pieceByPiece(address, length);
    }

    private boolean pieceByPiece(long address, int length) {
        for (long at = address; at < address + length; at = (at | MemoryRegion.ALIGNMENT - 1) + 1) {
            long byteAddress = at;
            if (memory.stream().noneMatch(region -> region.contains(byteAddress))) {
                return false;
            }
        }
        return true;
    }

    private static MemoryRegion region(MemoryWindow window) {
        long base = window.base() & -MemoryRegion.ALIGNMENT;
        long end = window.base() + window.size() + MemoryRegion.ALIGNMENT - 1 & -MemoryRegion.ALIGNMENT;
        return new MemoryRegion(base, end - base, window.device());
    }
}
