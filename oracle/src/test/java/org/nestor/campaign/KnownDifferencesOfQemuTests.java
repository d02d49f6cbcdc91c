package org.nestor.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nestor.judge.Judge;
import org.nestor.judge.Platform;
import org.nestor.judge.Verdict;
import org.nestor.oracle.Caching;
import org.nestor.oracle.ReferenceConfiguration;
import org.nestor.protocol.Line;
import org.nestor.protocol.Reply;
import org.nestor.smmu.register.Profile;

/** The list of what QEMU 10.0.2 does differently: nothing is on it without a trace that shows it. */
class KnownDifferencesOfQemuTests {
    private static final Path README = DeclaredDifference.FOLDER.resolve("README.md");
    private static final String BEGIN = "<!-- known differences -->\n";
    private static final String END = "<!-- end of known differences -->\n";

    static List<DeclaredDifference> declared() throws Exception {
        return DeclaredDifference.all();
    }

    @Test
    void thereAreAtLeastTwentyAndEachHasAnIdOfItsOwn() throws Exception {
        Set<String> ids = declared().stream().map(one -> one.entry().id()).collect(Collectors.toSet());
        assertEquals(declared().size(), ids.size());
        assertTrue(ids.size() >= 20, ids::toString);
    }

    /** What a title may leave open, its rules or what is left of it say. */
    @Test
    void noTitleIsOnlyAStar() throws Exception {
        for (DeclaredDifference one : declared()) {
            String said = one.entry().title().replace("*", "");
            assertTrue(said.length() >= "event record ".length(), one.entry()::toString);
        }
    }

    @Test
    void everyFileIsOfAnEntry() throws Exception {
        Set<Path> named = declared().stream()
                .flatMap(one -> Stream.of(one.scenario(), one.trace()))
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(DeclaredDifference.FILES)) {
            assertEquals(named, files.collect(Collectors.toSet()));
        }
    }

    @ParameterizedTest
    @MethodSource("declared")
    void theTraceAsksWhatTheScenarioAsks(DeclaredDifference one) throws Exception {
        assertEquals(
                DeclaredDifference.exchanges(one.scenario()).stream()
                        .map(Line.Exchange::request)
                        .toList(),
                DeclaredDifference.exchanges(one.trace()).stream()
                        .map(Line.Exchange::request)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("declared")
    void theTraceConformsUpToItsEndWhichDivergesAsDeclared(DeclaredDifference one) throws Exception {
        Judge judge = Judge.of(Platform.of(new ReferenceConfiguration(Profile.QEMU, Caching.NEVER, 0)));
        List<Line.Exchange> exchanges = DeclaredDifference.exchanges(one.trace());
        Optional<Cause> cause = Optional.empty();
        for (Line.Exchange exchange : exchanges) {
            assertEquals(Optional.empty(), cause, "before " + exchange);
            cause = cause(judge, exchange);
        }
        assertTrue(cause.filter(one.entry()::declares).isPresent(), cause::toString);
    }

    private static Optional<Cause> cause(Judge judge, Line.Exchange exchange) {
        Reply reply = exchange.reply().orElseThrow();
        if (reply instanceof Reply.Failure end && end.code().isEnd()) {
            return Optional.of(Cause.of(end));
        }
        return judge.judge(exchange.request(), reply) instanceof Verdict.Diverges divergence
                ? Optional.of(Cause.of(divergence))
                : Optional.empty();
    }

    /** A run with {@code -Dnestor.update=true} rewrites the table. */
    @Test
    void theTableOfTheReadmeIsTheList() throws Exception {
        String readme = Files.readString(README);
        int begin = readme.indexOf(BEGIN) + BEGIN.length();
        int end = readme.indexOf(END);
        assertTrue(begin >= BEGIN.length() && end >= begin, "no place for the table in " + README);
        String expected = readme.substring(0, begin) + table() + readme.substring(end);
        if (Boolean.getBoolean("nestor.update")) {
            Files.writeString(README, expected);
        }
        assertEquals(expected, Files.readString(README), "stale: run this test with -Dnestor.update=true");
    }

    private static String table() throws Exception {
        StringBuilder table =
                new StringBuilder("| id | defect | QEMU 10.0.2 | the architecture | rules |\n|---|---|---|---|---|\n");
        for (DeclaredDifference one : declared()) {
            table.append(String.format(
                    "| [%s](known/%s) | `%s` | %s | %s | %s |\n",
                    one.entry().id(),
                    one.scenario().getFileName(),
                    one.defect(),
                    one.does(),
                    one.architecture(),
                    one.entry().rules().stream().map(Object::toString).collect(Collectors.joining(", "))));
        }
        return table.toString();
    }
}
