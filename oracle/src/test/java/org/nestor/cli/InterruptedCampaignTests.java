package org.nestor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nestor.reports.CampaignResult;
import org.nestor.reports.ResultsFile;

/** A campaign in a process of its own, to which a signal is sent. */
@Timeout(300)
class InterruptedCampaignTests {

    @TempDir
    Path folder = Path.of("");

    private Process start() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String nestor = String.join(
                " ",
                "exec",
                "env --default-signal=INT",
                java,
                "-cp",
                System.getProperty("java.class.path").replace(" ", "\\ "),
                Nestor.class.getName(),
                "campaign --bug D-09 --time 1h --jobs 2 --shrink 20 --report",
                folder.toString());
        return new ProcessBuilder("sh", "-c", nestor)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
    }

    private static boolean canResetSignals() throws IOException, InterruptedException {
        return new ProcessBuilder("env", "--default-signal=INT", "true")
                        .redirectErrorStream(true)
                        .redirectOutput(new File("/dev/null"))
                        .start()
                        .waitFor()
                == 0;
    }

    private void awaitFinding(Process campaign) throws InterruptedException, IOException {
        while (!Files.exists(folder.resolve("results.json"))) {
            assertTrue(campaign.isAlive(), () -> output());
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("output"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void aSignalEndsItWithItsReport(String signal) throws Exception {
        assumeTrue(canResetSignals(), "env cannot undo an ignored SIGINT, which this test may have inherited");
        Process campaign = start();
        try {
            awaitFinding(campaign);
            List<String> kill = List.of("kill", "-" + signal, Long.toString(campaign.pid()));
            assertEquals(0, new ProcessBuilder(kill).start().waitFor());
            assertTrue(campaign.waitFor(120, TimeUnit.SECONDS), "it goes on");
            CampaignResult result = ResultsFile.read(folder.resolve("results.json"));
            assertEquals(0, result.verdicts().died());
            assertTrue(Files.readString(folder.resolve("index.html"))
                    .contains(result.divergences().get(0).id()));
        } finally {
            campaign.destroyForcibly();
        }
    }

    @Test
    void aKillLosesNoFinding() throws Exception {
        assumeTrue(canResetSignals(), "no such env");
        Process campaign = start();
        awaitFinding(campaign);
        campaign.destroyForcibly();
        assertTrue(campaign.waitFor(120, TimeUnit.SECONDS));
        CampaignResult result = ResultsFile.read(folder.resolve("results.json"));
        assertTrue(Files.exists(folder.resolve(result.divergences().get(0).scenario())));
        assertTrue(Files.exists(folder.resolve(result.divergences().get(0).trace())));
    }
}
