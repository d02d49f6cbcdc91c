package org.nestor.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the walk benchmark under JMH, a fresh JVM for each case, and condenses what it measured. */
public final class WalkBench {
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    private final int iterations;
    private final long iterationMillis;

    /**
     * A bench of that length.
     *
     * @param iterations measured iterations of each case; as many warm up, so that the compiler is done even on a busy machine
     * @param iterationMillis length of an iteration
     */
    public WalkBench(int iterations, long iterationMillis) {
        this.iterations = iterations;
        this.iterationMillis = iterationMillis;
    }

    /**
     * Measures a case.
     *
     * @throws IllegalStateException if the benchmark cannot be run
     */
    public WalkRow measure(WalkCase walkCase) {
        WalkReads reads = WalkReads.of(walkCase == WalkCase.FLOOR ? WalkCase.NESTED_MISS : walkCase);
        Collection<RunResult> results;
        try {
            results = new Runner(new OptionsBuilder()
                            .include(WalkBenchmark.class.getName() + ".pages")
                            .param("walkCase", walkCase.label())
                            .forks(1)
                            .jvmArgsAppend("-Xmx1g", "-XX:+UseSerialGC")
                            .warmupIterations(iterations)
                            .warmupTime(TimeValue.milliseconds(iterationMillis))
                            .measurementIterations(iterations)
                            .measurementTime(TimeValue.milliseconds(iterationMillis))
                            .addProfiler(GCProfiler.class)
                            .verbosity(VerboseMode.SILENT)
                            .shouldFailOnError(true)
                            .build())
                    .run();
        } catch (RunnerException e) {
            throw new IllegalStateException("benchmark " + walkCase.label() + ": " + e.getMessage(), e);
        }
        return row(walkCase, reads, results);
    }

    private static WalkRow row(WalkCase walkCase, WalkReads reads, Collection<RunResult> results) {
        List<Double> nanos = new ArrayList<>();
        List<Double> bytes = new ArrayList<>();
        double operations = 0;
        double bad = reads.bad();
        for (RunResult result : results) {
            for (BenchmarkResult fork : result.getBenchmarkResults()) {
                for (IterationResult iteration : fork.getIterationResults()) {
                    double count = secondary(iteration, "operations");
                    operations += count;
                    bad += secondary(iteration, "bad");
                    nanos.add(secondary(iteration, "cpuNanos") / count);
                    bytes.add(secondary(iteration, ALLOCATION));
                }
            }
        }
        return new WalkRow(walkCase, (long) operations, median(nanos), reads.perOperation(), median(bytes), (long) bad);
    }

    private static double secondary(IterationResult iteration, String suffix) {
        for (Result<?> result : iteration.getSecondaryResults().values()) {
            if (result.getLabel().endsWith(suffix)) {
                return result.getScore();
            }
        }
        throw new IllegalStateException("the benchmark did not report " + suffix);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
