package org.nestor.oracle.qemu;

import org.nestor.protocol.ErrorCode;

/** QEMU ended, fell silent, or said something that it does not say when all is well. Nothing more can be asked of it. */
final class LostPeerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    private LostPeerException(ErrorCode code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** It closed a connection, or said what makes no sense. */
    static LostPeerException died(String message) {
        return new LostPeerException(ErrorCode.DIED, message);
    }

    /** It did not answer in time. */
    static LostPeerException hung(String message) {
        return new LostPeerException(ErrorCode.HUNG, message);
    }

    /** {@link ErrorCode#DIED} or {@link ErrorCode#HUNG}. */
    ErrorCode code() {
        return code;
    }

    /** What happened, in words. */
    String reason() {
        return String.valueOf(getMessage());
    }

    /** The same, with more to say about it. */
    LostPeerException with(String remark) {
        return new LostPeerException(code, reason() + remark);
    }
}
