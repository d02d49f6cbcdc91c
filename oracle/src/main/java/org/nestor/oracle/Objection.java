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

    /** An objection from a complaint of the form {@code member: message}. */
    static Objection of(String complaint) {
        int colon = complaint.indexOf(": ");
        return colon < 0
                ? new Objection("op", complaint)
                : new Objection(complaint.substring(0, colon), complaint.substring(colon + 2));
    }

    /** The reply that refuses the request. */
    public Reply reply() {
        return new Reply.Failure(ErrorCode.BAD_REQUEST, member + ": " + message);
    }
}
