package org.nestor.rule;

import java.util.Arrays;

/** How well a rule is founded. */
public enum Certainty {
    /** Stated by the architecture specification and borne out by at least one independent implementation. */
    SPECIFICATION_AND_CODE("2 S"),
    /** Borne out by two independent implementations, without a look at the specification text. */
    TWO_SOURCES("2"),
    /** Stated by the architecture specification. */
    SPECIFICATION("1 S"),
    /** Borne out by one implementation or published pseudocode. */
    ONE_SOURCE("1"),
    /** Common knowledge of the architecture, without a source that was looked up. */
    KNOWLEDGE("M"),
    /** Behaviour of the published nested-stage series. */
    PUBLISHED("P"),
    /** Behaviour of the Linux tree that the nested-stage series rests on. */
    BASE("B"),
    /** What the nested-stage API should do where the published series is defective, silent or contradicted by its review. */
    CORRECTED("D"),
    /** In doubt: a judge accepts every alternative that the rule names, and checks nothing if it names none. */
    UNCERTAIN("U");

    private final String code;

    Certainty(String code) {
        this.code = code;
    }

    /** The short form used in the catalogue, for example {@code 1 S}. */
    public String code() {
        return code;
    }

    /**
     * The certainty of that short form.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Certainty of(String code) {
        return Arrays.stream(values())
                .filter(certainty -> certainty.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown certainty '" + code + "'"));
    }
}
