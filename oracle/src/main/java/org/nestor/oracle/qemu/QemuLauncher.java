package org.nestor.oracle.qemu;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Starts QEMUs of one binary, each with a machine of its own, and remembers what the binary can do. */
public final class QemuLauncher {
    private static final String NO_SUCH_ACCELERATOR = "invalid accelerator";

    private final Path binary;
    private final Duration patience;
    private final AtomicReference<Accelerator> accelerator = new AtomicReference<>(Accelerator.QTEST);

    /**
     * @param binary a {@code qemu-system-aarch64}
     * @param patience how long it may take for one answer, and to start
     */
    public QemuLauncher(Path binary, Duration patience) {
        this.binary = binary;
        this.patience = patience;
    }

    /** Starts one, in its power-on state. A QEMU that does not start answers every request with why. */
    public QemuImplementation start() {
        try {
            return new QemuImplementation(session());
        } catch (LostPeerException e) {
            return new QemuImplementation(e);
        }
    }

    private QemuSession session() {
        Accelerator tried = accelerator.get();
        try {
            return session(tried);
        } catch (LostPeerException e) {
            if (tried == Accelerator.QTEST && e.reason().contains(NO_SUCH_ACCELERATOR)) {
                accelerator.set(Accelerator.TCG);
                return session(Accelerator.TCG);
            }
            throw e;
        }
    }

    private QemuSession session(Accelerator chosen) {
        try (Scratch scratch = Scratch.create()) {
            return session(chosen, scratch);
        } catch (IOException e) {
            throw LostPeerException.died("it cannot be started: " + e.getMessage());
        }
    }

    private QemuSession session(Accelerator chosen, Scratch scratch) throws IOException {
        Path log = scratch.log();
        PhysicalRam ram = new PhysicalRam(scratch.ram());
        try (Rendezvous qmp = new Rendezvous(scratch.qmp());
                Rendezvous qtest = new Rendezvous(scratch.qtest())) {
            List<String> command = new CommandLine(binary, scratch).with(chosen, PciFunction.EDUS);
            QemuProcess process = QemuProcess.start(command, log);
            try {
                return new QemuSession(
                        process, connection(qmp, process), connection(qtest, process), ram, chosen, patience);
            } catch (LostPeerException e) {
                throw QemuSession.ended(e, process);
            }
        } catch (IOException | LostPeerException e) {
            ram.close();
            throw e;
        }
    }

    private LineSocket connection(Rendezvous rendezvous, QemuProcess process) throws IOException {
        return rendezvous
                .accept(process::isAlive, patience)
                .map(channel -> new LineSocket(channel, patience))
                .orElseThrow(() -> process.isAlive()
                        ? LostPeerException.hung("it did not connect within " + patience.toMillis() + " ms")
                        : LostPeerException.died("it did not start"));
    }
}
