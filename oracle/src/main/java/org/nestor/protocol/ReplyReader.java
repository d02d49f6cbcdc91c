package org.nestor.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.nestor.protocol.json.JsonException;
import org.nestor.protocol.json.JsonReader;

/** Reads the replies of a session. What a reply may say depends on its request, so a line is read first and understood then. */
public final class ReplyReader {
    private final LineReader lines;

    /**
     * @param name the name to use in complaints
     * @param in the bytes
     */
    public ReplyReader(String name, InputStream in) {
        this.lines = new LineReader(name, in);
    }

    /** A line that is to be a reply. */
    public static final class Unread {
        private final LineReader.Raw raw;

        private Unread(LineReader.Raw raw) {
            this.raw = raw;
        }

        /** A complaint about the whole line. */
        public ProtocolException complaint(String message) {
            return raw.complaint(1, message);
        }

        /**
         * The reply.
         *
         * @throws ProtocolException when the line is no reply to this request
         */
        public Reply as(Request request) throws ProtocolException {
            try {
                return ReplyDecoder.decode(request, JsonReader.read(raw.text()));
            } catch (JsonException e) {
                throw raw.complaint(e.column(), e.sentence());
            }
        }
    }

    /** The next line, or empty at the end. */
    public Optional<Unread> next() throws IOException, ProtocolException {
        return lines.next().map(Unread::new);
    }
}
