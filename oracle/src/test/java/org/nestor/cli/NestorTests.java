package org.nestor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as a whole. */
class NestorTests {

    @Test
    void anUnknownVerbGetsOneLineWithASuggestion() {
        Cli cli = Cli.run("runn", "x.scenario.jsonl");
        assertEquals(2, cli.code());
        assertEquals("", cli.out());
        assertTrue(cli.err().startsWith("nestor: unknown verb 'runn'; did you mean run"), cli.err());
        assertEquals(1, cli.err().lines().count());
    }

    @Test
    void anUnknownVerbLikeNoOtherGetsTheListOfVerbs() {
        Cli cli = Cli.run("xyz");
        assertEquals(2, cli.code());
        assertTrue(
                cli.err().startsWith("nestor: unknown verb 'xyz'; expected one of campaign, run, check, serve, "),
                cli.err());
        assertEquals(1, cli.err().lines().count());
    }

    @Test
    void anUnknownOptionGetsOneLine() {
        Cli cli = Cli.run("run", "--profle", "qemu", "x.scenario.jsonl");
        assertEquals(2, cli.code());
        assertTrue(cli.err().startsWith("nestor run: unknown option: '--profle'"), cli.err());
        assertEquals(1, cli.err().lines().count());
    }

    @Test
    void aValueThatAnOptionDoesNotHaveGetsOneLine() {
        Cli cli = Cli.run("run", "--profile", "huge", "x.scenario.jsonl");
        assertEquals(2, cli.code());
        assertTrue(cli.err().contains("expected one of full, qemu, minimal, found huge"), cli.err());
        assertEquals(1, cli.err().lines().count());
    }

    @Test
    void withoutAVerbTheVerbsAreListedAsWrongUsage() {
        Cli cli = Cli.run();
        assertEquals(2, cli.code());
        assertTrue(cli.err().contains("Verbs:"), cli.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"campaign", "run", "check", "serve", "rules", "report", "bugs", "spec", "bench"})
    void helpListsTheVerbAndTheVerbHasHelp(String verb) {
        Cli all = Cli.run("--help");
        assertEquals(0, all.code());
        assertTrue(all.out().lines().anyMatch(line -> line.startsWith("  " + verb)), all.out());
        Cli one = Cli.run(verb, "--help");
        assertEquals(0, one.code());
        assertTrue(one.out().startsWith("Usage: nestor " + verb), one.out());
    }

    @Test
    void theVersionIsOneLine() {
        Cli cli = Cli.run("--version");
        assertEquals(0, cli.code());
        assertTrue(cli.out().startsWith("nestor "));
        assertEquals(1, cli.out().lines().count());
    }
}
