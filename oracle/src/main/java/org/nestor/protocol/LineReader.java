package org.nestor.protocol;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Cuts a stream of bytes into lines of UTF-8 text. A line that is too long or not UTF-8 is reported, and the next call
 * goes on with the line after it. Never holds more than one line's worth of bytes.
 */
final class LineReader {
    private static final int BUFFER_BYTES = 1 << 13;

    private final String file;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int next;
    private int end;
    private int number;

    LineReader(String file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    /**
     * One line.
     *
     * @param file where it comes from
     * @param number 1-based
     * @param text without its line end
     */
    record Raw(String file, int number, String text) {
        ProtocolException complaint(int column, String message) {
            return new ProtocolException(file, number, column, message);
        }
    }

    /** The next line, or empty at the end. */
    Optional<Raw> next() throws IOException, ProtocolException {
        if (!fill()) {
            return Optional.empty();
        }
        number++;
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean tooLong = false;
        boolean ended = false;
        while (!ended && fill()) {
            int stop = next;
            while (stop < end && buffer[stop] != '\n') {
                stop++;
            }
            tooLong |= line.size() + (stop - next) > Limits.LINE_BYTES;
            if (!tooLong) {
                line.write(buffer, next, stop - next);
            }
            ended = stop < end;
            next = ended ? stop + 1 : stop;
        }
        if (tooLong) {
            throw new ProtocolException(
                    file, number, Limits.LINE_BYTES + 1, "expected a line of at most " + Limits.LINE_BYTES + " bytes");
        }
        return Optional.of(new Raw(file, number, decode(line.toByteArray())));
    }

    private boolean fill() throws IOException {
        if (next == end) {
            next = 0;
            end = Math.max(0, in.read(buffer, 0, buffer.length));
        }
        return end > 0;
    }

    private String decode(byte[] line) throws ProtocolException {
        ByteBuffer bytes = ByteBuffer.wrap(line);
        CharBuffer text = CharBuffer.allocate(line.length);
        if (StandardCharsets.UTF_8.newDecoder().decode(bytes, text, true).isError()) {
            String found = "byte 0x" + Integer.toHexString(bytes.get(bytes.position()) & 0xff);
            throw new ProtocolException(file, number, text.position() + 1, "expected UTF-8 text, found " + found);
        }
        return text.flip().toString();
    }
}
