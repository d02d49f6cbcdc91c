package org.nestor.oracle.qemu;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A socket that waits for a program to connect to it, so that there is no race with the program's start. */
final class Rendezvous implements AutoCloseable {
    private static final int GLANCE_MS = 20;

    private final Path path;
    private final ServerSocketChannel server;

    /** Listens at a path, which must be short: a socket's name has about 100 bytes. */
    Rendezvous(Path path) throws IOException {
        this.path = path;
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
    }

    /**
     * The connection that the program made, or empty if the program ended without or took too long.
     *
     * @param alive whether there is still somebody to wait for
     * @param patience the longest to wait
     */
    Optional<SocketChannel> accept(BooleanSupplier alive, Duration patience) throws IOException {
        long began = System.nanoTime();
        try (Selector selector = Selector.open()) {
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            while (System.nanoTime() - began < patience.toNanos()) {
                // Whoever ended has connected before or never will.
                boolean last = !alive.getAsBoolean();
                selector.select(GLANCE_MS);
                SocketChannel connection = server.accept();
                if (connection != null || last) {
                    return Optional.ofNullable(connection);
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(path);
    }
}
