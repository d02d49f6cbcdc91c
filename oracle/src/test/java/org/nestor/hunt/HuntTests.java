package org.nestor.hunt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nestor.bugs.SeededBug;
import org.nestor.bugs.SeededBugs;
import org.nestor.campaign.Bounds;
import org.nestor.campaign.Encounter;
import org.nestor.iommu.Parts;
import org.nestor.quirk.Quirk;
import org.nestor.reports.HuntResult;
import org.nestor.reports.HuntedBug;

/** Campaigns against seeded bugs. */
class HuntTests {

    private static HuntResult hunt(int jobs, boolean control, String... ids) throws Exception {
        List<SeededBug> bugs =
                Stream.of(ids).map(id -> SeededBugs.find(id).orElseThrow()).toList();
        HuntPlan plan = new HuntPlan(bugs, List.of(1L, 2L), scenarios(6), jobs, control);
        return new Hunt(plan).run("x", any -> {});
    }

    private static Bounds scenarios(int most) {
        return new Bounds(Optional.empty(), OptionalLong.of(most), 60);
    }

    private static List<String> found(HuntResult result) {
        return result.bugs().stream()
                .flatMap(bug -> bug.attempts().stream())
                .map(attempt -> attempt.seed() + " " + attempt.scenarios() + " " + attempt.sighting())
                .toList();
    }

    @Test
    void numberOfJobsChangesNothing() throws Exception {
        assertEquals(found(hunt(1, false, "D-08", "D-36")), found(hunt(3, false, "D-08", "D-36")));
    }

    @Test
    void bugsAreToldOfInTheirOrder() throws Exception {
        List<String> told = new ArrayList<>();
        List<SeededBug> bugs = Stream.of("D-36", "D-08")
                .map(id -> SeededBugs.find(id).orElseThrow())
                .toList();
        HuntResult result =
                new Hunt(new HuntPlan(bugs, List.of(1L), scenarios(2), 2, false)).run("x", bug -> told.add(bug.id()));
        assertEquals(List.of("D-36", "D-08"), told);
        assertEquals(told, result.bugs().stream().map(HuntedBug::id).toList());
    }

    @Test
    void controlRunsBothCampaignsWithoutABug() throws Exception {
        HuntResult result = hunt(2, true);
        assertEquals(
                List.of("SMMU 12 0", "host 12 0"),
                result.controls().stream()
                        .map(control -> control.campaign() + " " + control.scenarios() + " " + control.falseAlarms())
                        .toList());
    }

    @Test
    void faultOfHostSoftwareIsMetByGuests() {
        Parts faulty = Quirk.B_53.applyTo(Parts.REFERENCE);
        Encounter met = new HostSearch(faulty, scenarios(60), () -> 0).seek(8);
        Encounter.Case found = met.found().orElseThrow();
        assertEquals(List.of("INVALIDATION"), found.rules());
        assertTrue(found.requests() <= 8, found.toString());
        assertEquals(found.requests(), found.steps().size());
    }

    @Test
    void faultOfAVirtualizerIsMetByAGuestThatIsComparedWithItself() {
        Parts faulty = SeededBugs.find("D-53").orElseThrow().software();
        Encounter.Case found =
                new HostSearch(faulty, scenarios(40), () -> 0).seek(7).found().orElseThrow();
        assertEquals(List.of("TRANSPARENCY"), found.rules());
        assertTrue(found.requests() <= 8, found.toString());
    }

    @Test
    void soundHostSoftwareIsNotBlamed() {
        assertEquals(
                new Encounter(4, 0, 0, Optional.empty()),
                new HostSearch(Parts.REFERENCE, scenarios(4), () -> 0).seek(7));
    }
}
