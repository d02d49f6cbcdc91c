package org.nestor.properties.nested;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.nestor.generators.nested.NestedOp;
import org.nestor.quirk.Quirk;

/**
 * Random guests find each departure of the published series, on a reference that has that one alone. A run with
 * {@code -Dnestor.update=true} writes docs/quirks.md anew.
 */
class QuirkTableTests {
    private static final int RUNS = 300;
    private static final long SEED = 7;

    /** Those that no guest can see, and why. Examples pin them. */
    private static final Map<Quirk, String> UNSEEN = unseen();

    private static Map<Quirk, String> unseen() {
        Map<Quirk, String> map = new LinkedHashMap<>();
        map.put(
                Quirk.B_47,
                "Only unmanaged domains get a cookie (R-MSI-01), and the SMMUv3 driver knows the attribute of all of those (R-ALLOC-07).");
        map.put(Quirk.Q_22, "With both stages on, the StreamWorld is NS-EL1 whatever STRW says (R-STE-11).");
        return map;
    }

    @Test
    void everyQuirkThatCanBeSeenIsFoundInAFewSteps() throws IOException {
        QuirkHunt hunt = new QuirkHunt(RUNS, SEED);
        Map<Quirk, QuirkHunt.Find> finds = new LinkedHashMap<>();
        for (Quirk quirk : Quirk.values()) {
            if (!UNSEEN.containsKey(quirk)) {
                Optional<QuirkHunt.Find> find = hunt.of(quirk);
                assertTrue(find.isPresent(), () -> quirk + " is not found in " + RUNS + " runs");
                assertTrue(find.get().steps().size() <= QuirkHunt.MOST_STEPS, () -> quirk + ": " + find.get());
                finds.put(quirk, find.get());
            }
        }
        List<String> table = table(finds);
        Path document = document();
        if (Boolean.getBoolean("nestor.update")) {
            Files.write(document, table);
        }
        assertEquals(String.join("\n", table), String.join("\n", Files.readAllLines(document)));
    }

    private static Path document() {
        Path folder = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("reference-impl"))) {
            folder = folder.getParent();
        }
        return folder.resolve("docs/quirks.md");
    }

    private static List<String> table(Map<Quirk, QuirkHunt.Find> finds) {
        List<String> lines = new ArrayList<>(List.of(
                "# What the published series gets wrong",
                "",
                "The series *SMMUv3 Nested Stage Setup* as published (IOMMU part v15, VFIO part v13) departs from what it should do in the ways",
                "below. The reference does the right thing; each departure is a quirk, a subclass of one part, that `host.start` switches on by its",
                "name. Random guests that know nothing of a quirk find it, and the sequence they find is made as short as it gets. This page is",
                "written by `QuirkTableTests` with `-Dnestor.update=true`; nothing in it is typed.",
                "",
                "Three guests run on the host: guest 0 has a device with ATS (device 0) and a plain one (1), guest 1 one with ATS (2) and a plain one",
                "behind another SMMU (4), guest 2 one that stalls (3). Their RAM is mapped, their devices are open, and the SMMUs forget nothing by",
                "themselves. The SMMUs are alike, or one has what the other lacks, which is told before what was seen. The operands of a step are",
                "taken modulo what there is; `NestedOp.Kind` says what each means.",
                "",
                "| quirk | what is wrong | property | hurts | found in run | smallest sequence | seen |",
                "|---|---|---|---|---|---|---|"));
        finds.forEach((quirk, find) -> lines.add("| " + quirk.label() + " | " + quirk.title() + " | "
                + find.violation().property() + " | "
                + find.violation().property().whom() + " | " + find.run() + " | "
                + find.steps().stream().map(NestedOp::toString).collect(Collectors.joining("<br>")) + " | "
                + find.setup().describe() + ": " + find.violation().message().replace("|", "\\|") + " |"));
        lines.addAll(List.of(
                "",
                "Some departures no guest can see through the API of the reference; examples pin those.",
                "",
                "| quirk | what is wrong | why it is not seen |",
                "|---|---|---|"));
        UNSEEN.forEach((quirk, why) -> lines.add("| " + quirk.label() + " | " + quirk.title() + " | " + why + " |"));
        return lines;
    }
}
