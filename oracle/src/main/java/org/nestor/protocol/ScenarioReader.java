package org.nestor.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the lines of a scenario or trace, skipping blank lines and those that begin with {@code #}. */
public final class ScenarioReader implements AutoCloseable {
    private final LineReader lines;
    private final InputStream in;

    /**
     * @param file the name to use in complaints
     * @param in the bytes; closed with this reader
     */
    public ScenarioReader(String file, InputStream in) {
        this.lines = new LineReader(file, in);
        this.in = in;
    }

    /** Opens a file. */
    public static ScenarioReader open(Path file) throws IOException {
        return new ScenarioReader(file.toString(), Files.newInputStream(file));
    }

    /**
     * The next line, or empty at the end.
     *
     * @throws ProtocolException when it is not a line of the protocol; the next call goes on after it
     */
    public Optional<ScenarioLine> next() throws IOException, ProtocolException {
        Optional<LineReader.Raw> raw = lines.next();
        while (raw.isPresent() && isSkipped(raw.get().text())) {
            raw = lines.next();
        }
        return raw.isPresent() ? Optional.of(ScenarioLine.parse(raw.get())) : Optional.empty();
    }

    /** All lines that are left. */
    public List<ScenarioLine> all() throws IOException, ProtocolException {
        List<ScenarioLine> all = new ArrayList<>();
        for (Optional<ScenarioLine> line = next(); line.isPresent(); line = next()) {
            all.add(line.get());
        }
        return List.copyOf(all);
    }

    private static boolean isSkipped(String text) {
        return text.isBlank() || text.startsWith("#");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
