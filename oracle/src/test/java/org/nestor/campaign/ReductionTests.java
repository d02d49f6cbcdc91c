package org.nestor.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
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
