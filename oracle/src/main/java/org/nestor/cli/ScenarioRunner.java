package org.nestor.cli;

import java.io.PrintWriter;
import java.util.Optional;
import org.nestor.oracle.ImplementationUnderTest;
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

    ScenarioRunner(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /** Executes a scenario to its end, or to that of the implementation; names the first reply that is not as expected. */
    ExitCode run(Scenario scenario, ImplementationUnderTest sut) {
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
            if (reply instanceof Reply.Failure failure && failure.code().isEnd()) {
                complain(line, "op", "the implementation " + failure.code().wire() + ": " + failure.message());
                code = ExitCode.DIED;
                break;
            }
        }
        out.flush();
        return code;
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
