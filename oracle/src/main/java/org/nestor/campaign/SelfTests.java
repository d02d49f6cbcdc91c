package org.nestor.campaign;

import java.util.List;
import java.util.Optional;
import org.nestor.bugs.Difficulty;
import org.nestor.bugs.SeededBug;
import org.nestor.bugs.SeededBugs;
import org.nestor.generators.search.ScenarioGenerator;
import org.nestor.generators.search.Weights;
import org.nestor.oracle.Caching;
import org.nestor.oracle.ReferenceConfiguration;
import org.nestor.reports.SelfTest;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.register.Profile;

/** Plants a fault in an embedded SMMU and lets the campaign look for it: a campaign that cannot see proves nothing. */
public final class SelfTests {
    /** Scenarios that an easy fault may take. */
    private static final int SCENARIOS = 2000;

    private SelfTests() {}

    /** Looks for the fault that a seed picks among the easy ones. */
    public static SelfTest run(long seed) throws UnfitException {
        List<SeededBug> easy = SeededBugs.all().stream()
                .filter(bug -> bug.difficulty() == Difficulty.EASY)
                .toList();
        return run(easy.get((int) Long.remainderUnsigned(seed, easy.size())), seed);
    }

    /** Looks for a fault. */
    static SelfTest run(SeededBug bug, long seed) throws UnfitException {
        ReferenceConfiguration faulty = new ReferenceConfiguration(Profile.FULL, Caching.INFINITE, 0).with(bug);
        try (Stage stage = new Stage(faulty.create(), RuleLog.NONE)) {
            ScenarioGenerator generator = new ScenarioGenerator(stage.capabilities(), Weights.DEFAULT);
            for (int number = 0; number < SCENARIOS; number++) {
                Optional<Failure> failure =
                        stage.play(generator.generate(Seeds.of(seed, number))).failure();
                if (failure.isPresent()) {
                    return new SelfTest(bug.id(), bug.title(), true, number + 1L);
                }
            }
        }
        return new SelfTest(bug.id(), bug.title(), false, SCENARIOS);
    }
}
