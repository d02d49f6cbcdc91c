package org.nestor.oracle.qemu;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Starts QEMUs of one binary, each with a machine of its own, and remembers what the binary can do. */
public final class QemuLauncher {
    private final Path binary;
    private final Duration patience;
    private final AtomicReference<Machine> machine = new AtomicReference<>(Machine.BEST);

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
        Machine tried = machine.get();
        try {
            return session(tried);
        } catch (LostPeerException e) {
            machine.set(tried.without(e.reason()).orElseThrow(() -> e));
            return session();
        }
    }

    private QemuSession session(Machine tried) {
        try (Scratch scratch = Scratch.create()) {
            return session(tried, scratch);
        } catch (IOException e) {
            throw LostPeerException.died("it cannot be started: " + e.getMessage());
        }
    }

    private QemuSession session(Machine tried, Scratch scratch) throws IOException {
        PhysicalRam ram = new PhysicalRam(scratch.ram());
        try (Rendezvous qmp = new Rendezvous(scratch.qmp());
                Rendezvous qtest = new Rendezvous(scratch.qtest())) {
            QemuProcess process = QemuProcess.start(tried.commandLine(binary, scratch), scratch.log());
            return session(tried, process, List.of(qmp, qtest), ram);
        } catch (IOException | LostPeerException e) {
            ram.close();
            throw e;
        }
    }

    private QemuSession session(Machine tried, QemuProcess process, List<Rendezvous> places, PhysicalRam ram)
            throws IOException {
        List<LineSocket> links = new ArrayList<>();
        try {
            for (Rendezvous place : places) {
                links.add(connection(place, process));
            }
            return new QemuSession(process, links.get(0), links.get(1), ram, tried, patience);
        } catch (LostPeerException e) {
            links.forEach(LineSocket::close);
            throw QemuSession.ended(e, process);
        } catch (IOException e) {
            process.close();
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
