package org.nestor.campaign;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.nestor.campaign.Played.Exchange;
import org.nestor.generators.play.Repertoire;
import org.nestor.generators.play.ScenarioPlayer;
import org.nestor.generators.scenario.Action;
import org.nestor.generators.scenario.Capabilities;
import org.nestor.generators.scenario.Observation;
import org.nestor.generators.scenario.Scenario;
import org.nestor.judge.Platform;
import org.nestor.judge.Verdict;
import org.nestor.oracle.ImplementationUnderTest;
import org.nestor.oracle.ReportedCapabilities;
import org.nestor.oracle.Requests;
import org.nestor.protocol.DmaResult;
import org.nestor.protocol.ErrorCode;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.rule.RuleCounter;
import org.nestor.rule.RuleLog;

/** One implementation under test and its judge: plays scenarios, each from power-on. Not for several threads at once. */
final class Stage implements AutoCloseable {
    private final ImplementationUnderTest sut;
    private final Reply.Introduction introduction;
    private final Platform platform;
    private final Repertoire repertoire;
    private final Judging judging;
    private final RuleLog rules;
    private final boolean counting;
    private final RuleCounter counter = new RuleCounter();

    /**
     * Starts an implementation and asks it who it is.
     *
     * @param suts makes it, with a log of the rules that decide what it is asked
     * @param judging makes the judge of each play
     * @param counting whether plays say how often each rule decided, in the implementation and in the judge, and how replies came out
     * @throws UnfitException if it does not say who it is, or has not what scenarios need
     */
    Stage(Function<RuleLog, ImplementationUnderTest> suts, Judging judging, boolean counting) throws UnfitException {
        this.judging = judging;
        this.counting = counting;
        this.rules = counting ? counter : RuleLog.NONE;
        this.sut = suts.apply(rules);
        this.introduction = introduce(sut);
        counter.take(); // what hello decides belongs to no play
        this.platform = Platform.of(introduction);
        try {
            this.repertoire = new Repertoire(ReportedCapabilities.of(introduction));
        } catch (IllegalArgumentException e) {
            throw new UnfitException("its reply to hello does not fit: " + e.getMessage(), false);
        }
    }

    private static Reply.Introduction introduce(ImplementationUnderTest sut) throws UnfitException {
        Reply reply = sut.send(new Request.Hello());
        if (reply instanceof Reply.Introduction hello) {
            return hello;
        }
        if (reply instanceof Reply.Failure failure) {
            boolean ended = failure.code().isEnd();
            String what = ended ? "at hello it " : "it answered hello with ";
            throw new UnfitException(what + failure.code().wire() + ": " + failure.message(), ended);
        }
        throw new UnfitException("its reply to hello is none", false);
    }

    Reply.Introduction introduction() {
        return introduction;
    }

    Capabilities capabilities() {
        return repertoire.capabilities();
    }

    /** Plays a scenario up to its end or its first failure. */
    Played play(Scenario scenario) {
        ScenarioPlayer player = new ScenarioPlayer(repertoire, scenario);
        Play play = new Play();
        while (!play.over() && player.hasNext()) {
            Action action = player.next();
            boolean setup = player.step() == ScenarioPlayer.SETUP;
            Reply reply = play.exchange(Requests.of(action), setup);
            observation(action, reply).ifPresent(player::observe);
        }
        return play.end();
    }

    /** Plays requests as they are, up to their end or the first failure. */
    Played replay(List<Request.Architectural> requests, int setup) {
        Play play = new Play();
        for (int i = 0; i < requests.size() && !play.over(); i++) {
            play.exchange(requests.get(i), i < setup);
        }
        return play.end();
    }

    private static Optional<Observation> observation(Action action, Reply reply) {
        if (action instanceof Action.Dma dma
                && reply instanceof Reply.Dma end
                && end.result() == DmaResult.STALL
                && end.stag().isPresent()) {
            return Optional.of(
                    new Observation.Stalled(dma.streamId(), end.stag().get()));
        } else if (reply instanceof Reply.Value value) {
            return Optional.of(new Observation.Value(value.value()));
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        sut.close();
    }

    private final class Play {
        private final Judging.Bench judge = judging.of(platform, rules);
        private final List<Exchange> exchanges = new ArrayList<>();
        private final List<String> indeterminate = new ArrayList<>();
        private final Map<OutcomeKind, Long> outcomes = new HashMap<>();
        private long conforms;
        private int setup;
        private Optional<Failure> failure = Optional.empty();
        private Optional<Verdict> breakdown = Optional.empty();

        boolean over() {
            return failure.isPresent();
        }

        Reply exchange(Request.Architectural request, boolean ofSetup) {
            Reply reply = ask(request);
            exchanges.add(new Exchange(request, reply));
            setup += ofSetup ? 1 : 0;
            if (reply instanceof Reply.Failure end && end.code().isEnd()) {
                failure = Optional.of(new Failure.End(end));
            } else {
                take(judge(request, reply));
            }
            if (counting) {
                OutcomeKind.of(request, reply).forEach(kind -> outcomes.merge(kind, 1L, Long::sum));
            }
            return reply;
        }

        /** A judge that breaks down judges nothing more of the scenario; the campaign goes on, and its result says so. */
        private Verdict judge(Request request, Reply reply) {
            if (breakdown.isPresent()) {
                return breakdown.get();
            }
            try {
                return judge.judge(request, reply);
            } catch (RuntimeException e) {
                Verdict.Indeterminate broken = new Verdict.Indeterminate("internal error of the judge: " + e);
                breakdown = Optional.of(broken);
                return broken;
            }
        }

        private Reply ask(Request request) {
            try {
                return sut.send(request);
            } catch (RuntimeException e) {
                return new Reply.Failure(ErrorCode.DIED, "internal error: " + e);
            }
        }

        private void take(Verdict verdict) {
            if (verdict instanceof Verdict.Diverges divergence) {
                failure = Optional.of(new Failure.Divergence(divergence));
            } else if (verdict instanceof Verdict.Indeterminate unknown) {
                indeterminate.add(unknown.reason());
            } else {
                conforms++;
            }
        }

        Played end() {
            return new Played(exchanges, setup, conforms, indeterminate, failure, counter.take(), outcomes);
        }
    }
}
