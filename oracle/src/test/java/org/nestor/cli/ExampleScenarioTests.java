package org.nestor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nestor.oracle.Caching;
import org.nestor.smmu.register.Profile;

/** The scenarios in {@code examples}. */
class ExampleScenarioTests {
    private static final Path FOLDER = Path.of("..", "examples");

    static List<Path> scenarios() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".scenario.jsonl"))
                    .sorted()
                    .toList();
        }
    }

    static Stream<Arguments> runs() throws IOException {
        return scenarios().stream()
                .flatMap(file -> Arrays.stream(Profile.values())
                        .filter(profile -> profile != Profile.MINIMAL || !file.endsWith("nested-4k.scenario.jsonl"))
                        .filter(profile -> profile == Profile.FULL || !file.endsWith("nested-boot.scenario.jsonl"))
                        .flatMap(profile ->
                                Arrays.stream(Caching.values()).map(caching -> Arguments.of(file, profile, caching))));
    }

    @Test
    void thereAreFive() throws IOException {
        assertEquals(5, scenarios().size());
    }

    @ParameterizedTest
    @MethodSource("runs")
    void everyReplyIsAsExpectedWhateverTheCachesDo(Path file, Profile profile, Caching caching) {
        Cli cli = Cli.run(
                "run", "--profile", profile.label(), "--policy", caching.label(), "--seed", "7", file.toString());
        assertEquals("", cli.err());
        assertEquals(0, cli.code());
    }

    private static String secondRead(String policy) {
        Path file = FOLDER.resolve("stale-translation.scenario.jsonl");
        List<String> dmas = Cli.run("run", "--policy", policy, file.toString())
                .out()
                .lines()
                .filter(line -> line.startsWith("{\"op\":\"dma\""))
                .toList();
        return dmas.get(1).replaceFirst(".*\"reply\":\\{\"result\":\"ok\",\"pa\":\"(\\w+)\".*", "$1");
    }

    @Test
    void theCachePolicyDecidesWhichPageAStaleTranslationHits() {
        assertEquals("0x40900000", secondRead("never"));
        assertEquals("0x40800000", secondRead("infinite"));
    }
}
