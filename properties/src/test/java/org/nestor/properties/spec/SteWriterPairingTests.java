package org.nestor.properties.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.nestor.iommu.Parts;
import org.nestor.iommu.smmuv3.SteImage;
import org.nestor.iommu.smmuv3.SteUpdate;
import org.nestor.properties.spec.Rewrites.Rewrite;
import org.nestor.quirk.Quirk;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.Line;
import org.nestor.spec.AlloyModule;
import org.nestor.spec.eval.Valuation;

/**
 * The driver's own rewrites of STEs in use: whatever a fetch sees of the stores between two synchronisations is explained, in the words of
 * smmu/steupdate, by the STE before the operation, by the one after it, or by an STE that stops the stream.
 *
 * <p>The published driver has one case that is not, and R-STE-14 with R-STE-18 ask for it: to stop a stream it clears doubleword 2 in the same
 * phase as Config. A fetch that has doubleword 0 from before and doubleword 2 from after finds stage 2 on with VMID 0.
 */
class SteWriterPairingTests {
    private static final int OPERATIONS = 600;

    private final Rewrites rewrites = new Rewrites(AlloyModule.load("smmu/steupdate"));

    /** Lets the stream bypass everything between two configurations. */
    private static final class OpenTransient extends SteUpdate {
        @Override
        public List<SteImage> images(SteImage old, SteImage target) {
            SteImage open = old.withDw0(0b1001);
            return List.of(open, target.withDw0(open.dw0()), target);
        }
    }

    /**
     * What came of a run.
     *
     * @param fetches how many mixtures of words were looked at
     * @param stopped how many of them stop the stream
     * @param whileStopping unexplained ones between a translating STE and one that stops the stream
     * @param unexplained the others
     */
    private record Result(int fetches, int stopped, List<String> whileStopping, List<String> unexplained) {}

    private Result run(Parts parts) {
        SteWrites run = new SteWrites(parts, 11);
        Predicate<Valuation> explained = rewrites.population().predicate("fetchIsExplained");
        List<String> whileStopping = new ArrayList<>();
        List<String> unexplained = new ArrayList<>();
        int fetches = 0;
        int stopped = 0;
        for (int i = 0; i < OPERATIONS; i++) {
            List<Line> images = run.operation();
            Line old = images.get(0);
            Line target = images.get(images.size() - 1);
            Rewrite rewrite = new Rewrite(EntryBits.STE, EntryBits.bits(old, old), EntryBits.bits(target, old));
            for (int image = 1; image < images.size(); image++) {
                boolean stopping = images.get(image).dw2() == 0;
                for (Line seen : mixtures(images.get(image - 1), images.get(image))) {
                    fetches++;
                    Set<String> bits = EntryBits.bits(seen, old);
                    stopped += bits.contains("Translate") ? 0 : 1;
                    if (!explained.test(rewrites.seen(rewrite, bits))) {
                        (stopping ? whileStopping : unexplained).add(seen + " between " + old + " and " + target);
                    }
                }
            }
        }
        return new Result(fetches, stopped, whileStopping, unexplained);
    }

    private static List<Line> mixtures(Line before, Line after) {
        return Rewrites.wordSets().stream()
                .map(stored -> Line.of(word -> (stored.contains("Q" + word) ? after : before).doubleword(word)))
                .toList();
    }

    @Test
    void fetchIsExplainedByOldNewOrAStop() {
        Result result = run(Parts.REFERENCE);
        assertEquals(List.of(), result.unexplained());
        assertEquals(List.of(), result.whileStopping());
        assertTrue(result.stopped() > 1_000 && result.fetches() - result.stopped() > 1_000, result::toString);
    }

    @Test
    @Rule("R-STE-14")
    @Rule("R-STE-18")
    void streamThatTheSeriesIsStoppingMayBeSeenWithVmid0() {
        Result result = run(Quirk.B_51.applyTo(Parts.REFERENCE));
        assertEquals(List.of(), result.unexplained());
        assertFalse(result.whileStopping().isEmpty());
    }

    @Test
    void writerThatBypassesInBetweenIsFound() {
        Parts wrong = Parts.REFERENCE.with(SteUpdate.class, new OpenTransient());
        assertFalse(run(wrong).unexplained().isEmpty());
    }
}
