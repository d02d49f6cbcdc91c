package org.nestor.oracle;

import org.nestor.protocol.ErrorCode;
import org.nestor.protocol.Reply;

/**
 * What is wrong with a request that the protocol allows but an implementation does not.
 *
 * @param member the request's member that is wrong
 * @param message what was expected and what was found
 */
public record Objection(String member, String message) {

    /** The reply that refuses the request. */
    public Reply reply() {
        return new Reply.Failure(ErrorCode.BAD_REQUEST, member + ": " + message);
    }
}
