package org.nestor.smmu.transaction;

/** The AT field of a PCIe access (IHI 0070 section 3.9). */
public enum AtsKind {
    /** An ordinary access, to be translated. */
    UNTRANSLATED,
    /** An ATS Translation Request: asks for the translation and accesses nothing. */
    TRANSLATION_REQUEST,
    /** An access with an address that the endpoint obtained by ATS. */
    TRANSLATED
}
