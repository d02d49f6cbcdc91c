package org.nestor.properties.nested;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nestor.generators.nested.NestedOp;
import org.nestor.generators.nested.NestedOps;
import org.nestor.generators.nested.NestedRun;
import org.nestor.generators.nested.NestedSetup;
import org.nestor.generators.nested.Shrinking;
import org.nestor.generators.nested.Violation;
import org.nestor.iommu.Parts;
import org.nestor.rule.Rule;

/**
 * Random guests on the reference. The system property {@code nestor.nested.operations} asks for more steps than the usual ones, and
 * {@code nestor.nested.seed} for others.
 */
class NestedCampaignTests {
    private static final int LENGTH = 500;
    private static final int OPERATIONS = Integer.getInteger("nestor.nested.operations", 50_000);
    private static final long SEED = Long.getLong("nestor.nested.seed", 1);

    @Test
    @Rule("R-LIF-14")
    @Rule("R-LIF-15")
    @Rule("R-INV-23")
    @Rule("R-INV-34")
    @Rule("R-STE-20")
    @Rule("R-MAP-08")
    void referenceKeepsEveryPropertyWhateverGuestsDo() {
        for (int run = 0; run < OPERATIONS / LENGTH; run++) {
            String where = "run " + run;
            NestedSetup setup = NestedSetup.of(run, Parts.REFERENCE);
            List<NestedOp> ops = NestedOps.sequence(SEED << 32 | run, LENGTH);
            if (NestedRun.of(ops, setup).isPresent()) {
                List<NestedOp> shortest = shrunk(ops, setup);
                assertEquals(Optional.empty(), NestedRun.of(shortest, setup), () -> where + ": " + shortest);
            }
        }
    }

    private static List<NestedOp> shrunk(List<NestedOp> ops, NestedSetup setup) {
        Optional<Violation.Property> property = NestedRun.of(ops, setup).map(Violation::property);
        return Shrinking.shrink(
                ops, part -> NestedRun.of(part, setup).map(Violation::property).equals(property));
    }
}
