package org.nestor.properties.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nestor.generators.vectors.CachingVector;
import org.nestor.generators.vectors.CachingVectors;
import org.nestor.generators.vectors.Machine;
import org.nestor.generators.vectors.Outcome;
import org.nestor.memory.MemoryRegion;
import org.nestor.smmu.register.Profile;

/** The caching vectors, against the set of allowed outcomes. */
class AllowedVectorTests {
    private static final long GIB = 1L << 30;

    static List<CachingVector> vectors() {
        return CachingVectors.all();
    }

    /** With every optional DMA carried out. */
    @ParameterizedTest
    @MethodSource("vectors")
    void allowedSetIsExactlyWhatTheVectorLists(CachingVector vector) {
        assertEquals(vector.legal(), allowed(vector, -1));
    }

    /** Without a DMA that may have filled a cache fewer outcomes can be explained, but none that is not listed. */
    @ParameterizedTest
    @MethodSource("vectors")
    void allowedSetHoldsNothingElseWhateverWasUsedBefore(CachingVector vector) {
        for (int steps = 0; steps < 4; steps++) {
            Set<Outcome> surplus = new HashSet<>(allowed(vector, steps));
            surplus.removeAll(vector.legal());
            assertEquals(Set.of(), surplus);
        }
    }

    private static Set<Outcome> allowed(CachingVector vector, int steps) {
        Set<Outcome> outcomes = new LinkedHashSet<>();
        int choices = 1;
        for (int choice = 0; choice < choices; choice++) {
            AnyAllowedSmmu any = new AnyAllowedSmmu(Profile.FULL.idRegisters(), List.of(MemoryRegion.ram(GIB, GIB)));
            any.choose(choice);
            outcomes.add(vector.play(Machine.of(any.smmu()), steps).outcome());
            choices = any.last().outcomes().size();
            assertEquals(Optional.empty(), any.last().incomplete());
        }
        return outcomes;
    }
}
