package org.nestor.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.nestor.oracle.sut.SutFactory;
import org.nestor.protocol.Reply;
import org.nestor.reports.CampaignResult;
import org.nestor.reports.SelfTest;
import org.nestor.reports.Setup;

/** A campaign from its self-test to its report. Interrupted from outside, it still ends with a report of what it found. */
public final class CampaignRun {
    /** How long an interrupted campaign may take to write its report. */
    private static final long PARTING_SECONDS = 15;

    private static final double NANOS = 1e9;

    private final CampaignPlan plan;
    private final SutFactory factory;
    private final String sutOptions;
    private final Optional<String> policy;
    private final SelfTests selfTests;
    private final Observer observer;
    private final FindingFiles files;
    private final CampaignReport report;

    /** Watches a campaign. */
    public interface Observer {

        /** It has come this far. */
        void at(CampaignState state, double seconds);

        /** It is over. */
        void end();
    }

    /**
     * Prepares a campaign.
     *
     * @param sutOptions the options that name the implementation again
     * @param policy the cache policy of the embedded reference
     */
    public CampaignRun(
            CampaignPlan plan, SutFactory factory, String sutOptions, Optional<String> policy, Observer observer) {
        this(plan, factory, sutOptions, policy, observer, new SelfTests());
    }

    /** The same with a self-test of one's own. */
    CampaignRun(
            CampaignPlan plan,
            SutFactory factory,
            String sutOptions,
            Optional<String> policy,
            Observer observer,
            SelfTests selfTests) {
        this.selfTests = selfTests;
        this.plan = plan;
        this.factory = factory;
        this.sutOptions = sutOptions;
        this.policy = policy;
        this.observer = observer;
        this.files = new FindingFiles(plan.report());
        this.report = new CampaignReport(plan.report(), files);
    }

    /**
     * Runs it.
     *
     * @throws UnfitException if the implementation is not one to campaign against
     * @throws IOException if the report cannot be written
     */
    public CampaignResult run() throws UnfitException, IOException, InterruptedException {
        Instant started = Instant.now();
        long begin = System.nanoTime();
        SelfTest selfTest = selfTests.run(plan.seed());
        Keeper keeper = new Keeper(started, begin, selfTest);
        Campaign campaign = new Campaign(plan, factory::create, System::nanoTime, keeper);
        CountDownLatch over = new CountDownLatch(1);
        Thread hook = new Thread(() -> end(campaign, over), "campaign-end");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            CampaignState state = campaign.run();
            observer.end();
            CampaignResult result = keeper.result(state);
            report.end(result);
            return result;
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            over.countDown();
            remove(hook);
        }
    }

    private static void end(Campaign campaign, CountDownLatch over) {
        campaign.stop();
        try {
            over.await(PARTING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // Then the hook waits for exactly this, and ends by itself.
        }
    }

    /** Keeps each finding as it is made. */
    private final class Keeper implements Campaign.Listener {
        private final Instant started;
        private final long begin;
        private final SelfTest selfTest;
        private Optional<CampaignResults> results = Optional.empty();

        Keeper(Instant started, long begin, SelfTest selfTest) {
            this.started = started;
            this.begin = begin;
            this.selfTest = selfTest;
        }

        @Override
        public void introduced(Reply.Introduction introduction) {
            files.introduced(introduction);
            results = Optional.of(new CampaignResults(
                    introduction,
                    plan.seed(),
                    started,
                    setup(),
                    Optional.of(selfTest),
                    plan.known(),
                    files,
                    "./nestor run --judge " + sutOptions));
        }

        private Setup setup() {
            String release = Optional.ofNullable(getClass().getPackage().getImplementationVersion())
                    .orElse("(not from a jar)");
            String seed = sutOptions.contains("--seed") ? "" : " --seed " + plan.seed();
            String amount = plan.scenarios().isPresent()
                    ? " --scenarios " + plan.scenarios().getAsLong()
                    : plan.time()
                            .map(time -> " --time " + time.toSeconds() + "s")
                            .orElse("");
            return new Setup(release, "./nestor campaign " + sutOptions + seed + amount, policy, plan.jobs());
        }

        CampaignResult result(CampaignState state) {
            return results.orElseThrow().of(state, seconds());
        }

        private double seconds() {
            return (System.nanoTime() - begin) / NANOS;
        }

        @Override
        public void played(CampaignState state) {
            observer.at(state, seconds());
        }

        @Override
        public void found(CampaignState state) {
            try {
                report.found(state, result(state));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
