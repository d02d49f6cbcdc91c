package org.nestor.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads the requests of a session. Every line is a request: a session has no comments, blank lines or header. */
public final class SessionReader {
    private final LineReader lines;

    /**
     * @param name the name to use in complaints
     * @param in the bytes
     */
    public SessionReader(String name, InputStream in) {
        this.lines = new LineReader(name, in);
    }

    /**
     * The next request, or empty at the end.
     *
     * @throws ProtocolException when the line is no request; the next call goes on after it
     */
    public Optional<Request> next() throws IOException, ProtocolException {
        Optional<LineReader.Raw> raw = lines.next();
        if (raw.isEmpty()) {
            return Optional.empty();
        }
        if (ScenarioLine.parse(raw.get()).line() instanceof Line.Exchange exchange) {
            return Optional.of(exchange.request());
        }
        throw raw.get().complaint(1, "expected a request, found the header of a file");
    }
}
