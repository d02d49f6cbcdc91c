package org.nestor.hunt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.nestor.bugs.SeededBug;
import org.nestor.campaign.Encounter;
import org.nestor.campaign.FirstDivergence;
import org.nestor.campaign.UnfitException;
import org.nestor.iommu.Parts;
import org.nestor.oracle.ReferenceConfiguration;
import org.nestor.reports.CampaignResult;
import org.nestor.reports.HuntAttempt;
import org.nestor.reports.HuntControl;
import org.nestor.reports.HuntResult;
import org.nestor.reports.HuntSighting;
import org.nestor.reports.HuntedBug;
import org.nestor.rule.RuleId;

/**
 * Runs the campaigns against each of some seeded bugs. A campaign runs on one thread, so that the scenarios that it takes follow from
 * its seed alone, however many run beside it.
 */
public final class Hunt {
    private static final double NANOS = 1e9;
    private static final ReferenceConfiguration SOUND = ReferenceConfiguration.DEFAULT;

    private final HuntPlan plan;

    public Hunt(HuntPlan plan) {
        this.plan = plan;
    }

    /**
     * Runs it.
     *
     * @param command the command that repeats it
     * @param each hears of each bug, in order, as soon as it and all before it are done
     */
    public HuntResult run(String command, Consumer<HuntedBug> each) throws UnfitException, InterruptedException {
        Instant started = Instant.now();
        long begin = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(plan.jobs());
        try {
            List<List<Future<HuntAttempt>>> searches = new ArrayList<>();
            for (SeededBug bug : plan.bugs()) {
                searches.add(begin(threads, search(bug), Optional.of(bug)));
            }
            List<List<Future<HuntAttempt>>> controls = new ArrayList<>();
            if (plan.control()) {
                controls.add(begin(threads, inSmmu(SOUND), Optional.empty()));
                controls.add(begin(threads, inHost(Parts.REFERENCE), Optional.empty()));
            }
            List<HuntedBug> bugs = new ArrayList<>();
            for (int i = 0; i < searches.size(); i++) {
                bugs.add(hunted(plan.bugs().get(i), all(searches.get(i))));
                each.accept(bugs.get(i));
            }
            List<HuntControl> none = new ArrayList<>();
            for (List<Future<HuntAttempt>> control : controls) {
                none.add(new HuntControl(none.isEmpty() ? "SMMU" : "host", all(control)));
            }
            return new HuntResult(
                    CampaignResult.VERSION,
                    command,
                    started,
                    (System.nanoTime() - begin) / NANOS,
                    plan.jobs(),
                    plan.bounds().time().map(time -> time.toNanos() / NANOS),
                    plan.bounds().scenarios().stream().boxed().findFirst(),
                    bugs,
                    none);
        } finally {
            threads.shutdownNow();
        }
    }

    private Search search(SeededBug bug) {
        return bug.isInSmmu() ? inSmmu(SOUND.with(bug)) : inHost(bug.software());
    }

    private Search inSmmu(ReferenceConfiguration suspect) {
        return new FirstDivergence(suspect::create, SOUND::create, plan.bounds(), System::nanoTime)::seek;
    }

    private Search inHost(Parts software) {
        return new HostSearch(software, plan.bounds(), System::nanoTime);
    }

    private List<Future<HuntAttempt>> begin(ExecutorService threads, Search search, Optional<SeededBug> bug) {
        List<Future<HuntAttempt>> futures = new ArrayList<>();
        for (long seed : plan.seeds()) {
            Callable<HuntAttempt> task = () -> attempt(seed, search.seek(seed), bug);
            futures.add(threads.submit(task));
        }
        return futures;
    }

    private static HuntAttempt attempt(long seed, Encounter met, Optional<SeededBug> planted) {
        Optional<HuntSighting> sighting = met.found()
                .map(found -> new HuntSighting(
                        found.title(),
                        found.rules(),
                        planted.filter(bug -> bug.isBlamedBy(found.areas())).isPresent(),
                        found.requests(),
                        found.steps()));
        return new HuntAttempt(seed, met.scenarios(), met.nanos() / NANOS, met.falseAlarms(), sighting);
    }

    private static List<HuntAttempt> all(List<Future<HuntAttempt>> futures)
            throws UnfitException, InterruptedException {
        List<HuntAttempt> attempts = new ArrayList<>();
        for (Future<HuntAttempt> future : futures) {
            try {
                attempts.add(future.get());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnfitException unfit) {
                    throw unfit;
                }
                throw new IllegalStateException("a search of this hunt failed", e.getCause());
            }
        }
        return attempts;
    }

    private static HuntedBug hunted(SeededBug bug, List<HuntAttempt> attempts) {
        return new HuntedBug(
                bug.id(),
                bug.title(),
                bug.component().label(),
                bug.difficulty().label(),
                bug.rules().stream().map(RuleId::toString).toList(),
                attempts);
    }
}
