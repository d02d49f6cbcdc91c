package org.nestor.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.nestor.oracle.ImplementationUnderTest;
import org.nestor.protocol.ErrorCode;
import org.nestor.protocol.LineWriter;
import org.nestor.protocol.ProtocolException;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.protocol.SessionReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nestor serve}: the embedded reference as an implementation under test. */
@Command(
        name = "serve",
        description =
                "Answers requests from standard input, one reply a line on standard output, until bye or the end.",
        mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {

    private final InputStream in;

    @Mixin
    private ReferenceOptions reference = new ReferenceOptions();

    // Replaced by picocli before the command runs.
    @Spec
    private CommandSpec spec = CommandSpec.create();

    ServeCommand(InputStream in) {
        this.in = in;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        SessionReader session = new SessionReader("stdin", in);
        try (ImplementationUnderTest sut = reference.create()) {
            boolean more = true;
            while (more) {
                more = answer(session, sut, out) && !out.checkError();
            }
        }
        return ExitCode.CONFORMS.code();
    }

    /** Answers one line; false when it was the last. */
    private static boolean answer(SessionReader session, ImplementationUnderTest sut, PrintWriter out)
            throws IOException {
        try {
            Optional<Request> request = session.next();
            request.ifPresent(asked -> print(out, sut.send(asked)));
            return request.isPresent() && !(request.get() instanceof Request.Bye);
        } catch (ProtocolException complaint) {
            print(out, new Reply.Failure(ErrorCode.BAD_REQUEST, String.valueOf(complaint.getMessage())));
            return true;
        }
    }

    private static void print(PrintWriter out, Reply reply) {
        out.print(LineWriter.write(reply));
        out.print('\n');
        out.flush();
    }
}
