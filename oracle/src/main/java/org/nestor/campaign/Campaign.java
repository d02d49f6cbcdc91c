package org.nestor.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.nestor.oracle.ImplementationUnderTest;
import org.nestor.protocol.Reply;
import org.nestor.rule.RuleLog;

/**
 * Plays scenarios, numbered from 0 on, until time is up or there were enough. Any number of jobs gives the same findings: results are
 * taken in the order of the numbers, whoever has played them, and shrinking is done in that order too.
 */
public final class Campaign {
    private static final long NONE = Long.MIN_VALUE;

    private final CampaignPlan plan;
    private final Guidance guidance;
    private final Function<RuleLog, ImplementationUnderTest> suts;
    private final LongSupplier nanoTime;
    private final Listener listener;
    private final Tally tally = new Tally();
    private volatile boolean stopped;
    private volatile long deadline = NONE;

    /** Hears of what happens, on the thread that runs the campaign. */
    public interface Listener {

        /** The implementation has said who it is. */
        void introduced(Reply.Introduction introduction);

        /** Another scenario is over, and counted. */
        void played(CampaignState state);

        /** A cause was met for the first time, and its case made small. */
        void found(CampaignState state);
    }

    /**
     * Prepares a campaign.
     *
     * @param suts makes implementations under test, each independent of the others and with a log of its own
     * @param nanoTime the clock, as {@link System#nanoTime}
     */
    public Campaign(
            CampaignPlan plan,
            Function<RuleLog, ImplementationUnderTest> suts,
            LongSupplier nanoTime,
            Listener listener) {
        this(plan, suts, nanoTime, listener, new RareTargets());
    }

    /** The same with other guidance. */
    Campaign(
            CampaignPlan plan,
            Function<RuleLog, ImplementationUnderTest> suts,
            LongSupplier nanoTime,
            Listener listener,
            Guidance guidance) {
        this.plan = plan;
        this.guidance = guidance;
        this.suts = suts;
        this.nanoTime = nanoTime;
        this.listener = listener;
    }

    /** Ends the campaign soon: no further scenario begins. May be called by any thread. */
    public void stop() {
        stopped = true;
    }

    /**
     * Runs to its end.
     *
     * @throws UnfitException if the implementation is not one to campaign against
     */
    public CampaignState run() throws UnfitException, InterruptedException {
        List<Stage> stages = new ArrayList<>();
        try (Stage shrinking = new Stage(suts, Judging.BY_THE_ARCHITECTURE, false)) {
            listener.introduced(shrinking.introduction());
            for (int job = 0; job < plan.jobs(); job++) {
                stages.add(new Stage(suts, Judging.BY_THE_ARCHITECTURE, true));
            }
            Batches batches = new Batches(guidance, shrinking.capabilities());
            play(new Workers(stages, batches, plan.seed(), this::mayBegin), batches, shrinking);
        } finally {
            stages.forEach(Stage::close);
        }
        return state();
    }

    private boolean mayBegin(long number) {
        return !stopped
                && (plan.scenarios().isEmpty() || number < plan.scenarios().getAsLong())
                && (deadline == NONE || nanoTime.getAsLong() - deadline < 0);
    }

    private void play(Workers working, Batches batches, Stage shrinking) throws InterruptedException {
        deadline =
                plan.time().map(time -> nanoTime.getAsLong() + time.toNanos()).orElse(NONE);
        try (working) {
            working.start();
            for (Optional<Workers.Result> next = working.next(); next.isPresent(); next = working.next()) {
                Workers.Result result = next.get();
                take(result, shrinking);
                batches.played(result.drawn(), result.played().reached());
            }
        }
    }

    private void take(Workers.Result result, Stage shrinking) {
        if (stopped
                && result.played()
                        .failure()
                        .filter(Failure.End.class::isInstance)
                        .isPresent()) {
            return; // what ended this program may have ended the implementation too
        }
        tally.count(result.played());
        Optional<Failure> failure = result.played().failure();
        boolean isNew = failure.isPresent() && !isKnown(failure.get().cause());
        if (isNew) {
            Cause cause = failure.get().cause();
            Played smallest = new Shrinking(shrinking, plan.replayCap())
                    .shrink(result.drawn().scenario(), result.played(), cause);
            tally.put(new Finding(cause, result.seed(), 1, smallest));
            listener.found(state());
        } else {
            failure.flatMap(met -> tally.finding(met.cause())).ifPresent(finding -> tally.put(finding.again()));
        }
        listener.played(state());
    }

    private boolean isKnown(Cause cause) {
        return tally.finding(cause).isPresent();
    }

    private CampaignState state() {
        return new CampaignState(tally);
    }
}
