package org.nestor.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nestor.memory.Bytes;
import org.nestor.protocol.Request;

class ReductionTests {
    private static final int SETUP = 5;
    private static final int PLENTY = 10_000;

    private static List<Request.Architectural> requests(int count) {
        return IntStream.range(0, count).mapToObj(ReductionTests::request).toList();
    }

    private static Request.Architectural request(int number) {
        return new Request.MemRead(number, 1);
    }

    private static Predicate<List<Request.Architectural>> has(int... numbers) {
        return candidate -> IntStream.of(numbers).allMatch(number -> candidate.contains(request(number)));
    }

    @Test
    void onlyTheSetupAndWhatMattersIsLeftWhereverItStands() {
        for (int size : new int[] {9, 16, 37, 100}) {
            List<Request.Architectural> expected = new ArrayList<>(requests(SETUP));
            expected.add(request(6));
            expected.add(request(size - 1));
            assertEquals(expected, Reduction.of(requests(size), SETUP, has(6, size - 1), PLENTY));
        }
    }

    @Test
    void nothingIsLeftBeyondTheSetupIfThatFailsByItself() {
        assertEquals(requests(SETUP), Reduction.of(requests(64), SETUP, candidate -> true, PLENTY));
    }

    @Test
    void theSetupStaysEvenWhereItDoesNotMatter() {
        List<Request.Architectural> smallest = Reduction.of(requests(32), SETUP, has(20), PLENTY);
        assertEquals(requests(SETUP), smallest.subList(0, SETUP));
    }

    @Test
    void twoRequestsThatOnlyGoTogetherGo() {
        Predicate<List<Request.Architectural>> bothOrNeither =
                candidate -> has(6).test(candidate) && has(8).test(candidate) == has(10).test(candidate);
        List<Request.Architectural> expected = new ArrayList<>(requests(SETUP));
        expected.add(request(6));
        assertEquals(expected, Reduction.of(requests(11), SETUP, bothOrNeither, PLENTY));
    }

    private static Request.MemWrite write(long address, int... bytes) {
        byte[] data = new byte[bytes.length];
        IntStream.range(0, bytes.length).forEach(i -> data[i] = (byte) bytes[i]);
        return new Request.MemWrite(address, Bytes.of(data), Request.MemWrite.Form.DATA);
    }

    private static List<Request.Architectural> cause(Request.Architectural... requests) {
        List<Request.Architectural> cause = new ArrayList<>(requests(SETUP));
        cause.addAll(List.of(requests));
        return cause;
    }

    /** A case as long as memory is what it was in the end. */
    private static Predicate<List<Request.Architectural>> leaves(Map<Long, Byte> memory) {
        return candidate -> {
            Map<Long, Byte> left = new HashMap<>();
            for (Request.Architectural request : candidate) {
                if (request instanceof Request.MemWrite write) {
                    byte[] data = write.data().toArray();
                    IntStream.range(0, data.length).forEach(i -> left.put(write.addr() + i, data[i]));
                }
            }
            return left.equals(memory);
        };
    }

    @Test
    void writesOfAdjacentMemoryThatFollowEachOtherBecomeOne() {
        Map<Long, Byte> memory = Map.of(0x10L, (byte) 1, 0x11L, (byte) 2, 0x12L, (byte) 3);
        assertEquals(
                cause(write(0x10, 1, 2, 3)),
                Reduction.of(cause(write(0x10, 1), write(0x11, 2), write(0x12, 3)), SETUP, leaves(memory), PLENTY));
    }

    @Test
    void otherWritesStayApart() {
        Map<Long, Byte> memory = Map.of(0x10L, (byte) 1, 0x12L, (byte) 3);
        List<Request.Architectural> apart = cause(write(0x10, 1), write(0x12, 3));
        assertEquals(apart, Reduction.of(apart, SETUP, leaves(memory), PLENTY));
    }

    @Test
    void theCaseThatIsReturnedFailsAndTheCapIsKept() {
        for (int cap = 0; cap < 40; cap++) {
            int[] asked = {0};
            Predicate<List<Request.Architectural>> counting = candidate -> {
                asked[0]++;
                return has(10, 50).test(candidate);
            };
            List<Request.Architectural> smallest = Reduction.of(requests(64), SETUP, counting, cap);
            assertTrue(has(10, 50).test(smallest));
            assertTrue(asked[0] <= cap, asked[0] + " replays under a cap of " + cap);
        }
    }
}
