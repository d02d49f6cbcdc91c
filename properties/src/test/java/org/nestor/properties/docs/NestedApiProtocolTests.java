package org.nestor.properties.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.nestor.cli.Nestor;

/**
 * The lines of docs/nested-api-protocol.md are a session with the reference, and show its replies. A run with
 * {@code -Dnestor.update=true} writes the replies anew.
 */
class NestedApiProtocolTests {
    private static final Document DOCUMENT = Document.named("docs/nested-api-protocol.md");
    private static final Pattern REQUEST = Pattern.compile("\"op\":\"((?:host|iommu|vfio)\\.[a-zA-Z]+)\"");
    private static final Pattern ROW = Pattern.compile("`((?:host|iommu|vfio)\\.[a-zA-Z]+)`");
    private static final Pattern REPLY = Pattern.compile(",\"reply\":.*}$");

    private static List<String> lines() {
        return DOCUMENT.blocks("jsonl").stream()
                .flatMap(block -> block.lines().stream())
                .toList();
    }

    private static List<String> answered() {
        String scenario = lines().stream()
                .map(line -> REPLY.matcher(line).replaceFirst("}") + "\n")
                .collect(Collectors.joining());
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Nestor.execute(
                new ByteArrayInputStream(scenario.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out),
                new PrintWriter(err),
                "run",
                "-");
        assertEquals(0, code, err::toString);
        return out.toString().lines().filter(line -> line.startsWith("{\"op\"")).toList();
    }

    @Test
    void sessionAnswersAsTheDocumentShows() throws IOException {
        List<String> answered = answered();
        if (Boolean.getBoolean("nestor.update")) {
            Deque<String> rest = new ArrayDeque<>(answered);
            List<String> text = new ArrayList<>();
            DOCUMENT.text().lines().forEach(line -> text.add(line.startsWith("{\"op\"") ? rest.remove() : line));
            Files.write(DOCUMENT.path(), text);
        }
        assertEquals(String.join("\n", answered), String.join("\n", lines()));
    }

    @Test
    void everyRequestOfTheTablesHasAnExample() {
        Set<String> shown = names(REQUEST);
        Set<String> listed = names(ROW);
        assertTrue(listed.size() > 40, listed::toString);
        listed.removeAll(shown);
        assertEquals(Set.of(), listed);
    }

    private static Set<String> names(Pattern pattern) {
        return pattern.matcher(DOCUMENT.text())
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toSet());
    }
}
