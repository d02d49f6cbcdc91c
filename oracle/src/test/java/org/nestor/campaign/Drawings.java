package org.nestor.campaign;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.nestor.generators.scenario.RegisterStep;
import org.nestor.generators.scenario.Scenario;
import org.nestor.generators.scenario.Setup;
import org.nestor.generators.search.Motif;
import org.nestor.generators.search.ScenarioGenerator.Drawn;

/** Scenarios as a generator might draw them. */
final class Drawings {
    private static final Setup PLAIN = new Setup(
            Setup.MachinePlan.PLAIN,
            List.of(Setup.Stage1Plan.PLAIN),
            List.of(),
            List.of(new Setup.StreamPlan(0, Setup.StreamPlan.STAGE_1, 0, 0)));

    private Drawings() {}

    /** One with so many steps, composed of these motifs. */
    static Drawn of(int steps, Motif... motifs) {
        return new Drawn(new Scenario(PLAIN, Collections.nCopies(steps, new RegisterStep.Await())), Set.of(motifs));
    }
}
