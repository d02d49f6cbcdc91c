package org.nestor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code nestor run} on the embedded reference. */
class RunCommandTests {
    @TempDir
    private Path folder = Path.of("");

    private String file(String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, String.join("\n", lines).replace('\'', '"') + "\n");
        return file.toString();
    }

    @Test
    void theTraceHasEachRequestWithItsReply() throws IOException {
        String file = file(
                "x.scenario.jsonl",
                "{'nestor':1,'name':'n','note':'why'}",
                "# a comment",
                "{'op':'mem.write','addr':'0x1000','value':'0x11223344','size':4,'note':'kept'}",
                "{'op':'mem.read','addr':'0x1000','len':4,'expect':{'data':'44332211'}}");
        Cli cli = Cli.run("run", file);
        assertEquals("", cli.err());
        assertEquals(0, cli.code());
        assertEquals(
                List.of(
                        "{\"nestor\":1,\"name\":\"n\",\"note\":\"why\"}",
                        "{\"op\":\"mem.write\",\"addr\":\"0x1000\",\"value\":\"0x11223344\",\"size\":4,"
                                + "\"note\":\"kept\",\"reply\":{}}",
                        "{\"op\":\"mem.read\",\"addr\":\"0x1000\",\"len\":4,\"expect\":{\"data\":\"44332211\"},"
                                + "\"reply\":{\"data\":\"44332211\"}}"),
                cli.lines());
    }

    @Test
    void aTraceRunsAgainAndGivesItself() throws IOException {
        String file = file("x.scenario.jsonl", "{'op':'reg.read','reg':'CR0'}", "{'op':'events'}");
        Cli first = Cli.run("run", file);
        Cli second = Cli.runWith(first.out(), "run", "-");
        assertEquals(0, second.code());
        assertEquals(first.out(), second.out());
    }

    @Test
    void theFirstMismatchIsNamedAndTheTraceGoesOn() throws IOException {
        String file = file(
                "x.scenario.jsonl",
                "",
                "{'op':'reg.read','reg':'CR0','expect':{'value':1}}",
                "{'op':'reg.read','reg':'CR1','expect':{'value':2}}");
        Cli cli = Cli.run("run", file);
        assertEquals(1, cli.code());
        assertEquals(file + ":2:39: expect: value: expected 1, got \"0x0\"\n", cli.err());
        assertEquals(3, cli.lines().size());
    }

    @Test
    void severalFilesEachBeginWithAHeaderAndFromReset() throws IOException {
        String one = file("one.scenario.jsonl", "{'op':'mem.write','addr':0,'data':'ff'}");
        String two = file(
                "two.trace.jsonl", "{'op':'mem.read','addr':0,'len':1,'expect':{'data':'00'},'reply':{'data':'77'}}");
        Cli cli = Cli.run("run", one, two);
        assertEquals(0, cli.code(), cli.err());
        assertEquals("{\"nestor\":1,\"name\":\"one\"}", cli.lines().get(0));
        assertEquals("{\"nestor\":1,\"name\":\"two\"}", cli.lines().get(2));
        assertTrue(cli.lines().get(3).endsWith("\"reply\":{\"data\":\"00\"}}"));
    }

    @Test
    void joinedTracesRunAsSeveralScenarios() throws IOException {
        String joined = file(
                "all.trace.jsonl",
                "{'nestor':1,'name':'a'}",
                "{'op':'mem.write','addr':0,'data':'ff'}",
                "{'nestor':1,'name':'b'}",
                "{'op':'mem.read','addr':0,'len':1,'expect':{'data':'00'}}");
        assertEquals(0, Cli.run("run", joined).code());
    }

    @Test
    void aBadFileKeepsAllFilesFromRunning() throws IOException {
        String good = file("good.scenario.jsonl", "{'op':'step'}");
        String bad = file("bad.scenario.jsonl", "{'op':'step'}", "{'op':'step','x':1}");
        Cli cli = Cli.run("run", good, bad);
        assertEquals(2, cli.code());
        assertEquals("", cli.out());
        assertEquals(bad + ":2:14: unknown member \"x\"\n", cli.err());
    }

    @Test
    void whatTheReferenceCannotDoIsBadInputAtItsColumn() throws IOException {
        String file = file("x.scenario.jsonl", "{'op':'mem.write','addr':'0xf0000000000','data':'00'}");
        Cli cli = Cli.run("run", "--profile", "qemu", file);
        assertEquals(2, cli.code());
        assertEquals("", cli.out());
        assertEquals(
                file + ":1:26: addr: expected 1 bytes within memory, found 0xf0000000000"
                        + " (memory: 0x40000000 to 0x4fffffff)\n",
                cli.err());
    }

    @Test
    void aScenarioMayExpectAnError() throws IOException {
        String file = file(
                "x.scenario.jsonl",
                "{'op':'reg.read','reg':'NONE','expect':{'error':{'code':'bad-request'}}}",
                "{'op':'iommufd.map','ioas':'d','expect':{'error':{'code':'unsupported'}}}");
        Cli cli = Cli.run("run", file);
        assertEquals(0, cli.code(), cli.err());
    }

    @Test
    void nothingFollowsBye() throws IOException {
        String file = file("x.scenario.jsonl", "{'op':'bye'}", "{'op':'step'}");
        Cli cli = Cli.run("run", file);
        assertEquals(2, cli.code());
        assertEquals(file + ":2:7: op: expected no request after bye\n", cli.err());
    }

    @Test
    void aFileThatIsNotThereIsOneClearLine() {
        String file = folder.resolve("none.scenario.jsonl").toString();
        Cli cli = Cli.run("run", file);
        assertEquals(2, cli.code());
        assertEquals(file + ": expected a file, found nothing of that name\n", cli.err());
        assertEquals(2, Cli.run("run", folder.toString()).code());
    }

    @Test
    void anEmptyFileIsAnEmptyScenario() throws IOException {
        Cli cli = Cli.run("run", file("empty.scenario.jsonl", ""));
        assertEquals(0, cli.code());
        assertEquals("{\"nestor\":1,\"name\":\"empty\"}\n", cli.out());
    }

    @Test
    void rulesThatDecidedAreCountedOnRequest() throws IOException {
        String file = file(
                "x.scenario.jsonl",
                "{'op':'reg.write','reg':'CR0','value':1}",
                "{'op':'dma','sid':'0x4','iova':0,'access':'read'}",
                "{'op':'dma','sid':'0x4','iova':0,'access':'read'}");
        Cli text = Cli.run("run", "--rules", "text", file);
        Cli json = Cli.run("run", "--rules", "json", file);
        assertEquals(0, text.code());
        assertEquals(Cli.run("run", file).out(), text.out());
        assertTrue(text.err().contains("\nA-EVQ-16    7.2               2\n"), text.err());
        assertTrue(json.err().contains("\"A-EVQ-16\":2,\"A-EVQ-17\":0,"), json.err());
    }

    @Test
    void rulesOfAProgramAreNotKnown() throws IOException {
        String file = file("x.scenario.jsonl", "{'op':'step'}");
        assertEquals(2, Cli.run("run", "--sut", "true", "--rules", "text", file).code());
        assertEquals(2, Cli.run("run", "--rules", "xml", file).code());
    }
}
