package org.nestor.smmu.format;

import java.util.Arrays;
import java.util.Optional;

/** Event numbers of the Non-secure event queue (IHI 0070 section 7.3). */
public enum EventType {
    F_UUT(0x01),
    C_BAD_STREAMID(0x02),
    F_STE_FETCH(0x03),
    C_BAD_STE(0x04),
    F_BAD_ATS_TREQ(0x05),
    F_STREAM_DISABLED(0x06),
    F_TRANSL_FORBIDDEN(0x07),
    C_BAD_SUBSTREAMID(0x08),
    F_CD_FETCH(0x09),
    C_BAD_CD(0x0A),
    F_WALK_EABT(0x0B),
    F_TRANSLATION(0x10),
    F_ADDR_SIZE(0x11),
    F_ACCESS(0x12),
    F_PERMISSION(0x13),
    F_TLB_CONFLICT(0x20),
    F_CFG_CONFLICT(0x21),
    E_PAGE_REQUEST(0x24),
    F_VMS_FETCH(0x25);

    private final int code;

    EventType(int code) {
        this.code = code;
    }

    /** The event of that number, empty if it is reserved or IMPLEMENTATION DEFINED (0xE0 to 0xEF). */
    public static Optional<EventType> of(int code) {
        return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
    }

    /** The event number, bits [7:0] of a record. */
    public int code() {
        return code;
    }

    /** The four faults that CD.{A,R,S} or STE.{S2R,S2S} govern and that can stall. */
    public boolean isTranslationRelated() {
        return code >= F_TRANSLATION.code && code <= F_PERMISSION.code;
    }
}
