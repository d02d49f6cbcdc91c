package org.nestor.generators.nested;

import java.util.List;
import org.nestor.generators.nested.Violation.Broken;
import org.nestor.memory.MemoryRegion;
import org.nestor.memory.PhysicalMemory;

/**
 * Memory whose lowest part belongs to no guest and holds no table, so that nothing may ever be written there.
 *
 * @param nobodys bytes of that part
 */
record GuardedMemory(PhysicalMemory memory, long nobodys) implements PhysicalMemory {

    private void requireOwner(long address) {
        if (address >= 0 && address < nobodys) {
            throw new Broken(
                    Violation.Property.ISOLATION,
                    "memory at 0x" + Long.toHexString(address) + " is written, which is no guest's and no table's");
        }
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
        requireOwner(address);
        memory.write64(address, value);
    }

    @Override
    public byte[] read(long address, int length) {
        return memory.read(address, length);
    }

    @Override
    public void write(long address, byte[] data) {
        requireOwner(address);
        memory.write(address, data);
    }

    @Override
    public void clear() {
        memory.clear();
    }
}
