package org.nestor.generators.scenario;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.nestor.memory.MemoryRegion;
import org.nestor.smmu.register.IdRegisters;

/**
 * What generators need to know of an implementation; all that they make follows from it.
 *
 * @param ids the ID registers
 * @param memory the windows of physical addresses that answer accesses
 * @param streamIds the StreamIDs that DMA can have, 32 bits each, unsigned
 * @param supported what else it can do
 * @param dmaMaxLength bytes of the longest DMA
 */
public record Capabilities(
        IdRegisters ids,
        List<MemoryRegion> memory,
        List<Integer> streamIds,
        Set<Capability> supported,
        int dmaMaxLength) {
    /** Bytes that a scenario needs in one window of RAM. */
    public static final long LEAST_MEMORY = 64L << 20;

    /** @throws IllegalArgumentException if there is no StreamID, no window of RAM that is large enough, or no DMA of 4 bytes */
    public Capabilities {
        memory = List.copyOf(memory);
        streamIds = List.copyOf(streamIds);
        supported = Set.copyOf(supported);
        if (streamIds.isEmpty()) {
            throw new IllegalArgumentException("no StreamID: expected at least one that DMA can have");
        }
        if (memory.stream().noneMatch(Capabilities::isLarge)) {
            throw new IllegalArgumentException(
                    "no window of RAM has " + LEAST_MEMORY + " bytes, which scenarios need: " + memory);
        }
        if (dmaMaxLength < Integer.BYTES) {
            throw new IllegalArgumentException("DMA of at most " + dmaMaxLength + " bytes: expected at least 4");
        }
    }

    /** The windows of RAM that are large enough for a scenario. */
    public List<MemoryRegion> ram() {
        return memory.stream().filter(Capabilities::isLarge).toList();
    }

    private static boolean isLarge(MemoryRegion region) {
        return !region.device() && region.size() >= LEAST_MEMORY;
    }

    public boolean can(Capability capability) {
        return supported.contains(capability);
    }

    /** What this implementation can do when it has other ID registers; devices do not do what the SMMU has not. */
    public Capabilities with(IdRegisters others) {
        Set<Capability> left = new HashSet<>(supported);
        if (others.ssidSize() == 0) {
            left.remove(Capability.SUBSTREAMS);
        }
        if (!others.ats()) {
            left.remove(Capability.ATS);
        }
        if (!others.pri()) {
            left.remove(Capability.PRI);
        }
        if (others.stallMax() == 0) {
            left.remove(Capability.STALL);
        }
        return new Capabilities(others, memory, streamIds, left, dmaMaxLength);
    }
}
