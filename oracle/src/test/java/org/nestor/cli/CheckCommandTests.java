package org.nestor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code nestor check}. */
class CheckCommandTests {
    private static final Path QEMU = Path.of("..", "examples", "qemu-10.0.2");
    private static final String READ = "{\"op\":\"reg.read\",\"reg\":\"CR0\",\"reply\":{\"value\":\"0x0\"}}\n";
    private static final String WRONG = "{\"op\":\"reg.read\",\"reg\":\"CR0\",\"reply\":{\"value\":\"0x1\"}}\n";
    private static final String DIED =
            "{\"op\":\"step\",\"reply\":{\"error\":{\"code\":\"died\",\"message\":\"signal 6\"}}}\n";
    private static final String UNKNOWN = """
            {"op":"reg.write","reg":"GERRORN","value":"0x1","reply":{}}
            {"op":"reg.read","reg":"CMDQ_CONS","reply":{"value":"0x0"}}
            {"op":"reg.write","reg":"CR0","value":"0x8","reply":{}}
            {"op":"reg.read","reg":"CMDQ_CONS","reply":{"value":"0x0"}}
            """;

    @TempDir
    private Path folder = Path.of("");

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    @Test
    void aTraceThatConformsIsOneLine() throws IOException {
        String file = file("a.trace.jsonl", READ + READ);
        Cli cli = Cli.run("check", file);
        assertEquals(file + ": conforms: 2 exchanges\n", cli.out());
        assertEquals("", cli.err());
        assertEquals(0, cli.code());
    }

    @Test
    void aDivergenceNamesLineRulesAndReason() throws IOException {
        String file = file("a.trace.jsonl", "{\"nestor\":1}\n" + READ + "\n# remark\n" + WRONG + WRONG);
        Cli cli = Cli.run("check", file);
        assertEquals(
                file + ":5: diverges: CR0 reads a value that it cannot have in SMMUEN: CR0 = 0x1 [A-CTL-01]\n"
                        + "  allowed:  CR0 = 0x0\n"
                        + "  because:  the bits 0x1 cannot be so\n",
                cli.out());
        assertEquals(1, cli.code());
    }

    @Test
    void jsonIsOneObjectAFile() throws IOException {
        String good = file("good.trace.jsonl", READ);
        String bad = file("bad.trace.jsonl", READ + WRONG);
        Cli cli = Cli.run("check", "--json", good, bad);
        assertEquals(
                "{\"file\":\"" + good
                        + "\",\"verdict\":\"conforms\",\"line\":1,\"rules\":[],\"message\":\"1 exchange\"}\n"
                        + "{\"file\":\"" + bad
                        + "\",\"verdict\":\"diverges\",\"line\":2,\"rules\":[\"A-CTL-01\"],\"message\":"
                        + "\"CR0 reads a value that it cannot have in SMMUEN: CR0 = 0x1\"}\n",
                cli.out());
        assertEquals(1, cli.code());
    }

    @Test
    void anImplementationThatDiedIsReportedAsSuch() throws IOException {
        String file = file("a.trace.jsonl", READ + DIED);
        Cli cli = Cli.run("check", file);
        assertEquals(file + ":2: died: died: signal 6\n", cli.out());
        assertEquals(3, cli.code());
    }

    @Test
    void whatCannotBeFollowedIsIndeterminate() throws IOException {
        Cli cli = Cli.run("check", "--json", file("a.trace.jsonl", UNKNOWN));
        assertTrue(cli.out().contains("\"verdict\":\"indeterminate\",\"line\":4,"), cli.out());
        assertEquals(4, cli.code());
    }

    @Test
    void theWorstFileDecides() throws IOException {
        String good = file("good", READ);
        String wrong = file("wrong", WRONG);
        String unknown = file("unknown", UNKNOWN);
        String died = file("died", DIED);
        String broken = file("broken", "{");
        assertEquals(4, Cli.run("check", good, unknown).code());
        assertEquals(1, Cli.run("check", wrong, unknown, good).code());
        assertEquals(3, Cli.run("check", wrong, died, unknown).code());
        assertEquals(2, Cli.run("check", died, broken, wrong).code());
    }

    @Test
    void aMalformedLineIsOneComplaint() throws IOException {
        String file = file("a.trace.jsonl", READ + "{\"op\":\"step\",\"reply\":{\"completed\":1}}\n");
        Cli cli = Cli.run("check", file);
        assertEquals(2, cli.code());
        assertEquals("", cli.out());
        assertTrue(cli.err().startsWith(file + ":2:35: "), cli.err());
        assertEquals(1, cli.err().lines().count());
    }

    @Test
    void aRequestWithoutReplyIsNoTrace() throws IOException {
        String file = file("a.trace.jsonl", READ + "{\"op\":\"step\"}\n");
        Cli cli = Cli.run("check", file);
        assertEquals(file + ":2:1: reply: expected in each request of a trace, found nothing\n", cli.err());
        assertEquals(2, cli.code());
    }

    @Test
    void nothingFollowsADeath() throws IOException {
        Cli cli = Cli.run("check", file("a.trace.jsonl", DIED + READ));
        assertEquals(2, cli.code());
        assertTrue(cli.err().contains("expected no request after the implementation has ended"), cli.err());
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Cli cli = Cli.run("check", "nowhere.jsonl");
        assertEquals("nowhere.jsonl: expected a file, found nothing of that name\n", cli.err());
        assertEquals(2, cli.code());
    }

    @Test
    void standardInputIsATraceToo() {
        Cli cli = Cli.runWith(READ, "check", "-");
        assertEquals("stdin: conforms: 1 exchange\n", cli.out());
    }

    @Test
    void joinedTracesBeginFromReset() throws IOException {
        String write = "{\"op\":\"reg.write\",\"reg\":\"CR0\",\"value\":\"0x4\",\"reply\":{}}\n";
        String joined = file("a.trace.jsonl", write + "{\"nestor\":1}\n" + READ);
        assertEquals(0, Cli.run("check", joined).code());
    }

    @Test
    void whatQemuAnsweredConforms() throws IOException {
        try (var files = Files.list(QEMU)) {
            String[] args = java.util.stream.Stream.concat(
                            java.util.stream.Stream.of("check"),
                            files.filter(file -> file.toString().endsWith(".trace.jsonl"))
                                    .map(Path::toString)
                                    .sorted())
                    .toArray(String[]::new);
            Cli cli = Cli.run(args);
            assertEquals(15, args.length);
            assertEquals(0, cli.code(), cli.out() + cli.err());
        }
    }

    /** Lines that are made as they are asked for, so that none of them is kept anywhere but by who reads them. */
    private static final class Lines extends InputStream {
        private final long lines;
        private long line;
        private InputStream current = InputStream.nullInputStream();

        Lines(long lines) {
            this.lines = lines;
        }

        @Override
        public int read() throws IOException {
            int next = current.read();
            if (next >= 0 || line == lines) {
                return next;
            }
            current = new ByteArrayInputStream(text(line++).getBytes(StandardCharsets.UTF_8));
            return current.read();
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int next = read();
            if (next < 0) {
                return -1;
            }
            buffer[from] = (byte) next;
            return 1 + Math.max(0, current.read(buffer, from + 1, length - 1));
        }

        private static String text(long line) {
            return switch ((int) (line % 4)) {
                case 0 ->
                    "{\"op\":\"mem.write\",\"addr\":\"0x" + Long.toHexString(0x4000_0000L + line % 4096 * 8)
                            + "\",\"value\":\"0x" + Long.toHexString(line) + "\",\"size\":8,\"reply\":{}}\n";
                case 1 -> READ;
                case 2 -> "{\"op\":\"step\",\"reply\":{\"completed\":[]}}\n";
                default -> "{\"op\":\"events\",\"reply\":{\"events\":[],\"overflow\":false}}\n";
            };
        }
    }

    @Test
    void aTraceOfAMillionLinesIsJudgedAsItIsRead() {
        long lines = 1_000_000;
        StringWriter out = new StringWriter();
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        long before = runtime.totalMemory() - runtime.freeMemory();
        int code = Nestor.execute(
                new Lines(lines), new PrintWriter(out), new PrintWriter(new StringWriter()), "check", "-");
        System.gc();
        long kept = runtime.totalMemory() - runtime.freeMemory() - before;
        assertEquals("stdin: conforms: 1000000 exchanges\n", out.toString());
        assertEquals(0, code);
        assertTrue(kept < 64L << 20, kept + " bytes kept");
    }
}
