package org.nestor.smmu.tlb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CachePoliciesTests {
    private static final int OFTEN = 1000;

    private static List<CachePolicy> steady() {
        return List.of(
                CachePolicies.never(),
                CachePolicies.infinite(),
                CachePolicies.lru(3),
                CachePolicies.configurationOnly());
    }

    @ParameterizedTest
    @EnumSource(CacheKind.class)
    void steadyPoliciesDifferInWhatTheyRemember(CacheKind kind) {
        boolean configuration = Set.of(
                        CacheKind.L1STD, CacheKind.STE, CacheKind.L1CD, CacheKind.CD, CacheKind.CONFIGURATION)
                .contains(kind);
        assertFalse(CachePolicies.never().admits(kind));
        assertTrue(CachePolicies.infinite().admits(kind));
        assertTrue(CachePolicies.lru(1).admits(kind));
        assertEquals(configuration, CachePolicies.configurationOnly().admits(kind));
        steady().forEach(policy -> assertTrue(policy.consults(kind)));
    }

    @Test
    void steadyPoliciesDoNothingOfTheirOwnAccord() {
        for (CachePolicy policy : steady()) {
            assertFalse(policy.keepsDoubleword());
            assertFalse(policy.defersInvalidation());
            assertEquals(0, policy.speculations());
            assertEquals(0, policy.pick(7));
        }
    }

    @Test
    void onlyLruIsBoundedAndHoldsAtLeastOneEntry() {
        assertEquals(3, CachePolicies.lru(3).capacity());
        assertEquals(1, CachePolicies.lru(1).capacity());
        assertEquals(Integer.MAX_VALUE, CachePolicies.infinite().capacity());
        assertEquals(Integer.MAX_VALUE, CachePolicies.random(1).capacity());
        assertThrows(IllegalArgumentException.class, () -> CachePolicies.lru(0));
    }

    @Test
    void randomDecidesBothWaysInEverythingButNeverReadsAhead() {
        CachePolicy policy = CachePolicies.random(7);
        assertEquals(0.75, share(i -> policy.admits(CacheKind.STE)), 0.1);
        assertEquals(0.75, share(i -> policy.consults(CacheKind.STE)), 0.1);
        assertEquals(0.5, share(i -> policy.keepsDoubleword()), 0.1);
        assertEquals(0.5, share(i -> policy.defersInvalidation()), 0.1);
        assertEquals(Set.of(0), values(policy));
        assertEquals(Set.of(0, 1, 2, 3, 4), picks(policy));
    }

    @Test
    void prefetchingRemembersMoreAndReadsAhead() {
        CachePolicy policy = CachePolicies.prefetching(7);
        assertEquals(0.875, share(i -> policy.admits(CacheKind.STE)), 0.05);
        assertEquals(0.875, share(i -> policy.consults(CacheKind.STE)), 0.05);
        assertEquals(Set.of(0, 1, 2, 3), values(policy));
    }

    @Test
    void sameSeedDecidesTheSame() {
        CachePolicy first = CachePolicies.random(3);
        CachePolicy second = CachePolicies.random(3);
        IntStream.range(0, OFTEN).forEach(i -> assertEquals(first.pick(1000), second.pick(1000)));
    }

    private static double share(IntPredicate decision) {
        return IntStream.range(0, OFTEN).filter(decision).count() / (double) OFTEN;
    }

    private static Set<Integer> values(CachePolicy policy) {
        Set<Integer> values = new HashSet<>();
        IntStream.range(0, OFTEN).forEach(i -> values.add(policy.speculations()));
        return values;
    }

    private static Set<Integer> picks(CachePolicy policy) {
        Set<Integer> values = new HashSet<>();
        IntStream.range(0, OFTEN).forEach(i -> values.add(policy.pick(5)));
        return values;
    }
}
