package org.nestor.oracle.sut;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordTests {

    @ParameterizedTest
    @ValueSource(strings = {"plain", "two words", "it's", "a\"$HOME`x`\\", "'", "", "*", "a\nb"})
    void aShellTakesTheWordAsItIs(String word) throws IOException {
        Process shell = new ProcessBuilder("sh", "-c", "printf %s " + ShellWord.of(word)).start();
        assertEquals(word, new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    @Test
    void aPlainWordStaysPlain() {
        assertEquals("/tmp/a-b_c.jsonl", ShellWord.of("/tmp/a-b_c.jsonl"));
    }
}
