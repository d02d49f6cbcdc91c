package org.nestor.explain;

import java.util.ArrayList;
import java.util.List;
import org.nestor.rule.RuleId;
import org.nestor.smmu.format.L1ContextDescriptor;
import org.nestor.smmu.format.L1StreamTableDescriptor;
import org.nestor.smmu.register.IdRegisters;

/** Explains the level 1 descriptors of stream and CD tables under ID registers. */
final class L1Explainer {

    private static final RuleId SPAN_ZERO = RuleId.of("A-SID-04");
    private static final RuleId SPAN_RESERVED = RuleId.of("A-SID-05");
    private static final RuleId SPAN_OVER_SPLIT = RuleId.of("A-SID-06");
    private static final RuleId STE_ADDRESS = RuleId.of("A-SID-09");
    private static final RuleId CD_INVALID = RuleId.of("A-CDF-02");
    private static final RuleId CD_ADDRESS = RuleId.of("A-CDF-11");
    private static final int LARGEST_SPAN = 11;

    private static final Meanings STREAM_TABLE = Meanings.table("L2Ptr: @address leaf table of STEs")
            .with("Span", span -> span == 0 || span > LARGEST_SPAN ? "no leaf table" : "2^" + (span - 1) + " STEs");

    private static final Meanings CONTEXT_TABLE = Meanings.table("""
            V: invalid; valid
            L2Ptr: @address leaf table of CDs, an IPA if stage 2 translates
            """);

    private final IdRegisters id;

    L1Explainer(IdRegisters id) {
        this.id = id;
    }

    Explanation explain(L1StreamTableDescriptor descriptor, String title) {
        int span = descriptor.span();
        boolean leaf = span != 0 && span <= LARGEST_SPAN;
        List<RuleId> unusable = leaf ? List.of() : List.of(span == 0 ? SPAN_ZERO : SPAN_RESERVED);
        List<RuleId> tooWide = leaf && descriptor.l2Ptr() >>> id.oas() != 0 ? List.of(STE_ADDRESS) : List.of();
        List<Row> rows = Rows.of(new long[] {descriptor.raw()}, descriptor.layout(), STREAM_TABLE, field -> {
            if (field.name().equals("L2Ptr")) {
                return tooWide.isEmpty() ? Status.usedIf(leaf) : Status.illegal(tooWide);
            }
            return unusable.isEmpty() ? Status.NONE : Status.illegal(unusable);
        });
        if (!leaf) {
            return new Explanation(title, rows, linearOnly(), unusable, "no STE: C_BAD_STREAMID for its StreamIDs");
        }
        List<String> notes = new ArrayList<>(linearOnly());
        notes.add("C_BAD_STREAMID (" + SPAN_OVER_SPLIT + ") if Span is more than STRTAB_BASE_CFG.SPLIT + 1");
        long table = descriptor.l2Ptr() & -1L << 6 + span - 1;
        String verdict = tooWide.isEmpty()
                ? "leaf table of %d STEs at 0x%x".formatted(1L << span - 1, table)
                : "leaf table above %d bits: F_STE_FETCH or truncation".formatted(id.oas());
        return new Explanation(title, rows, notes, tooWide, verdict);
    }

    private List<String> linearOnly() {
        return id.stLevel() == 0 ? List.of("IDR0.ST_LEVEL is 00: such an SMMU has a linear stream table") : List.of();
    }

    Explanation explain(L1ContextDescriptor descriptor, String title) {
        List<RuleId> invalid = descriptor.v() ? List.of() : List.of(CD_INVALID);
        boolean wide = descriptor.v() && descriptor.l2Ptr() >>> id.oas() != 0;
        List<RuleId> tooWide = wide ? List.of(CD_ADDRESS) : List.of();
        List<Row> rows = Rows.of(new long[] {descriptor.raw()}, descriptor.layout(), CONTEXT_TABLE, field -> {
            if (field.name().equals("L2Ptr")) {
                return tooWide.isEmpty() ? Status.usedIf(descriptor.v()) : Status.illegal(tooWide);
            }
            return invalid.isEmpty() ? Status.NONE : Status.illegal(invalid);
        });
        List<String> notes = id.cd2l() ? List.of() : List.of("IDR0.CD2L is 0: such an SMMU has no 2-level CD tables");
        if (!descriptor.v()) {
            return new Explanation(title, rows, notes, invalid, "no CD: C_BAD_SUBSTREAMID for its SubstreamIDs");
        }
        return new Explanation(
                title,
                rows,
                notes,
                tooWide,
                wide
                        ? "leaf table above %d bits: C_BAD_SUBSTREAMID".formatted(id.oas())
                        : "leaf table of CDs at 0x%x".formatted(descriptor.l2Ptr()));
    }
}
