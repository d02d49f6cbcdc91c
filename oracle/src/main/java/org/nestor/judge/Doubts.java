package org.nestor.judge;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The parts of the SMMU whose state is not known any more, each with the reason. */
final class Doubts {
    private final Map<Area, String> reasons = new EnumMap<>(Area.class);

    /** A part of the SMMU that is judged, or not, as a whole. */
    enum Area {
        /** Anything may have happened; the likeliest is followed, and what conforms to that conforms. */
        EVERYTHING,
        TRANSLATION,
        COMMANDS,
        EVENTS,
        PAGE_REQUESTS,
        STALLS
    }

    /** The part is not judged until further notice; the first reason counts. */
    void raise(Area area, String reason) {
        reasons.putIfAbsent(area, reason);
    }

    /** The state of the part is known again. */
    void settle(Area area) {
        reasons.remove(area);
    }

    boolean about(Area area) {
        return !reasons.isEmpty() && reasons.containsKey(area);
    }

    Optional<String> reason(Area area) {
        return Optional.ofNullable(reasons.get(area));
    }

    /** For an exchange that conforms unless a part that it depends on is not known. */
    Verdict verdict(Area area) {
        return about(area) ? new Verdict.Indeterminate(reason(area).orElse("")) : Verdict.CONFORMS;
    }
}
