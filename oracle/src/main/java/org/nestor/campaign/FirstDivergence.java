package org.nestor.campaign;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.nestor.generators.search.ScenarioGenerator.Drawn;
import org.nestor.oracle.ImplementationUnderTest;
import org.nestor.reports.Step;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;

/**
 * Plays the scenarios of a campaign, one after another, up to the first that diverges by a fault of the implementation: one whose
 * requests conform on a sound one. What diverges on both is counted as a false alarm, and the search goes on.
 */
public final class FirstDivergence {
    private final Function<RuleLog, ImplementationUnderTest> suspects;
    private final Function<RuleLog, ImplementationUnderTest> sound;
    private final Bounds bounds;
    private final LongSupplier nanoTime;
    private final Judging judging;

    /**
     * Prepares a search.
     *
     * @param suspects makes implementations that may have a fault
     * @param sound makes such as have none
     * @param nanoTime the clock, as {@link System#nanoTime}
     */
    public FirstDivergence(
            Function<RuleLog, ImplementationUnderTest> suspects,
            Function<RuleLog, ImplementationUnderTest> sound,
            Bounds bounds,
            LongSupplier nanoTime) {
        this(suspects, sound, bounds, nanoTime, Judging.BY_THE_ARCHITECTURE);
    }

    /** The same with another judge. */
    FirstDivergence(
            Function<RuleLog, ImplementationUnderTest> suspects,
            Function<RuleLog, ImplementationUnderTest> sound,
            Bounds bounds,
            LongSupplier nanoTime,
            Judging judging) {
        this.suspects = suspects;
        this.sound = sound;
        this.bounds = bounds;
        this.nanoTime = nanoTime;
        this.judging = judging;
    }

    /**
     * Searches.
     *
     * @param seed that of the campaign whose scenarios are played
     * @throws UnfitException if the implementation is not one to campaign against
     */
    public Encounter seek(long seed) throws UnfitException, InterruptedException {
        try (Stage stage = new Stage(suspects, judging, true);
                Stage control = new Stage(sound, judging, false)) {
            Batches batches = new Batches(new RareTargets(), stage.capabilities());
            long begin = nanoTime.getAsLong();
            long alarms = 0;
            long number = 0;
            while (bounds.allow(number, nanoTime.getAsLong() - begin)) {
                Drawn drawn = batches.of(number).draw(Seeds.of(seed, number));
                Played played = stage.play(drawn.scenario());
                number++;
                if (played.failure().isPresent()) {
                    if (conforms(control, played)) {
                        long nanos = nanoTime.getAsLong() - begin;
                        Cause cause = played.failure().get().cause();
                        Played smallest = new Shrinking(stage, bounds.replayCap(), each -> conforms(control, each))
                                .shrink(drawn.scenario(), played, cause);
                        return new Encounter(number, nanos, alarms, Optional.of(caseOf(cause, smallest)));
                    }
                    alarms++;
                }
                batches.played(drawn, played.reached());
            }
            return new Encounter(number, nanoTime.getAsLong() - begin, alarms, Optional.empty());
        }
    }

    private static boolean conforms(Stage control, Played played) {
        return control.replay(played.requests(), played.setup()).failure().isEmpty();
    }

    private static Encounter.Case caseOf(Cause cause, Played smallest) {
        List<String> rules = cause.rules().stream().map(RuleId::toString).toList();
        List<String> areas = cause.rules().stream().map(RuleId::area).distinct().toList();
        List<String> steps =
                Narration.of(smallest).stream().map(FirstDivergence::sentence).toList();
        return new Encounter.Case(
                cause.title(), rules, areas, smallest.exchanges().size() - smallest.setup(), steps);
    }

    private static String sentence(Step step) {
        return step.actor().label() + " " + step.text();
    }
}
