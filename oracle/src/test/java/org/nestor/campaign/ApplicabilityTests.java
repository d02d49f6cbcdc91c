package org.nestor.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nestor.rule.RuleCatalogue;
import org.nestor.rule.RuleId;
import org.nestor.smmu.register.Profile;

class ApplicabilityTests {

    private static Optional<String> missing(Profile profile, boolean resettable, String rule) {
        return new Applicability(profile.idRegisters(), resettable).missing(RuleId.of(rule));
    }

    @Test
    void everyNameIsARuleOrAnAreaOfTheCatalogue() {
        Set<String> names = new HashSet<>();
        RuleCatalogue.load().all().forEach(entry -> {
            names.add(entry.id().toString());
            names.add(entry.id().area());
        });
        Set<String> unknown = new HashSet<>(Applicability.named());
        unknown.removeAll(names);
        assertEquals(Set.of(), unknown);
    }

    @Test
    void rulesOfWhatIsNotThereDoNotApply() {
        assertEquals(Optional.of("no ATS (IDR0.ATS = 0)"), missing(Profile.QEMU, false, "A-ATS-01"));
        assertEquals(Optional.of("no stage 2 (IDR0.S2P = 0)"), missing(Profile.MINIMAL, false, "A-WLK-03"));
        assertEquals(Optional.empty(), missing(Profile.FULL, false, "A-ATS-01"));
        assertEquals(Optional.empty(), missing(Profile.MINIMAL, false, "A-WLK-04"));
    }

    @Test
    void rulesOfWhatIsNotLackingDoNotApplyUnlessAResetCanTakeItAway() {
        assertTrue(missing(Profile.FULL, false, "A-CER-11").isPresent());
        assertEquals(Optional.empty(), missing(Profile.FULL, true, "A-CER-11"));
        assertEquals(Optional.empty(), missing(Profile.QEMU, false, "A-CER-11"));
    }

    @Test
    void aResetDoesNotAddWhatIsNotThere() {
        assertTrue(missing(Profile.QEMU, true, "A-ATS-01").isPresent());
    }
}
