package org.nestor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** {@code nestor serve}: a session with the embedded reference. */
class ServeCommandTests {

    private static Cli serve(String... lines) {
        return Cli.runWith(String.join("\n", lines).replace('\'', '"') + "\n", "serve");
    }

    @Test
    void everyLineGetsOneReplyLine() {
        Cli cli = serve(
                "{'op':'mem.write','addr':'0x1000','data':'0102'}",
                "{'op':'mem.read','addr':'0x1001','len':1}",
                "{'op':'irqs'}",
                "{'op':'iommufd.alloc'}");
        assertEquals(0, cli.code());
        assertEquals(
                "{}\n{\"data\":\"02\"}\n{\"irqs\":[]}\n"
                        + "{\"error\":{\"code\":\"unsupported\",\"message\":\"iommufd.alloc: the reference has"
                        + " no such request\"}}\n",
                cli.out());
    }

    @Test
    void aMalformedLineIsABadRequestAndTheSessionGoesOn() {
        Cli cli = serve("{'op':'mem.read','addr':-1,'len':1}", "", "nonsense", "{'op':'step'}");
        assertEquals(0, cli.code());
        assertEquals(4, cli.lines().size());
        assertEquals(
                "{\"error\":{\"code\":\"bad-request\",\"message\":\"stdin:1:25: addr: expected an unsigned 64-bit"
                        + " integer (a number or \\\"0x...\\\"), found -1\"}}",
                cli.lines().get(0));
        assertTrue(cli.lines().get(1).contains("stdin:2:1: expected a JSON object, found nothing"));
        assertTrue(cli.lines().get(2).contains("\"bad-request\""));
        assertEquals("{\"completed\":[]}", cli.lines().get(3));
    }

    @Test
    void aLineOfTwoMebibytesIsABadRequestAndTheSessionGoesOn() {
        Cli cli = serve("x".repeat(2 << 20), "{'op':'step'}");
        assertEquals(2, cli.lines().size());
        assertTrue(cli.lines().get(0).contains("expected a line of at most 1048576 bytes"));
        assertEquals("{\"completed\":[]}", cli.lines().get(1));
    }

    @Test
    void byeIsAnsweredAndEndsTheSession() {
        Cli cli = serve("{'op':'bye'}", "{'op':'step'}");
        assertEquals(0, cli.code());
        assertEquals("{}\n", cli.out());
    }

    @Test
    void theEndOfTheInputEndsTheSession() {
        assertEquals(new Cli(0, "", ""), Cli.run("serve", "--profile", "minimal"));
    }
}
