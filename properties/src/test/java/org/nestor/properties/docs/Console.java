package org.nestor.properties.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.nestor.cli.Nestor;

/** Runs the commands of a document within this process, as if from the root of the repository. */
final class Console {
    /** A line that stands for any number of lines that the document leaves out. */
    private static final String LEFT_OUT = "...";

    private final Path root;

    Console(Path root) {
        this.root = root;
    }

    /**
     * What a command gave.
     *
     * @param lines standard output and then standard error, with paths as the document writes them
     */
    record Result(int code, List<String> lines) {}

    Result run(ShellLine line) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Nestor.execute(
                new ByteArrayInputStream(line.stdin().getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out),
                new PrintWriter(err),
                line.arguments().stream().map(this::located).toArray(String[]::new));
        String text = out.toString() + err;
        return new Result(code, text.replace(root + "/", "").lines().toList());
    }

    private String located(String argument) {
        return argument.startsWith("examples/") ? root.resolve(argument).toString() : argument;
    }

    /** The lines are those of the document, but for what it leaves out. */
    static void assertShown(List<String> shown, List<String> lines) {
        if (!matches(shown, lines)) {
            assertEquals(String.join("\n", shown), String.join("\n", lines));
            fail("a line " + LEFT_OUT + " that stands for nothing sensible");
        }
    }

    static boolean matches(List<String> shown, List<String> lines) {
        if (shown.isEmpty()) {
            return lines.isEmpty();
        }
        List<String> rest = shown.subList(1, shown.size());
        if (shown.get(0).equals(LEFT_OUT)) {
            return matches(rest, lines) || (!lines.isEmpty() && matches(shown, lines.subList(1, lines.size())));
        }
        return !lines.isEmpty() && lines.get(0).equals(shown.get(0)) && matches(rest, lines.subList(1, lines.size()));
    }
}
