package org.nestor.oracle.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where QEMU is looked for. */
class QemuLocatorTests {
    @TempDir
    private Path folder = Path.of("");

    private Path program(String folderName, String name) throws IOException {
        Path file = Files.createDirectories(folder.resolve(folderName)).resolve(name);
        Files.writeString(file, "#!/bin/sh\n");
        assertTrue(file.toFile().setExecutable(true));
        return file;
    }

    @Test
    void theFirstOnThePathIsTaken() throws IOException {
        Path first = program("a", QemuLocator.PROGRAM);
        Path second = program("b", QemuLocator.PROGRAM);
        assertEquals(
                first, QemuLocator.find(Map.of("PATH", folder + ":" + first.getParent() + ":" + second.getParent())));
    }

    @Test
    void theVariableComesBeforeThePath() throws IOException {
        Path onPath = program("a", QemuLocator.PROGRAM);
        Path named = program("b", "my-qemu");
        Map<String, String> environment =
                Map.of("PATH", onPath.getParent().toString(), QemuLocator.VARIABLE, named.toString());
        assertEquals(named, QemuLocator.find(environment));
    }

    @Test
    void aMissingOneIsNamedWithItsPackageAndSuite() {
        String message = assertThrows(QemuMissingException.class, () -> QemuLocator.find(Map.of("PATH", "/nowhere")))
                .getMessage();
        assertEquals(
                "QEMU: qemu-system-aarch64 is not on the PATH, and NESTOR_QEMU does not name it; on Debian 12 (bookworm),"
                        + " install version 10.0 with \"apt-get install -t bookworm-backports qemu-system-arm\"",
                message);
    }

    @Test
    void aFileThatCannotBeExecutedIsNoQemu() throws IOException {
        Path file = folder.resolve("plain");
        Files.writeString(file, "");
        Map<String, String> environment = Map.of("PATH", "/usr/bin:/bin", QemuLocator.VARIABLE, file.toString());
        assertThrows(QemuMissingException.class, () -> QemuLocator.find(environment));
        assertThrows(QemuMissingException.class, () -> QemuLocator.at(folder.toString()));
        assertThrows(QemuMissingException.class, () -> QemuLocator.at("\0"));
    }
}
