package org.nestor.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Sparse memory against a map from address to byte. */
class SparseMemoryProperties {
    private static final long LOW = 0x1000;
    private static final long LOW_END = 0x4000;
    private static final long HIGH = 0x40_0000_0000L;
    private static final long HIGH_END = HIGH + 0x2000;

    /** An access of as many bytes as {@code data} has. */
    record Access(boolean write, long address, Bytes data) {}

    @Provide
    Arbitrary<List<Access>> accesses() {
        Arbitrary<Long> edges = Arbitraries.of(LOW, LOW + 0x1000, LOW_END, HIGH, HIGH + 0x1000, HIGH_END);
        Arbitrary<Long> addresses =
                Combinators.combine(edges, Arbitraries.longs().between(-40, 40)).as(Long::sum);
        Arbitrary<Bytes> data =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(64).map(Bytes::of);
        Arbitrary<Access> access = Combinators.combine(Arbitraries.of(true, false), addresses, data)
                .as(Access::new);
        return access.list().ofMaxSize(40);
    }

    private static boolean mapped(long address) {
        return (address >= LOW && address < LOW_END) || (address >= HIGH && address < HIGH_END);
    }

    /** The first byte of the access that nothing answers. */
    private static Optional<Long> hole(Access access) {
        for (long at = access.address(); at < access.address() + access.data().length(); at++) {
            if (!mapped(at)) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    @Property
    void behavesLikeAMapOfBytesAndChangesNothingWhenItAborts(@ForAll("accesses") List<Access> accesses) {
        SparseMemory memory = new SparseMemory(
                List.of(MemoryRegion.ram(HIGH, HIGH_END - HIGH), MemoryRegion.ram(LOW, LOW_END - LOW)));
        Map<Long, Byte> bytes = new HashMap<>();
        for (Access access : accesses) {
            Optional<Long> hole = hole(access);
            if (hole.isPresent()) {
                assertEquals(hole.get(), abort(memory, access).address());
            } else if (access.write()) {
                memory.write(access.address(), access.data().toArray());
                for (int i = 0; i < access.data().length(); i++) {
                    bytes.put(access.address() + i, access.data().toArray()[i]);
                }
            } else {
                assertArrayEquals(
                        expected(bytes, access),
                        memory.read(access.address(), access.data().length()));
            }
        }
        for (long doubleword = LOW; doubleword < LOW_END; doubleword += 8) {
            assertEquals(doubleword(bytes, doubleword), memory.read64(doubleword));
        }
        memory.clear();
        bytes.keySet().forEach(address -> assertEquals(0, memory.read64(address & -8)));
    }

    private static ExternalAbort abort(SparseMemory memory, Access access) {
        return assertThrows(ExternalAbort.class, () -> {
            if (access.write()) {
                memory.write(access.address(), access.data().toArray());
            } else {
                memory.read(access.address(), access.data().length());
            }
        });
    }

    private static byte[] expected(Map<Long, Byte> bytes, Access access) {
        byte[] expected = new byte[access.data().length()];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = bytes.getOrDefault(access.address() + i, (byte) 0);
        }
        return expected;
    }

    private static long doubleword(Map<Long, Byte> bytes, long address) {
        long value = 0;
        for (int i = 7; i >= 0; i--) {
            value = value << 8 | bytes.getOrDefault(address + i, (byte) 0) & 0xFF;
        }
        return value;
    }
}
