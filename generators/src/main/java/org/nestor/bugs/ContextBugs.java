package org.nestor.bugs;

import static org.nestor.bugs.BugComponent.CONTEXT_DESCRIPTOR;
import static org.nestor.bugs.Difficulty.EASY;
import static org.nestor.bugs.Difficulty.MEDIUM;

import java.util.List;
import org.nestor.bugs.context.HalvedContextPointer;
import org.nestor.bugs.context.SwappedContextBits;

/** From SubstreamID to CD. */
final class ContextBugs {

    private ContextBugs() {}

    static List<SeededBug> all() {
        return List.of(
                SeededBug.of(
                        "D-08",
                        CONTEXT_DESCRIPTOR,
                        EASY,
                        "STE.S1ContextPtr is shifted by the wrong amount when the address of the CD is formed.",
                        "Every stream with stage 1: the CD is read from the wrong place.",
                        ReplacedTranslation.contextTable(HalvedContextPointer::new),
                        "A-CDF-01"),
                SeededBug.of(
                        "D-09",
                        CONTEXT_DESCRIPTOR,
                        MEDIUM,
                        "WXN, UWXN, TBI0, TBI1, PAN and AA64 of a CD are decoded at the place of HD, HA, S, R, A and ASET, and those at the place of the former.",
                        "Drivers: legal CDs are refused, and fault handling and tagged addresses follow the wrong bits.",
                        ReplacedTranslation.contextTable(SwappedContextBits::new),
                        "A-CDV-02",
                        "A-FLT-13",
                        "A-ADR-01"));
    }
}
