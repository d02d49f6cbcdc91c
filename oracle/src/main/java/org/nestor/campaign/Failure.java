package org.nestor.campaign;

import java.util.List;
import org.nestor.judge.Verdict;
import org.nestor.protocol.ErrorCode;
import org.nestor.protocol.Reply;

/** Why a play ended early. */
sealed interface Failure {

    /** What it is folded by. */
    Cause cause();

    /** What the architecture allows instead, one outcome a line. */
    List<String> allowed();

    /** Why what was seen is not among that. */
    List<String> explanation();

    /** A reply that the architecture does not allow. */
    record Divergence(Verdict.Diverges verdict) implements Failure {
        @Override
        public Cause cause() {
            return Cause.of(verdict);
        }

        @Override
        public List<String> allowed() {
            return verdict.allowed();
        }

        @Override
        public List<String> explanation() {
            return verdict.explanation();
        }
    }

    /** The implementation died or hung. */
    record End(Reply.Failure reply) implements Failure {
        @Override
        public Cause cause() {
            return Cause.of(reply);
        }

        @Override
        public List<String> allowed() {
            return List.of("a reply");
        }

        @Override
        public List<String> explanation() {
            return List.of();
        }

        boolean hung() {
            return reply.code() == ErrorCode.HUNG;
        }
    }
}
