package org.nestor.oracle.sut;

import java.util.Optional;

/** What the user says is to be tested: the argument of {@code --sut}. */
public sealed interface SutSpec {
    /** The word for the reference within this program. */
    String EMBEDDED = "embedded";

    /** The word for QEMU. */
    String QEMU = "qemu";

    /** The reference within this program. */
    record Embedded() implements SutSpec {}

    /**
     * A QEMU.
     *
     * @param binary the path of the program, when it is not the usual one
     */
    record Qemu(Optional<String> binary) implements SutSpec {}

    /**
     * A program that speaks the protocol on its standard input and output.
     *
     * @param command a command line for the shell
     */
    record Program(String command) implements SutSpec {}

    /**
     * Reads {@code embedded}, {@code qemu}, {@code qemu:PATH} or a command line.
     *
     * @throws IllegalArgumentException when it is none of them
     */
    static SutSpec parse(String text) {
        String word = text.strip();
        if (word.isEmpty() || word.equals(QEMU + ":")) {
            throw new IllegalArgumentException(
                    "expected embedded, qemu, qemu:PATH or a command line, found \"" + word + "\"");
        } else if (word.equals(EMBEDDED)) {
            return new Embedded();
        } else if (word.equals(QEMU)) {
            return new Qemu(Optional.empty());
        } else if (word.startsWith(QEMU + ":")) {
            return new Qemu(Optional.of(word.substring(QEMU.length() + 1)));
        }
        return new Program(word);
    }
}
