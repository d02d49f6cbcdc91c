package org.nestor.virtualizer;

import java.util.List;
import org.nestor.memory.ExternalAbort;
import org.nestor.memory.MemoryRegion;
import org.nestor.memory.PhysicalMemory;

/** A guest's memory as the guest addresses it, within the host's. */
public final class GuestMemory implements PhysicalMemory {
    private final PhysicalMemory host;
    private final long hostBase;
    private final MemoryRegion region;

    /**
     * Memory at guest physical addresses from {@code guestBase} on.
     *
     * @param hostBase where it is in the host's memory
     */
    public GuestMemory(PhysicalMemory host, long guestBase, long hostBase, long size) {
        this.host = host;
        this.hostBase = hostBase;
        this.region = MemoryRegion.ram(guestBase, size);
    }

    /** Where a guest physical address is in the host's memory. */
    public long hostAddress(long guest) {
        if (!region.contains(guest)) {
            throw new ExternalAbort(guest);
        }
        return guest - region.base() + hostBase;
    }

    @Override
    public List<MemoryRegion> regions() {
        return List.of(region);
    }

    @Override
    public long read64(long address) {
        return host.read64(hostAddress(address));
    }

    @Override
    public void write64(long address, long value) {
        host.write64(hostAddress(address), value);
    }

    @Override
    public byte[] read(long address, int length) {
        requireEnd(address, length);
        return host.read(hostAddress(address), length);
    }

    @Override
    public void write(long address, byte[] data) {
        requireEnd(address, data.length);
        host.write(hostAddress(address), data);
    }

    private void requireEnd(long address, int length) {
        if (length > 0 && !region.contains(address + length - 1)) {
            throw new ExternalAbort(address);
        }
    }

    @Override
    public void clear() {
        for (long offset = 0; offset < region.size(); offset += Long.BYTES) {
            host.write64(hostBase + offset, 0);
        }
    }
}
