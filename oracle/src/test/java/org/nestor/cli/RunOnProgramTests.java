package org.nestor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** {@code nestor run --sut}. */
class RunOnProgramTests {

    @Test
    void aProgramIsAskedAndItsRepliesChecked() {
        String sut = "while read x; do echo '{\"value\":\"0x5\"}'; done";
        Cli cli =
                Cli.runWith("{\"op\":\"reg.read\",\"reg\":\"CR0\",\"expect\":{\"value\":5}}", "run", "--sut", sut, "-");
        assertEquals(0, cli.code(), cli.err());
        assertTrue(cli.out().endsWith("\"reply\":{\"value\":\"0x5\"}}\n"), cli.out());
    }

    @Test
    void aProgramThatDiesEndsTheScenarioWithExitCodeThree() {
        Cli cli = Cli.runWith("{\"op\":\"step\"}\n{\"op\":\"irqs\"}", "run", "--sut", "read x; exit 9", "-");
        assertEquals(3, cli.code());
        assertEquals("stdin:1:7: op: the implementation died: exit code 9\n", cli.err());
        assertEquals(
                "{\"op\":\"step\",\"reply\":{\"error\":{\"code\":\"died\",\"message\":\"exit code 9\"}}}",
                cli.lines().get(1));
        assertEquals(2, cli.lines().size());
    }

    @Test
    void aProgramThatHangsEndsTheScenarioWithExitCodeThree() {
        Cli cli = Cli.runWith("{\"op\":\"step\"}", "run", "--timeout", "1", "--sut", "exec sleep 600", "-");
        assertEquals(3, cli.code());
        assertEquals("stdin:1:7: op: the implementation hung: no reply within 1000 ms\n", cli.err());
    }

    @Test
    void aTimeoutBelowOneSecondIsWrongUsage() {
        Cli cli = Cli.run("run", "--timeout", "0", "-");
        assertEquals(2, cli.code());
        assertTrue(cli.err().startsWith("nestor run: --timeout: expected at least 1 second, found 0"), cli.err());
    }

    @Test
    void aQemuThatIsNotThereIsWrongUsageWithAHintHowToGetOne() {
        Cli cli = Cli.run("run", "--sut", "qemu:/nowhere/qemu", "-");
        assertEquals(2, cli.code());
        assertTrue(
                cli.err()
                        .startsWith(
                                "nestor run: --sut: QEMU: expected an executable file, found none at /nowhere/qemu"),
                cli.err());
        assertTrue(cli.err().contains("bookworm-backports qemu-system-arm"), cli.err());
    }

    @Test
    void theReferenceMayBeNamed() {
        String scenario = "{\"op\":\"reg.read\",\"reg\":\"IDR5\",\"expect\":{\"value\":\"0x74\"}}";
        assertEquals(
                0,
                Cli.runWith(scenario, "run", "--sut", "embedded", "--profile", "qemu", "-")
                        .code());
    }
}
