package org.nestor.oracle.qemu;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nestor.memory.Bytes;

/** Looks at the physical addresses that a request names. What is not RAM is not looked at. */
final class Probes {
    private final PhysicalRam ram;

    Probes(PhysicalRam ram) {
        this.ram = ram;
    }

    /** The probed addresses that hold these bytes. */
    List<Long> holding(List<Long> addresses, Bytes data) {
        return within(addresses, data).stream()
                .filter(address -> holds(address, data))
                .toList();
    }

    /**
     * The probed address at which a write left these bytes. An address that held them before is made to hold others
     * meanwhile, since nothing could be seen there.
     */
    Optional<Long> landing(List<Long> addresses, Bytes data, Runnable write) {
        List<Long> alike = holding(addresses, data);
        byte[] others = complement(data);
        alike.forEach(address -> ram.write(address, others));
        write.run();
        List<Long> landed = new ArrayList<>(holding(addresses, data));
        alike.forEach(address -> ram.write(address, data.toArray()));
        return landed.stream().findFirst();
    }

    private static List<Long> within(List<Long> addresses, Bytes data) {
        return addresses.stream()
                .filter(address -> PhysicalRam.holds(address, data.length()))
                .toList();
    }

    private boolean holds(long address, Bytes data) {
        return Bytes.of(ram.read(address, data.length())).equals(data);
    }

    private static byte[] complement(Bytes data) {
        byte[] bytes = data.toArray();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ~bytes[i];
        }
        return bytes;
    }
}
