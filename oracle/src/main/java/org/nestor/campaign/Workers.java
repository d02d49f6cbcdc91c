package org.nestor.campaign;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.LongPredicate;
import org.nestor.generators.search.ScenarioGenerator.Drawn;

/** Plays scenarios side by side, and gives the results out in the order of their numbers. */
final class Workers implements AutoCloseable {
    /** Results that may wait to be taken, for each worker. */
    private static final int AHEAD = 64;

    private final List<Thread> threads = new ArrayList<>();
    private final BlockingQueue<Message> messages;
    private final PriorityQueue<Result> early = new PriorityQueue<>(Comparator.comparingLong(Result::number));
    private final Batches batches;
    private final long seed;
    private final LongPredicate mayBegin;
    private long given;
    private long taken;
    private int working;

    /** What a worker has to say. */
    private sealed interface Message {}

    /** A scenario is over. */
    record Result(long number, long seed, Drawn drawn, Played played) implements Message {}

    /** A worker has ended, by itself or by an error of this program. */
    private record Ended(Optional<Throwable> error) implements Message {}

    /**
     * Prepares a worker for each stage.
     *
     * @param batches what scenarios are drawn with
     * @param seed what all scenarios follow from
     * @param mayBegin whether the scenario of a number may begin; never again true once it was false
     */
    Workers(List<Stage> stages, Batches batches, long seed, LongPredicate mayBegin) {
        this.batches = batches;
        this.seed = seed;
        this.mayBegin = mayBegin;
        this.messages = new ArrayBlockingQueue<>(AHEAD * stages.size());
        for (Stage stage : stages) {
            Thread thread = new Thread(() -> work(stage), "campaign-" + threads.size());
            thread.setDaemon(true);
            threads.add(thread);
        }
    }

    void start() {
        working = threads.size();
        threads.forEach(Thread::start);
    }

    private void work(Stage stage) {
        try {
            try {
                for (Optional<Long> number = begin(); number.isPresent(); number = begin()) {
                    long own = Seeds.of(seed, number.get());
                    Drawn drawn = batches.of(number.get()).draw(own);
                    messages.put(new Result(number.get(), own, drawn, stage.play(drawn.scenario())));
                }
                messages.put(new Ended(Optional.empty()));
            } catch (RuntimeException | Error e) {
                messages.put(new Ended(Optional.of(e)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next number, unless that scenario must not begin. Every number that is given is played, so that none is missing. */
    private synchronized Optional<Long> begin() {
        return mayBegin.test(given) ? Optional.of(given++) : Optional.empty();
    }

    /** The result of the next number; empty after the last. */
    Optional<Result> next() throws InterruptedException {
        while (early.isEmpty() || early.peek().number() != taken) {
            if (working == 0) {
                return Optional.empty();
            }
            Message message = messages.take();
            if (message instanceof Result result) {
                early.add(result);
            } else if (message instanceof Ended ended) {
                working--;
                if (ended.error().isPresent()) {
                    throw new IllegalStateException(
                            "a worker of this campaign failed", ended.error().get());
                }
            }
        }
        taken++;
        return Optional.of(early.remove());
    }

    /** Ends the workers. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        boolean interrupted = false;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
