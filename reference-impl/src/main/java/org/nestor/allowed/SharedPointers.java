package org.nestor.allowed;

import java.util.ArrayList;
import java.util.List;
import org.nestor.rule.Rule;
import org.nestor.smmu.config.Stage1Half;
import org.nestor.smmu.config.Stage1Regime;

/** Table pointers of stage 1 that contexts with the same tags share, though they need not mean the same by them. */
final class SharedPointers {
    private static final int TAG_BITS = 8;

    private final InvalidationLog invalidations;

    SharedPointers(InvalidationLog invalidations) {
        this.invalidations = invalidations;
    }

    /** Whether pointers that contexts have left may lead another one to descriptors that its own do not lead to. */
    @Rule("C-KEY-03")
    boolean mayMislead(List<ContextSource> alike, Stage1Regime own, long address, long begin) {
        Stage1Regime other = alike.get(0).configuration().stage1().orElseThrow();
        boolean shared = other.tag().asid() == own.tag().asid()
                && other.half(address).isPresent()
                && !other.pointsAlike(own, address)
                && !other.readsAlike(own, address);
        if (!shared) {
            return false;
        }
        CachedObject lowest = anyAt(own, address).table();
        return alike.stream().anyMatch(source -> mayHaveLeft(lowest, source, begin));
    }

    private boolean mayHaveLeft(CachedObject pointer, ContextSource source, long begin) {
        return source.mayHaveServed()
                && source.past().stream()
                        .allMatch(use ->
                                use.word().until() >= invalidations.oldestRead(within(pointer, use.within()), begin));
    }

    private static List<CachedObject> within(CachedObject pointer, List<CachedObject> configuration) {
        List<CachedObject> chain = new ArrayList<>();
        chain.add(pointer);
        chain.addAll(configuration);
        return chain;
    }

    /** Whatever may serve an address. */
    static CachedObject.AnyTranslation anyAt(Stage1Regime regime, long address) {
        long canonical = regime.half(address)
                .filter(Stage1Half::topByteIgnored)
                .map(half -> address << TAG_BITS >> TAG_BITS)
                .orElse(address);
        return CachedObject.AnyTranslation.at(regime.tag(), canonical);
    }
}
