package org.nestor.oracle.sut;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.nestor.oracle.EmbeddedReference;
import org.nestor.oracle.ImplementationUnderTest;
import org.nestor.oracle.Objection;
import org.nestor.oracle.ProcessImplementation;
import org.nestor.oracle.ReferenceConfiguration;
import org.nestor.oracle.RestartingImplementation;
import org.nestor.oracle.Shadowed;
import org.nestor.oracle.qemu.QemuImplementation;
import org.nestor.oracle.qemu.QemuLauncher;
import org.nestor.oracle.qemu.QemuLocator;
import org.nestor.protocol.Request;
import org.nestor.rule.RuleLog;

/**
 * Makes implementations under test of one kind, each independent of the others. It may be used by several threads.
 *
 * @param description what they are, in a few words
 * @param starter makes one, which tells a log which rules decide what it is asked
 * @param objections what they have against a request whatever their state, found out without starting one
 */
public record SutFactory(
        String description,
        Function<RuleLog, ImplementationUnderTest> starter,
        Function<Request, Optional<Objection>> objections) {

    /**
     * The factory for what the user named. A program or a QEMU that it makes is started when it is first asked something,
     * and started again by the reset after its end.
     *
     * @param spec what to test
     * @param reference what the embedded reference is to be like
     * @param patience how long a program may take for a reply, or QEMU for an answer
     * @throws org.nestor.oracle.qemu.QemuMissingException when QEMU is asked for and there is none
     */
    public static SutFactory of(SutSpec spec, ReferenceConfiguration reference, Duration patience) {
        if (spec instanceof SutSpec.Program program) {
            return new SutFactory(
                    "program " + program.command(),
                    rules -> Shadowed.over(
                            new RestartingImplementation(
                                    () -> ProcessImplementation.start(program.command(), patience)),
                            rules),
                    request -> Optional.empty());
        } else if (spec instanceof SutSpec.Qemu qemu) {
            return qemu(qemu, patience);
        }
        return embedded(reference);
    }

    /** The factory for the embedded reference. */
    public static SutFactory embedded(ReferenceConfiguration reference) {
        EmbeddedReference example = reference.create();
        String description =
                "embedded reference, profile " + reference.profile().label() + ", policy "
                        + reference.caching().label();
        return new SutFactory(description, reference::create, example::objection);
    }

    private static SutFactory qemu(SutSpec.Qemu spec, Duration patience) {
        Path binary = spec.binary().map(QemuLocator::at).orElseGet(QemuLocator::find);
        QemuLauncher launcher = new QemuLauncher(binary, patience);
        return new SutFactory(
                "QEMU at " + binary,
                rules -> Shadowed.over(new RestartingImplementation(launcher::start), rules),
                QemuImplementation::objectionTo);
    }

    /** Makes one, in its power-on state. */
    public ImplementationUnderTest create() {
        return create(RuleLog.NONE);
    }

    /**
     * Makes one, in its power-on state, whose requests tell a log which rules they are decided by. The embedded reference tells by
     * itself. For others a second reference is asked the same, which costs time, but not with {@link RuleLog#NONE}.
     */
    public ImplementationUnderTest create(RuleLog rules) {
        return starter.apply(rules);
    }

    /** What is wrong with a request, as far as that can be known without sending it. */
    public Optional<Objection> objection(Request request) {
        return objections.apply(request);
    }
}
