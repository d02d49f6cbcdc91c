package org.nestor.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nestor.oracle.Objection;
import org.nestor.protocol.Line;
import org.nestor.protocol.ProtocolException;
import org.nestor.protocol.Request;
import org.nestor.protocol.ScenarioLine;
import org.nestor.protocol.ScenarioReader;

/** Reads scenario files whole, and complains about the first thing that is wrong in each. */
final class ScenarioFiles {
    private static final String STDIN = "-";

    private final InputStream in;
    private final PrintWriter err;

    /**
     * @param in what {@code -} stands for
     * @param err where complaints go, one line each
     */
    ScenarioFiles(InputStream in, PrintWriter err) {
        this.in = in;
        this.err = err;
    }

    /**
     * All scenarios of all files, or empty when a file is bad.
     *
     * @param objections what the implementation that is to execute them has against a request
     */
    Optional<List<Scenario>> read(List<String> files, Function<Request, Optional<Objection>> objections) {
        List<Scenario> scenarios = new ArrayList<>();
        boolean bad = false;
        for (String file : files) {
            try {
                for (Scenario scenario : Scenario.of(file, lines(file))) {
                    check(scenario, objections);
                    scenarios.add(scenario);
                }
            } catch (ProtocolException complaint) {
                bad = complain(complaint.getMessage());
            } catch (NoSuchFileException | InvalidPathException e) {
                bad = complain(file + ": expected a file, found nothing of that name");
            } catch (IOException e) {
                bad = complain(file + ": cannot be read (" + e.getMessage() + ")");
            }
        }
        err.flush();
        return bad ? Optional.empty() : Optional.of(scenarios);
    }

    private boolean complain(@Nullable String message) {
        err.println(message);
        return true;
    }

    private List<ScenarioLine> lines(String file) throws IOException, ProtocolException {
        if (file.equals(STDIN)) {
            return new ScenarioReader("stdin", in).all();
        }
        Path path = Path.of(file);
        if (Files.isDirectory(path)) {
            throw new IOException("it is a folder");
        }
        try (ScenarioReader reader = ScenarioReader.open(path)) {
            return reader.all();
        }
    }

    /** What the implementation cannot make sense of is bad input, unless the scenario is there to show just that. */
    private static void check(Scenario scenario, Function<Request, Optional<Objection>> objections)
            throws ProtocolException {
        boolean ended = false;
        for (ScenarioLine line : scenario.lines()) {
            Line.Exchange exchange = (Line.Exchange) line.line();
            if (ended) {
                throw line.complaint("op", "expected no request after bye");
            }
            ended = exchange.request() instanceof Request.Bye;
            boolean intended = exchange.expect().isPresent()
                    && exchange.expect().get().json().get("error").isPresent();
            Optional<Objection> objection = objections.apply(exchange.request());
            if (objection.isPresent() && !intended) {
                throw line.complaint(objection.get().member(), objection.get().message());
            }
        }
    }
}
