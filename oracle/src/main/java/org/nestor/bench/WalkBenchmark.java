package org.nestor.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import org.nestor.memory.SparseMemory;
import org.nestor.smmu.walk.TranslationOutcome;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Translations, invalidations and bare reads of the walk workload; one invocation goes once through all pages.
 *
 * <p>Beside the wall clock of JMH it counts thread CPU time, which other load on the machine disturbs less.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WalkBenchmark {

    @Param("nested-miss")
    public String walkCase = "nested-miss";

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private Workload workload = new Workload.Translate(new WalkWorkload(WalkCase.NESTED_MISS));

    /** What an iteration counted. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Counted {
        /** Operations. */
        public long operations;
        /** Nanoseconds of thread CPU time, set-up of invocations excluded. */
        public long cpuNanos;
        /** Wrong answers. */
        public long bad;
    }

    @Setup(Level.Trial)
    public void prepare() {
        WalkCase chosen = WalkCase.named(walkCase).orElseThrow(() -> new IllegalArgumentException(walkCase));
        workload = switch (chosen) {
            case FLOOR -> new Workload.Floor(WalkReads.of(WalkCase.NESTED_MISS).addresses());
            case INVALIDATE -> new Workload.Invalidate(new WalkWorkload(chosen));
            default -> new Workload.Translate(new WalkWorkload(chosen));
        };
    }

    @Setup(Level.Invocation)
    public void refill() {
        workload.refill();
    }

    @TearDown(Level.Trial)
    public void release() {
        workload = new Workload.Floor(new long[WalkWorkload.PAGES][0]);
    }

    @Benchmark
    @OperationsPerInvocation(WalkWorkload.PAGES)
    public long pages(Counted counted) {
        long before = threads.getCurrentThreadCpuTime();
        int bad = workload.run();
        counted.cpuNanos += threads.getCurrentThreadCpuTime() - before;
        counted.operations += WalkWorkload.PAGES;
        counted.bad += bad;
        return bad;
    }

    /** One pass over all pages. */
    private sealed interface Workload {

        /** Puts back what a pass uses up. */
        default void refill() {}

        /** Runs the pass and returns the number of wrong answers. */
        int run();

        record Translate(WalkWorkload workload) implements Workload {
            @Override
            public int run() {
                int bad = 0;
                int page = 0;
                for (int i = 0; i < WalkWorkload.PAGES; i++) {
                    TranslationOutcome outcome = workload.translate(page);
                    bad += workload.isRight(page, outcome) ? 0 : 1;
                    page = WalkWorkload.next(page);
                }
                return bad;
            }
        }

        record Invalidate(WalkWorkload workload) implements Workload {
            @Override
            public void refill() {
                for (int page = 0; page < WalkWorkload.PAGES; page++) {
                    workload.translate(page);
                }
            }

            @Override
            public int run() {
                int page = 0;
                for (int i = 0; i < WalkWorkload.PAGES; i++) {
                    workload.invalidate(page);
                    page = WalkWorkload.next(page);
                }
                return workload.isConsumed() ? 0 : WalkWorkload.PAGES;
            }
        }

        /** Memory that is zero where the walk reads, so that adding what was read leaves the next address right. */
        final class Floor implements Workload {
            private final long[][] addresses;
            private final SparseMemory memory = SparseMemory.ram(0x4000_0000L, 0x4000_0000L);

            Floor(long[][] addresses) {
                this.addresses = addresses;
                for (long[] page : addresses) {
                    for (long address : page) {
                        memory.write64(address, 0);
                    }
                }
            }

            @Override
            public int run() {
                int page = 0;
                long read = 0;
                for (int i = 0; i < WalkWorkload.PAGES; i++) {
                    for (long address : addresses[page]) {
                        read = memory.read64(address + read);
                    }
                    page = WalkWorkload.next(page);
                }
                return read == 0 ? 0 : WalkWorkload.PAGES;
            }
        }
    }
}
