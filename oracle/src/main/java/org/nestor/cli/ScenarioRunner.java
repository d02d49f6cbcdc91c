package org.nestor.cli;

import java.io.PrintWriter;
import java.util.Optional;
import org.nestor.judge.Judge;
import org.nestor.judge.Platform;
import org.nestor.judge.Verdict;
import org.nestor.oracle.ImplementationUnderTest;
import org.nestor.oracle.ReferenceConfiguration;
import org.nestor.protocol.ErrorCode;
import org.nestor.protocol.Line;
import org.nestor.protocol.LineWriter;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.protocol.ScenarioLine;

/** Executes scenarios and writes their traces. */
final class ScenarioRunner {
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean judging;

    /**
     * Writes traces to {@code out}, and what is wrong to {@code err}.
     *
     * @param judging whether replies are judged by what the architecture allows, and not only by what scenarios expect
     */
    ScenarioRunner(PrintWriter out, PrintWriter err, boolean judging) {
        this.out = out;
        this.err = err;
        this.judging = judging;
    }

    /** Executes a scenario to its end, or to that of the implementation; names the first reply that is not as expected. */
    ExitCode run(Scenario scenario, ImplementationUnderTest sut) {
        Optional<Judge> judge = judging ? Optional.of(judgeOf(sut)) : Optional.empty();
        print(scenario.header());
        ExitCode code = ExitCode.CONFORMS;
        for (ScenarioLine line : scenario.lines()) {
            Line.Exchange exchange = (Line.Exchange) line.line();
            Reply reply = ask(sut, exchange.request());
            print(exchange.answered(reply));
            Optional<String> mismatch = exchange.expect().flatMap(expect -> expect.mismatch(reply));
            if (mismatch.isPresent() && code == ExitCode.CONFORMS) {
                complain(line, "expect", mismatch.get());
                code = ExitCode.DIVERGES;
            }
            Optional<Verdict> verdict = judge.map(one -> one.judge(exchange.request(), reply));
            if (verdict.isPresent() && verdict.get() instanceof Verdict.Diverges divergence) {
                complain(line, divergence);
                code = ExitCode.DIVERGES;
                judge = Optional.empty();
            }
            if (reply instanceof Reply.Failure failure && failure.code().isEnd()) {
                complain(line, "op", "the implementation " + failure.code().wire() + ": " + failure.message());
                code = ExitCode.DIED;
                break;
            }
        }
        out.flush();
        return code;
    }

    /** A judge of what the implementation says of itself; of the embedded reference if it says nothing. */
    private static Judge judgeOf(ImplementationUnderTest sut) {
        Reply reply = ask(sut, new Request.Hello());
        return Judge.of(
                reply instanceof Reply.Introduction hello
                        ? Platform.of(hello)
                        : Platform.of(ReferenceConfiguration.DEFAULT));
    }

    private void complain(ScenarioLine line, Verdict.Diverges divergence) {
        complain(line, "reply", divergence.title() + ": " + divergence.observed() + " " + divergence.rules());
        divergence.allowed().forEach(one -> err.println("  allowed:  " + one));
        divergence.explanation().forEach(one -> err.println("  because:  " + one));
        err.flush();
    }

    private static Reply ask(ImplementationUnderTest sut, Request request) {
        try {
            return sut.send(request);
        } catch (RuntimeException e) {
            return new Reply.Failure(ErrorCode.DIED, "internal error: " + e);
        }
    }

    private void print(Line line) {
        out.print(LineWriter.write(line));
        out.print('\n');
    }

    private void complain(ScenarioLine line, String member, String message) {
        out.flush();
        err.println(line.complaint(member, message).getMessage());
        err.flush();
    }
}
