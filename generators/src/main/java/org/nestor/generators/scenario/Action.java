package org.nestor.generators.scenario;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.nestor.memory.Bytes;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.transaction.Access;
import org.nestor.smmu.transaction.AtsKind;

/** What a tester asks at the architectural interface: memory, registers, DMA, interrupts. Addresses are 64 unsigned bits. */
public sealed interface Action {

    /**
     * Power-on: registers at reset, memory zero, caches empty.
     *
     * @param ids ID registers to set, where the implementation can be configured; empty to keep them
     */
    record Reset(Map<Register, Long> ids) implements Action {
        public Reset {
            ids = Map.copyOf(ids);
        }
    }

    /** Writes at least one byte of physical memory. */
    record MemWrite(long address, Bytes data) implements Action {}

    /** Reads {@code length} bytes, at least one, of physical memory. */
    record MemRead(long address, int length) implements Action {}

    /** Writes a register at its natural width. */
    record RegWrite(Register register, long value) implements Action {}

    /** Reads a register at its natural width. */
    record RegRead(Register register) implements Action {}

    /**
     * Writes what is at an offset of the register pages.
     *
     * @param offset from the base of page 0, a multiple of {@code size}
     * @param size 4 or 8 bytes
     * @param value within 32 bits when {@code size} is 4
     */
    record OffsetWrite(long offset, int size, long value) implements Action {}

    /** Reads what is at an offset of the register pages; parameters as {@link OffsetWrite}. */
    record OffsetRead(long offset, int size) implements Action {}

    /**
     * A transaction of a device.
     *
     * @param streamId 32 bits, unsigned
     * @param substreamId 20 bits, when there is one
     * @param iova input address
     * @param access read or write
     * @param length bytes, 1 to what the implementation can move
     * @param data what a write writes, {@code length} bytes; absent to let the implementation pick, and for a read
     * @param privileged whether it is privileged
     * @param instruction whether it is an instruction fetch
     * @param ats its ATS kind
     * @param probe physical addresses worth looking at, for an implementation that reports no status
     */
    record Dma(
            int streamId,
            OptionalInt substreamId,
            long iova,
            Access access,
            int length,
            Optional<Bytes> data,
            boolean privileged,
            boolean instruction,
            AtsKind ats,
            List<Long> probe)
            implements Action {
        public Dma {
            probe = List.copyOf(probe);
        }
    }

    /** A PCIe Page Request of an endpoint. */
    record PageRequest(org.nestor.smmu.transaction.PageRequest request) implements Action {}

    /** Takes the records off the event queue, as software does. */
    record Events() implements Action {}

    /** Lets time pass until the implementation is idle. */
    record Step() implements Action {}

    /** Takes the interrupts raised since the last call. */
    record Irqs() implements Action {}
}
