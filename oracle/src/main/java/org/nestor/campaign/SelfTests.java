package org.nestor.campaign;

import java.util.List;
import org.nestor.bugs.Difficulty;
import org.nestor.bugs.SeededBug;
import org.nestor.bugs.SeededBugs;
import org.nestor.generators.search.ScenarioGenerator;
import org.nestor.generators.search.Weights;
import org.nestor.oracle.ReferenceConfiguration;
import org.nestor.reports.SelfTest;

/** Plants a fault in an embedded SMMU and lets the campaign look for it: a campaign that cannot see proves nothing. */
final class SelfTests {
    /** Scenarios that an easy fault may take. */
    private static final int SCENARIOS = 2000;

    private final Judging judging;
    private final Weights weights;
    private final int scenarios;

    /** With what campaigns have. */
    SelfTests() {
        this(Judging.BY_THE_ARCHITECTURE, Weights.DEFAULT, SCENARIOS);
    }

    /** With another judge, scenarios of other weights, and a limit on how many of them are played. */
    SelfTests(Judging judging, Weights weights, int scenarios) {
        this.judging = judging;
        this.weights = weights;
        this.scenarios = scenarios;
    }

    /** Looks for the fault that a seed picks among the easy ones. */
    SelfTest run(long seed) throws UnfitException {
        List<SeededBug> easy = SeededBugs.all().stream()
                .filter(bug -> bug.isInSmmu() && bug.difficulty() == Difficulty.EASY)
                .toList();
        return run(easy.get((int) Long.remainderUnsigned(seed, easy.size())), seed);
    }

    /** Looks for a fault. It counts as seen where a scenario fails with it and does not without it. */
    SelfTest run(SeededBug bug, long seed) throws UnfitException {
        ReferenceConfiguration sound = ReferenceConfiguration.DEFAULT;
        try (Stage faulty = new Stage(sound.with(bug)::create, judging, false);
                Stage control = new Stage(sound::create, judging, false)) {
            ScenarioGenerator generator = new ScenarioGenerator(faulty.capabilities(), weights);
            for (int number = 0; number < scenarios; number++) {
                Played played = faulty.play(generator.generate(Seeds.of(seed, number)));
                if (played.failure().isPresent() && conforms(control, played)) {
                    return new SelfTest(bug.id(), bug.title(), true, number + 1L);
                }
            }
        }
        return new SelfTest(bug.id(), bug.title(), false, scenarios);
    }

    private static boolean conforms(Stage control, Played played) {
        return control.replay(played.requests(), played.setup()).failure().isEmpty();
    }
}
