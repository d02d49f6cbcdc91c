package org.nestor.protocol;

/** The PCIe ATS kind of a transaction. */
public enum Ats implements Wire {
    /** An ordinary transaction with an untranslated address. */
    UNTRANSLATED("untranslated"),

    /** A Translation Request. */
    REQUEST("request"),

    /** A transaction with an address that an ATS translation gave. */
    TRANSLATED("translated");

    private final String wire;

    Ats(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
