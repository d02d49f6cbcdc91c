package org.nestor.cli;

import java.time.Duration;
import org.nestor.oracle.qemu.QemuMissingException;
import org.nestor.oracle.sut.ShellWord;
import org.nestor.oracle.sut.SutFactory;
import org.nestor.oracle.sut.SutSpec;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say what is to be tested. */
final class SutOptions {
    private static final int DEFAULT_TIMEOUT = 10;

    @Option(
            names = "--sut",
            paramLabel = "SUT",
            defaultValue = SutSpec.EMBEDDED,
            converter = SutConverter.class,
            description = {
                "What to execute on: embedded, the reference (the default); qemu, the one that the environment variable"
                        + " NESTOR_QEMU or the PATH names; qemu:PATH, that program; or the command line of a program that"
                        + " speaks the protocol on its standard input and output."
            })
    private SutSpec sut = new SutSpec.Embedded();

    @Mixin
    private ReferenceOptions reference = new ReferenceOptions();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long a program or QEMU may take for an answer (${DEFAULT-VALUE}).")
    private int timeout = DEFAULT_TIMEOUT;

    // Replaced by picocli before the command runs.
    @Spec(Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** What the embedded reference is to be like. */
    ReferenceOptions reference() {
        return reference;
    }

    /** What is to be tested, as the command line says it again. */
    String repeated() {
        String patience = timeout == DEFAULT_TIMEOUT ? "" : " --timeout " + timeout;
        if (sut instanceof SutSpec.Program program) {
            return "--sut " + ShellWord.of(program.command()) + patience;
        } else if (sut instanceof SutSpec.Qemu qemu) {
            return "--sut "
                    + ShellWord.of(
                            "qemu" + qemu.binary().map(path -> ":" + path).orElse("")) + patience;
        }
        return reference.repeated();
    }

    /** True for the embedded reference, which alone tells which rules it decides on. */
    boolean isEmbedded() {
        return sut instanceof SutSpec.Embedded;
    }

    /** Makes what is to be tested. */
    SutFactory factory() {
        if (timeout < 1) {
            throw wrong("--timeout: expected at least 1 second, found " + timeout);
        }
        if (reference.plantsBug() && !isEmbedded()) {
            throw wrong("--bug: only the reference has one; leave out --sut");
        }
        try {
            return SutFactory.of(sut, reference.configuration(), Duration.ofSeconds(timeout));
        } catch (QemuMissingException e) {
            throw wrong("--sut: " + e.getMessage());
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
