package org.nestor.smmu.queue;

/** The codes of CMDQ_CONS.ERR (IHI 0070 section 7.1). */
public enum CommandError {
    CERROR_ILL(1),
    CERROR_ABT(2),
    CERROR_ATC_INV_SYNC(3);

    private final int code;

    CommandError(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
