package org.nestor.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/results.md} against the records. */
class ResultsDocumentTests {
    private static final Path DOCUMENT = Path.of("..", "docs", "results.md");

    @Test
    void exampleIsAResult(@TempDir Path folder) throws Exception {
        String text = Files.readString(DOCUMENT);
        int begin = text.indexOf("```json\n") + "```json\n".length();
        Path file =
                Files.writeString(folder.resolve("results.json"), text.substring(begin, text.indexOf("```", begin)));
        CampaignResult result = ResultsFile.read(file);
        assertEquals(42, result.seed());
        assertEquals(
                OptionalInt.of(18), result.divergences().get(0).steps().get(2).line());
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                CampaignResult.class,
                Sut.class,
                Verdicts.class,
                Divergence.class,
                Step.class,
                RuleDetail.class,
                SelfTest.class,
                Setup.class,
                Declaration.class,
                Undecided.class
            })
    void everyMemberIsDescribed(Class<?> type) throws IOException {
        String text = Files.readString(DOCUMENT);
        for (RecordComponent component : type.getRecordComponents()) {
            assertTrue(text.contains("`" + component.getName() + "`"), component.toString());
        }
    }
}
