package org.nestor.oracle.sut;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nestor.oracle.ImplementationUnderTest;
import org.nestor.oracle.ReferenceConfiguration;
import org.nestor.oracle.qemu.QemuMissingException;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;

/** What {@code --sut} takes, and what comes of it. */
class SutSpecTests {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static SutFactory factory(String text) {
        return SutFactory.of(SutSpec.parse(text), ReferenceConfiguration.DEFAULT, PATIENCE);
    }

    @Test
    void theTwoWordsAndThePathAreKnownAndAllElseIsACommand() {
        assertEquals(new SutSpec.Embedded(), SutSpec.parse("embedded"));
        assertEquals(new SutSpec.Qemu(Optional.empty()), SutSpec.parse("qemu"));
        assertEquals(new SutSpec.Qemu(Optional.of("/opt/q x/qemu")), SutSpec.parse("qemu:/opt/q x/qemu"));
        assertEquals(new SutSpec.Program("qemu-system-aarch64 -M none"), SutSpec.parse("qemu-system-aarch64 -M none"));
        assertEquals(new SutSpec.Program("./embedded"), SutSpec.parse("./embedded"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "qemu:", "qemu: "})
    void nothingIsNoSut(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> SutSpec.parse(text))
                .getMessage();
        assertTrue(String.valueOf(message).startsWith("expected embedded, qemu, qemu:PATH or a command line"), message);
    }

    @Test
    void theEmbeddedReferenceIsAsConfiguredAndKnowsItsObjections() {
        SutFactory factory = factory("embedded");
        assertEquals("embedded reference, profile full, policy infinite", factory.description());
        assertTrue(factory.objection(new Request.MemRead(-1, 1)).isPresent());
        try (ImplementationUnderTest sut = factory.create()) {
            assertEquals(new Reply.Stepped(List.of()), sut.send(new Request.Step()));
        }
    }

    @Test
    void eachOneThatAFactoryMakesIsIndependent() {
        SutFactory factory =
                factory("echo x >&2; n=0; while read x; do n=$((n + 1)); echo \"{\\\"value\\\":$n}\"; done 2>&1");
        Request read = new Request.RegRead(new org.nestor.protocol.RegisterRef.Named("CR0"));
        try (ImplementationUnderTest one = factory.create();
                ImplementationUnderTest two = factory.create()) {
            assertEquals(new Reply.Value(1), one.send(read));
            assertEquals(new Reply.Value(2), one.send(read));
            assertEquals(new Reply.Value(1), two.send(read));
        }
    }

    @Test
    void aQemuThatIsNotThereIsMissedAtOnce() {
        assertThrows(QemuMissingException.class, () -> factory("qemu:/nowhere/qemu"));
    }

    @Test
    void whatIsNoQemuDiesWhenItIsAsked() {
        try (ImplementationUnderTest sut = factory("qemu:/bin/false").create()) {
            Reply reply = sut.send(new Request.Reset(Map.of()));
            assertTrue(reply.toString().contains("it did not start; exit code 1"), reply.toString());
        }
    }
}
