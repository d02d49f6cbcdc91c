package org.nestor.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HuntFileTests {

    @TempDir
    private Path folder;

    @Test
    void resultIsReadAsItWasWritten() throws Exception {
        Path file = folder.resolve("hunt.json");
        for (HuntResult result : List.of(
                Hunts.of(Hunts.bug("D-01", Hunts.find(8, 4), Hunts.miss())),
                Hunts.saying("\"<\u0000\n\\é\uD83D\uDE00"))) {
            HuntFile.write(result, file);
            assertEquals(result, HuntFile.read(file));
        }
    }

    @Test
    void seedsAndCountsAreMembers() throws Exception {
        Path file = folder.resolve("hunt.json");
        HuntFile.write(Hunts.of(Hunts.bug("D-01", Hunts.find(8, 4))), file);
        String json = Files.readString(file);
        for (String member : List.of(
                "\"id\" : \"D-01\"",
                "\"seed\" : \"0xffffffffffffffff\"",
                "\"scenarios\" : 8",
                "\"requests\" : 4",
                "\"rules\" : [ \"C-CMP-02\" ]",
                "\"blamed\" : true",
                "\"falseAlarms\" : 1",
                "\"secondsEach\" : 60.0")) {
            assertTrue(json.contains(member), member + " is not in " + json);
        }
    }
}
