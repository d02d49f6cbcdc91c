package org.nestor.oracle.qemu;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The other end of a link, played by a test on a thread of its own. */
final class FakePeer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(20);

    private final Path folder;
    private final LineSocket link;
    private final CompletableFuture<Void> part;

    private FakePeer(Path folder, LineSocket link, CompletableFuture<Void> part) {
        this.folder = folder;
        this.link = link;
        this.part = part;
    }

    /** What it does. */
    interface Part {
        void play(Stage stage) throws IOException;
    }

    /**
     * Its connection.
     *
     * @param in lines from the link
     * @param out to the link
     */
    record Stage(BufferedReader in, SocketChannel out) {
        String read() throws IOException {
            return String.valueOf(in.readLine());
        }

        void write(String text) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        }
    }

    static FakePeer playing(Duration patience, Part part) throws IOException {
        Path folder = Files.createTempDirectory("peer");
        Path path = folder.resolve("s");
        try (Rendezvous rendezvous = new Rendezvous(path)) {
            CompletableFuture<Void> running = CompletableFuture.runAsync(() -> play(path, part));
            SocketChannel channel = rendezvous.accept(() -> true, START).orElseThrow();
            return new FakePeer(folder, new LineSocket(channel, patience), running);
        }
    }

    private static void play(Path path, Part part) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(path));
            BufferedReader in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
            part.play(new Stage(in, channel));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    LineSocket link() {
        return link;
    }

    /** Waits for the end of its part, and passes on what failed in it. */
    void end() {
        part.join();
    }

    @Override
    public void close() throws IOException {
        link.close();
        Files.delete(folder);
    }
}
