package org.nestor.oracle.qemu;

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
     * Begins to watch for a write of these bytes. An address that holds them already is made to hold others until
     * {@link Watch#end}, since nothing could be seen there.
     */
    Watch watch(List<Long> addresses, Bytes data) {
        List<Long> alike = holding(addresses, data);
        byte[] others = complement(data);
        alike.forEach(address -> ram.write(address, others));
        return new Watch(addresses, data, alike);
    }

    /** Probed addresses while a write is under way. */
    final class Watch {
        private final List<Long> addresses;
        private final Bytes data;
        private final List<Long> alike;

        private Watch(List<Long> addresses, Bytes data, List<Long> alike) {
            this.addresses = addresses;
            this.data = data;
            this.alike = alike;
        }

        /** The address at which the write left its bytes. */
        Optional<Long> end() {
            Optional<Long> landed = holding(addresses, data).stream().findFirst();
            alike.forEach(address -> ram.write(address, data.toArray()));
            return landed;
        }
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
