package org.nestor.oracle.qemu;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Finds the QEMU to test. */
public final class QemuLocator {
    /** The environment variable that names it. */
    public static final String VARIABLE = "NESTOR_QEMU";

    /** The program's name on the PATH. */
    public static final String PROGRAM = "qemu-system-aarch64";

    private QemuLocator() {}

    /** The program that {@value #VARIABLE} names, or else the first of its name on the PATH. */
    public static Path find() {
        return find(System.getenv());
    }

    /**
     * The same for an environment that is not this program's own.
     *
     * @throws QemuMissingException when there is none
     */
    static Path find(Map<String, String> environment) {
        Optional<String> named = Optional.ofNullable(environment.get(VARIABLE)).filter(name -> !name.isBlank());
        if (named.isPresent()) {
            return at(named.get());
        }
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            Optional<Path> found = executable(folder + File.separator + PROGRAM);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new QemuMissingException(PROGRAM + " is not on the PATH, and " + VARIABLE + " does not name it");
    }

    /**
     * The program at a path.
     *
     * @throws QemuMissingException when there is none
     */
    public static Path at(String path) {
        return executable(path)
                .orElseThrow(() -> new QemuMissingException("expected an executable file, found none at " + path));
    }

    private static Optional<Path> executable(String name) {
        try {
            Path path = Path.of(name).toAbsolutePath();
            return Optional.of(path).filter(file -> Files.isRegularFile(file) && Files.isExecutable(file));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
