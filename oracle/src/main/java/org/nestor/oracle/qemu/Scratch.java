package org.nestor.oracle.qemu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of a QEMU while it starts. Once it has opened them nobody needs their names any more, so they do not stay
 * behind, whatever ends this program.
 */
final class Scratch implements AutoCloseable {
    private static final Path IN_MEMORY = Path.of("/dev/shm");
    private static final int SOCKET_NAME_LIMIT = 100;

    private final Path folder;
    private final Path ram;

    private Scratch(Path folder, Path ram) {
        this.folder = folder;
        this.ram = ram;
    }

    /** A folder of temporary files, and a file for the RAM where files do not reach a disk, if there is such a place. */
    static Scratch create() throws IOException {
        Path usual = Files.createTempDirectory("nestor");
        if (usual.resolve("qtest").toString().length() > SOCKET_NAME_LIMIT) {
            Files.delete(usual);
            usual = Files.createTempDirectory(Path.of("/tmp"), "nestor");
        }
        return new Scratch(usual, Files.createTempFile(ramFolder(usual), "nestor", ".ram"));
    }

    private static Path ramFolder(Path usual) throws IOException {
        boolean fits = Files.isDirectory(IN_MEMORY)
                && Files.isWritable(IN_MEMORY)
                && Files.getFileStore(IN_MEMORY).getUsableSpace() >= PhysicalRam.WINDOW.size();
        return fits ? IN_MEMORY : usual;
    }

    Path ram() {
        return ram;
    }

    Path log() {
        return folder.resolve("log");
    }

    Path qmp() {
        return folder.resolve("qmp");
    }

    Path qtest() {
        return folder.resolve("qtest");
    }

    /** Deletes the names; who has a file open keeps it. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(ram);
        Files.deleteIfExists(log());
        Files.deleteIfExists(qmp());
        Files.deleteIfExists(qtest());
        Files.deleteIfExists(folder);
    }
}
