package org.nestor.generators.nested;

import org.nestor.generators.nested.Violation.Broken;
import org.nestor.memory.ForwardingMemory;
import org.nestor.memory.PhysicalMemory;

/** Memory whose lowest part belongs to no guest and holds no table, so that nothing may ever be written there. */
final class GuardedMemory extends ForwardingMemory {
    private final long nobodys;

    /** @param nobodys bytes of that part */
    GuardedMemory(PhysicalMemory memory, long nobodys) {
        super(memory);
        this.nobodys = nobodys;
    }

    private void requireOwner(long address) {
        if (address >= 0 && address < nobodys) {
            throw new Broken(
                    Violation.Property.ISOLATION,
                    "memory at 0x" + Long.toHexString(address) + " is written, which is no guest's and no table's");
        }
    }

    @Override
    public void write64(long address, long value) {
        requireOwner(address);
        super.write64(address, value);
    }

    @Override
    public void write(long address, byte[] data) {
        requireOwner(address);
        super.write(address, data);
    }
}
