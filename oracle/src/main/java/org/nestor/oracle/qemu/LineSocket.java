package org.nestor.oracle.qemu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Lines of ASCII text over a socket, each ended by LF, with an end to every wait. What is written is sent when a line is
 * asked for or on {@link #flush}.
 */
final class LineSocket implements AutoCloseable {
    /** No answer of QEMU that this program asks for is longer. */
    static final int LINE_LIMIT = 1 << 20;

    private static final int BUFFER_BYTES = 1 << 16;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final Duration patience;
    private final ByteBuffer incoming = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);
    private final ByteBuffer outgoing = ByteBuffer.allocateDirect(BUFFER_BYTES);

    /**
     * @param channel a connected socket
     * @param patience how long a single wait for the other side may take
     */
    LineSocket(SocketChannel channel, Duration patience) {
        this.channel = channel;
        this.patience = patience;
        try {
            channel.configureBlocking(false);
            this.selector = Selector.open();
            this.key = channel.register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            throw LostPeerException.died("its connection failed: " + e.getMessage());
        }
    }

    /** Adds a line to what is to be sent. */
    void write(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.US_ASCII);
        int from = 0;
        while (from < bytes.length) {
            if (!outgoing.hasRemaining()) {
                flush();
            }
            int count = Math.min(outgoing.remaining(), bytes.length - from);
            outgoing.put(bytes, from, count);
            from += count;
        }
    }

    /** Sends what was written. That nobody takes it any more is found out by the next {@link #readLine}. */
    void flush() {
        outgoing.flip();
        try {
            while (outgoing.hasRemaining()) {
                if (channel.write(outgoing) == 0) {
                    await(SelectionKey.OP_WRITE, "it took nothing more for ");
                }
            }
        } catch (IOException brokenPipe) {
            // Answers to earlier lines may still be there to be read.
        }
        outgoing.clear();
    }

    /** The next line, without its end; a CR before it is dropped. */
    String readLine() {
        if (outgoing.position() > 0) {
            flush();
        }
        StringBuilder line = new StringBuilder();
        while (true) {
            while (incoming.hasRemaining()) {
                char c = (char) (incoming.get() & 0xff);
                if (c == '\n') {
                    return trimmed(line);
                }
                line.append(c);
            }
            if (line.length() > LINE_LIMIT) {
                throw LostPeerException.died("it wrote a line of more than " + LINE_LIMIT + " bytes");
            }
            fill();
        }
    }

    private static String trimmed(StringBuilder line) {
        int end = line.length();
        return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
    }

    private void fill() {
        incoming.clear();
        try {
            int count = channel.read(incoming);
            while (count == 0) {
                await(SelectionKey.OP_READ, "no answer within ");
                count = channel.read(incoming);
            }
            if (count < 0) {
                throw closed();
            }
        } catch (IOException e) {
            throw closed();
        } finally {
            incoming.flip();
        }
    }

    private void await(int operation, String complaint) throws IOException {
        key.interestOps(operation);
        if (selector.select(patience.toMillis()) == 0) {
            throw LostPeerException.hung(complaint + patience.toMillis() + " ms");
        }
        selector.selectedKeys().clear();
    }

    private static LostPeerException closed() {
        return LostPeerException.died("it closed its connection");
    }

    @Override
    public void close() {
        try (selector;
                channel) {
            key.cancel();
        } catch (IOException e) {
            // The connection is of no more use either way.
        }
    }
}
