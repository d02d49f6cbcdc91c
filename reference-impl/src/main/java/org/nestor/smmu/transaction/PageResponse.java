package org.nestor.smmu.transaction;

/**
 * A response to a page request group, from software (CMD_PRI_RESP) or automatic.
 *
 * @param ssv whether the response carries a PASID
 * @param substreamId 20 bits; 0 when {@code ssv} is false
 * @param prgIndex 9 bits
 */
public record PageResponse(int streamId, boolean ssv, int substreamId, int prgIndex, Code code) {

    /** The response code; the order is that of CMD_PRI_RESP.Resp. */
    public enum Code {
        RESPONSE_FAILURE,
        INVALID_REQUEST,
        SUCCESS
    }
}
