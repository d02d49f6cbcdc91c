package org.nestor.explain;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.nestor.rule.RuleId;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.Field;

/** Explains an event record, whatever the ID registers. */
final class EventExplainer {

    private static final List<RuleId> NSIPA = List.of(RuleId.of("A-FLT-20"));
    private static final List<RuleId> CLASS = List.of(RuleId.of("A-FLT-12"));
    private static final List<RuleId> INSTRUCTION_WRITE = List.of(RuleId.of("A-PRM-02"));
    private static final List<RuleId> UNDEFINED_BITS = List.of(RuleId.of("A-FLT-22"));
    private static final int IN = 2;
    private static final int TT = 1;
    private static final int RESERVED = 3;

    private static final Meanings MEANINGS = Meanings.table("""
            SSV: no SubstreamID; SubstreamID valid
            Reason: IMPLEMENTATION DEFINED
            Stall: terminated; stalled, waits for CMD_RESUME
            PnU: unprivileged; privileged
            InD: data; instruction
            RnW: write; read
            S2: stage 1; stage 2
            CLASS: CD fetch; stage 1 table access; input address; reserved
            TTRnW: table write; table read
            InputAddr: @address incoming address
            IPA: @address IPA that stage 2 refused
            FetchAddr: @address physical address of the aborted access
            Priv, X, R, W: not requested; requested
            uX, uW, uR, pX, pW, pR: not wanted; wanted
            Span: @DECIMAL
            """);

    private EventExplainer() {}

    static Explanation explain(EventRecord event, String title) {
        long[] words = {event.dw0(), event.dw1(), event.dw2(), event.dw3()};
        String name = event.type().map(Enum::name).orElseGet(() -> unknown(event.code()));
        List<Row> rows = new ArrayList<>();
        for (Row row :
                Rows.of(words, event.layout(), MEANINGS.with("EventID", code -> name), field -> status(field, event))) {
            rows.add(row.mark() == Mark.RES0 && event.type().isPresent() ? undefined(row) : row);
        }
        if (event.type().isEmpty()) {
            rows.removeIf(row -> row.mark() == Mark.RES0);
        }
        Set<RuleId> broken = new LinkedHashSet<>();
        rows.stream().filter(row -> row.mark() != Mark.UNKNOWN).forEach(row -> broken.addAll(row.rules()));
        return new Explanation(title, rows, List.of(), List.copyOf(broken), verdict(event, name, rows, broken));
    }

    private static String unknown(int code) {
        return code >= 0xE0 && code <= 0xEF ? "IMPDEF_EVENT" + (code - 0xE0) : "reserved event number";
    }

    private static Row undefined(Row row) {
        return new Row(
                row.bits(),
                row.name(),
                row.value(),
                "not defined for the event: must be 0",
                Mark.ILLEGAL,
                UNDEFINED_BITS);
    }

    private static Status status(Field field, EventRecord event) {
        return switch (field.name()) {
            case "SubstreamID" -> event.layout().find("SSV").isPresent() && !event.ssv() ? Status.UNKNOWN : Status.NONE;
            case "STAG" -> event.stall() ? Status.NONE : Status.UNKNOWN;
            case "IPA" -> event.s2() ? Status.NONE : Status.UNKNOWN;
            case "TTRnW" -> event.faultClass() == TT ? Status.NONE : Status.UNKNOWN;
            case "NSIPA" -> event.nsipa() ? Status.illegal(NSIPA) : Status.NONE;
            case "InD" -> event.ind() && !event.rnw() ? Status.illegal(INSTRUCTION_WRITE) : Status.NONE;
            case "CLASS" -> faultClass(event);
            default -> Status.NONE;
        };
    }

    /** A fault of stage 1 itself is always about the input address; only an aborted walk is not. */
    private static Status faultClass(EventRecord event) {
        if (event.faultClass() == RESERVED) {
            return Status.illegal(List.of());
        }
        boolean fault = event.type().map(type -> type.isTranslationRelated()).orElse(false);
        return fault && !event.s2() && event.faultClass() != IN ? Status.illegal(CLASS) : Status.NONE;
    }

    private static String verdict(EventRecord event, String name, List<Row> rows, Set<RuleId> broken) {
        String sentence = event.type()
                .map(type -> name + ": " + EventSentence.of(type, event))
                .orElse(name);
        if (rows.stream().noneMatch(row -> row.mark() == Mark.ILLEGAL)) {
            return sentence;
        }
        String rules = broken.isEmpty() ? "" : " (" + RuleNames.join(List.copyOf(broken)) + ")";
        return sentence + "; no SMMU may write such a record" + rules;
    }
}
