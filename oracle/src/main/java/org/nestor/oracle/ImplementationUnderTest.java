package org.nestor.oracle;

import java.util.Optional;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;

/** Something that answers the requests of the protocol. It begins in its power-on state. Not for several threads at once. */
public interface ImplementationUnderTest extends AutoCloseable {

    /** Answers a request. One that it refuses, by a {@link Reply.Failure}, has changed nothing. */
    Reply send(Request request);

    /**
     * Why this request makes no sense to the implementation whatever its state, as far as that can be known without
     * sending it.
     */
    default Optional<Objection> objection(Request request) {
        return Optional.empty();
    }

    /** Ends it. */
    @Override
    void close();
}
