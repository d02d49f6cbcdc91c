package org.nestor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.nestor.oracle.qemu.RequiresQemu;
import org.nestor.protocol.json.Json;
import org.nestor.protocol.json.JsonReader;

/** {@code nestor run --sut qemu}. */
@RequiresQemu
class RunOnQemuTests {

    @Test
    void aRecordedTraceComesOutAsItWas() throws IOException {
        Path file = Path.of("..", "examples", "qemu-10.0.2", "s1-4k.trace.jsonl");
        Cli cli = Cli.run("run", "--sut", "qemu", file.toString());
        assertEquals("", cli.err());
        assertEquals(0, cli.code());
        assertEquals(
                Files.readAllLines(file).stream().map(RunOnQemuTests::json).toList(),
                cli.lines().stream().map(RunOnQemuTests::json).toList());
    }

    /** A line whatever the order of its members and whatever the version of QEMU. */
    private static Json json(String line) {
        return JsonReader.read(line.replaceFirst("\"version\":\"[0-9.]+\"", "\"version\":\"\""))
                .json();
    }

    @Test
    void whatMakesNoSenseToQemuIsBadInput() {
        Cli cli = Cli.runWith("{\"op\":\"mem.read\",\"addr\":\"0x1000\",\"len\":4}", "run", "--sut", "qemu", "-");
        assertEquals(2, cli.code());
        assertEquals(
                "stdin:1:25: addr: expected 4 bytes within memory, found 0x1000 (memory: 0x40000000 to 0x4fffffff)\n",
                cli.err());
    }

    @Test
    void rulesAreNotKnownToQemu() {
        Cli cli = Cli.runWith("", "run", "--sut", "qemu", "--rules", "text", "-");
        assertEquals(2, cli.code());
        assertTrue(cli.err().startsWith("nestor run: --rules: only the embedded reference tells"), cli.err());
    }
}
