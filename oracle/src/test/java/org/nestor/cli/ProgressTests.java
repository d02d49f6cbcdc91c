package org.nestor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTests {

    @Test
    void nothingIsPrintedWhereNobodyLooks() {
        Cli cli = Cli.run("campaign", "--scenarios", "2", "--jobs", "1");
        assertEquals("", cli.err());
    }

    @Test
    void theLineOnATerminalIsWipedAtTheEnd() {
        StringWriter err = new StringWriter();
        Progress progress = new Progress(new PrintWriter(err), true);
        progress.show(1.0, "one line");
        progress.show(1.1, "too soon");
        progress.show(1.3, "short");
        progress.end();
        assertEquals("\rone line\rshort   \r     \r", err.toString());
    }

    @Test
    void nothingIsWipedIfThereWasNothing() {
        StringWriter err = new StringWriter();
        new Progress(new PrintWriter(err), true).end();
        new Progress(new PrintWriter(err), false).show(1.0, "x");
        assertTrue(err.toString().isEmpty());
    }
}
