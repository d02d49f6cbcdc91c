package org.nestor.vfio;

import java.util.List;
import java.util.Optional;
import org.nestor.iommu.Errno;
import org.nestor.iommu.Prot;
import org.nestor.iommu.Refusal;
import org.nestor.iommu.Result;
import org.nestor.iommu.StructWriter;
import org.nestor.iommu.UserBuffer;

/** MAP_DMA and UNMAP_DMA from their structures. */
final class DmaIoctls {
    static final Refusal UNKNOWN = Refusal.of(Errno.ENOTTY, "R-LIF-10");

    private static final Refusal UNREADABLE = Refusal.of(Errno.EFAULT, "R-MAP-03");
    private static final Refusal MALFORMED = Refusal.of(Errno.EINVAL, "R-MAP-03");
    private static final int MAP_BYTES = 32;
    private static final int UNMAP_BYTES = 24;
    private static final int READ = 1;
    private static final int WRITE = 1 << 1;

    private DmaIoctls() {}

    static Result<byte[]> map(UserBuffer argument, DmaMap memory, List<VfioDomain> domains) {
        Optional<byte[]> bytes = argument.read(0, MAP_BYTES);
        if (bytes.isEmpty()) {
            return UNREADABLE.result();
        }
        byte[] map = bytes.get();
        long flags = UserBuffer.u32(map, 4);
        if (UserBuffer.u32(map, 0) < MAP_BYTES || (flags & ~(READ | WRITE)) != 0) {
            return MALFORMED.result();
        }
        Prot prot = new Prot((flags & READ) != 0, (flags & WRITE) != 0, false, false, false);
        return memory.map(UserBuffer.u64(map, 16), UserBuffer.u64(map, 8), UserBuffer.u64(map, 24), prot, domains)
                .then(done -> Result.ok(new byte[0]));
    }

    /** Writes the structure back with the bytes that were unmapped as its size. */
    static Result<byte[]> unmap(UserBuffer argument, DmaMap memory, List<VfioDomain> domains) {
        Optional<byte[]> bytes = argument.read(0, UNMAP_BYTES);
        if (bytes.isEmpty()) {
            return UNREADABLE.result();
        }
        byte[] unmap = bytes.get();
        if (UserBuffer.u32(unmap, 0) < UNMAP_BYTES || UserBuffer.u32(unmap, 4) != 0) {
            return MALFORMED.result();
        }
        return memory.unmap(UserBuffer.u64(unmap, 8), UserBuffer.u64(unmap, 16), domains)
                .then(size -> Result.ok(new StructWriter(UNMAP_BYTES)
                        .bytes(unmap)
                        .at(16)
                        .u64(size)
                        .toBytes()));
    }
}
