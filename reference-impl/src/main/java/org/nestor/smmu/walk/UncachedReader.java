package org.nestor.smmu.walk;

import org.nestor.memory.PhysicalMemory;
import org.nestor.smmu.config.Stage1Regime;
import org.nestor.smmu.config.Stage2Regime;
import org.nestor.smmu.fault.FaultClass;
import org.nestor.smmu.format.Line;

/** Every word as memory holds it now: the plain architectural meaning of a translation. */
public class UncachedReader implements StructureReader {
    private final PhysicalMemory memory;

    public UncachedReader(PhysicalMemory memory) {
        this.memory = memory;
    }

    @Override
    public long l1StreamTableDescriptor(int streamId, int split, long address) {
        return memory.read64(address);
    }

    @Override
    public Line streamTableEntry(int streamId, long address) {
        return line(address);
    }

    @Override
    public long l1ContextDescriptor(int streamId, int substreamId, int split, long address) {
        return memory.read64(address);
    }

    @Override
    public Line contextDescriptor(int streamId, int substreamId, long address) {
        return line(address);
    }

    @Override
    public long stage1Descriptor(Stage1Regime regime, long inputAddress, int level, long address) {
        return memory.read64(address);
    }

    @Override
    public long stage2Descriptor(Stage2Regime regime, long ipa, int level, FaultClass purpose, long address) {
        return memory.read64(address);
    }

    @Override
    public boolean update(long address, long expected, long desired) {
        return memory.compareAndSet64(address, expected, desired);
    }

    private Line line(long address) {
        return Line.of(word -> memory.read64(address + 8L * word));
    }
}
