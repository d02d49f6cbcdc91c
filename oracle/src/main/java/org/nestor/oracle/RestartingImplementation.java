package org.nestor.oracle;

import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.nestor.protocol.ErrorCode;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;

/**
 * An implementation that is started when it is first needed, and again by a reset after it died, hung or said bye: what
 * ends one scenario does not end the next. Until that reset it stays ended.
 */
public final class RestartingImplementation implements ImplementationUnderTest {
    private final Supplier<? extends ImplementationUnderTest> starter;
    private Optional<ImplementationUnderTest> running = Optional.empty();
    private Optional<Reply> end = Optional.empty();

    /** Starts nothing yet. */
    public RestartingImplementation(Supplier<? extends ImplementationUnderTest> starter) {
        this.starter = starter;
    }

    @Override
    public Reply send(Request request) {
        if (end.isPresent() && !(request instanceof Request.Reset)) {
            return end.get();
        }
        Reply reply = answer(request);
        if (reply instanceof Reply.Failure failure && failure.code().isEnd()) {
            end = Optional.of(reply);
        } else if (request instanceof Request.Bye && reply instanceof Reply.Done) {
            end = Optional.of(new Reply.Failure(ErrorCode.DIED, "it was told to end"));
        }
        return reply;
    }

    private Reply answer(Request request) {
        try {
            return started().send(request);
        } catch (UncheckedIOException e) {
            return new Reply.Failure(ErrorCode.DIED, "it could not be started: " + e.getMessage());
        }
    }

    private ImplementationUnderTest started() {
        if (end.isPresent()) {
            close();
            end = Optional.empty();
        }
        ImplementationUnderTest sut = running.orElseGet(starter);
        running = Optional.of(sut);
        return sut;
    }

    @Override
    public Optional<Objection> objection(Request request) {
        return running.flatMap(sut -> sut.objection(request));
    }

    @Override
    public void close() {
        running.ifPresent(ImplementationUnderTest::close);
        running = Optional.empty();
    }
}
