package org.nestor.bugs;

import java.util.Locale;

/** How hard a fault is to meet by random testing of an SMMU with caches. */
public enum Difficulty {
    /** One of the first random cases of the feature shows it. */
    EASY,
    /** It takes an unusual value or a certain order. */
    MEDIUM,
    /** It takes two or more unusual things together, a history, or something in flight. */
    HARD;

    /** The name in lower case, as lists spell it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
