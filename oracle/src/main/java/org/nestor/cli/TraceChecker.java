package org.nestor.cli;

import java.io.IOException;
import java.util.Optional;
import org.nestor.judge.Judge;
import org.nestor.judge.Platform;
import org.nestor.judge.Verdict;
import org.nestor.protocol.ErrorCode;
import org.nestor.protocol.Line;
import org.nestor.protocol.ProtocolException;
import org.nestor.protocol.Reply;
import org.nestor.protocol.ScenarioLine;
import org.nestor.protocol.ScenarioReader;

/** Judges the traces of a file, line by line as it is read, up to the first divergence; what follows is only read. */
final class TraceChecker {
    private final String file;
    private final Platform assumed;
    private Judge judge;
    private long exchanges;
    private int line = 1;
    private boolean ended;
    private Optional<TraceVerdict> worst = Optional.empty();

    /**
     * @param file the file as the user named it
     * @param assumed what a trace that does not begin with {@code hello} was recorded from
     */
    TraceChecker(String file, Platform assumed) {
        this.file = file;
        this.assumed = assumed;
        this.judge = Judge.of(assumed);
    }

    /** Reads to the end. */
    TraceVerdict check(ScenarioReader reader) throws IOException, ProtocolException {
        for (Optional<ScenarioLine> next = reader.next(); next.isPresent(); next = reader.next()) {
            take(next.get());
        }
        int last = line;
        return worst.orElseGet(() -> TraceVerdict.conforms(file, last, exchanges));
    }

    private void take(ScenarioLine next) throws ProtocolException {
        line = next.number();
        if (!(next.line() instanceof Line.Exchange exchange)) {
            judge = Judge.of(assumed);
            ended = false;
            return;
        }
        Reply reply = exchange.reply()
                .orElseThrow(() -> next.complaint("reply", "expected in each request of a trace, found nothing"));
        if (ended) {
            throw next.complaint("op", "expected no request after the implementation has ended");
        }
        exchanges++;
        if (reply instanceof Reply.Failure failure && isEnd(failure.code())) {
            ended = true;
            found(TraceVerdict.died(file, line, failure.code().wire() + ": " + failure.message()));
        } else if (!diverged()) {
            found(judge.judge(exchange.request(), reply));
        }
    }

    private boolean diverged() {
        return worst.filter(one -> one.code() == ExitCode.DIVERGES).isPresent();
    }

    private static boolean isEnd(ErrorCode code) {
        return code == ErrorCode.DIED || code == ErrorCode.HUNG;
    }

    private void found(Verdict verdict) {
        if (verdict instanceof Verdict.Diverges divergence) {
            found(TraceVerdict.diverges(file, line, divergence));
        } else if (verdict instanceof Verdict.Indeterminate indeterminate) {
            found(TraceVerdict.indeterminate(file, line, indeterminate.reason()));
        }
    }

    private void found(TraceVerdict verdict) {
        worst = Optional.of(worst.map(first -> first.worst(verdict)).orElse(verdict));
    }
}
