package org.nestor.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import org.nestor.protocol.ErrorCode;
import org.nestor.protocol.LineWriter;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;

/**
 * A program that speaks the protocol on its standard input and output; its standard error is the user's. When it ends, does
 * not answer in time, or says anything but one reply to each request, it is ended for good: every later request gets the
 * same {@code died} or {@code hung}. Neither a flood of output nor a line without end takes more than a few lines' worth of
 * memory.
 */
public final class ProcessImplementation implements ImplementationUnderTest {
    private static final Duration PARTING = Duration.ofSeconds(2);

    private final Process process;
    private final ProcessGuard guard;
    private final Duration patience;
    private final RequestPump requests;
    private final ReplyPump replies;
    private Optional<Reply> end = Optional.empty();

    private ProcessImplementation(Process process, Duration patience) {
        this.process = process;
        this.guard = ProcessGuard.over(process);
        this.patience = patience;
        this.requests = new RequestPump(process.getOutputStream());
        this.replies = new ReplyPump(process.getInputStream());
    }

    /**
     * Starts a program.
     *
     * @param command a command line for the shell
     * @param patience how long it may take for one reply
     */
    public static ProcessImplementation start(String command, Duration patience) {
        ProcessBuilder builder =
                new ProcessBuilder("/bin/sh", "-c", command).redirectError(ProcessBuilder.Redirect.INHERIT);
        try {
            return new ProcessImplementation(builder.start(), patience);
        } catch (IOException e) {
            throw new UncheckedIOException("no shell to start the implementation with", e);
        }
    }

    @Override
    public Reply send(Request request) {
        if (end.isPresent()) {
            return end.get();
        }
        Reply reply = replies.unasked().orElseGet(() -> exchange(request));
        if (reply instanceof Reply.Failure failure && failure.code().isEnd()) {
            end = Optional.of(reply);
            guard.close();
        }
        return reply;
    }

    private Reply exchange(Request request) {
        return switch (requests.put(LineWriter.write(request), patience)) {
            case TAKEN -> replies.take(request, patience).orElseGet(this::silence);
            case REFUSED -> died();
            case LEFT -> silence();
        };
    }

    private Reply silence() {
        if (replies.ended()) {
            return died();
        }
        return new Reply.Failure(ErrorCode.HUNG, "no reply within " + patience.toMillis() + " ms");
    }

    private Reply died() {
        return new Reply.Failure(
                ErrorCode.DIED, ProcessEnd.of(process, PARTING).orElse("it closed its standard output or input"));
    }

    /** Lets it end by itself on the end of its input, and ends it when it does not. */
    @Override
    public void close() {
        requests.close();
        if (end.isEmpty()) {
            Optional<String> unused = ProcessEnd.of(process, PARTING);
        }
        guard.close();
    }
}
