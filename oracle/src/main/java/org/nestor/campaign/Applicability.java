package org.nestor.campaign;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.nestor.rule.RuleId;
import org.nestor.smmu.register.IdRegisters;

/** Which rules cannot decide anything under some ID registers, by the area that their ids name. */
final class Applicability {
    private static final Map<String, Feature> FEATURES = features();

    private Applicability() {}

    private record Feature(String lacking, Predicate<IdRegisters> present) {}

    private static Map<String, Feature> features() {
        Map<String, Feature> features = new LinkedHashMap<>();
        features.put("A-ATS", new Feature("no ATS (IDR0.ATS = 0)", IdRegisters::ats));
        features.put("A-PRI", new Feature("no PRI (IDR0.PRI = 0)", IdRegisters::pri));
        features.put("A-STL", new Feature("no stalling (IDR0.STALL_MODEL)", ids -> ids.stallMax() > 0));
        features.put("A-NST", new Feature("not both stages (IDR0.S1P, S2P)", ids -> ids.s1p() && ids.s2p()));
        features.put("A-CDF", new Feature("no stage 1 (IDR0.S1P = 0)", IdRegisters::s1p));
        features.put("A-CDV", new Feature("no stage 1 (IDR0.S1P = 0)", IdRegisters::s1p));
        features.put("A-SSD", new Feature("no SubstreamIDs (IDR1.SSIDSIZE = 0)", ids -> ids.ssidSize() > 0));
        features.put("C-RIL", new Feature("no range invalidation (IDR3.RIL = 0)", IdRegisters::ril));
        return features;
    }

    /** Why the rule does not apply. */
    static Optional<String> missing(RuleId rule, IdRegisters ids) {
        return Optional.ofNullable(FEATURES.get(rule.area()))
                .filter(feature -> !feature.present().test(ids))
                .map(Feature::lacking);
    }
}
