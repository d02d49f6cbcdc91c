package org.nestor.reports;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * How often a run decided by each rule.
 *
 * @param rows every rule of the catalogue, in its order
 */
public record RuleCoverage(List<Row> rows) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String LINE = "%-10s  %-8s  %9s\n";

    /**
     * One rule.
     *
     * @param rule its id
     * @param section the section that states it
     * @param hits how often it decided
     * @param modelled whether the reference models it at all
     */
    public record Row(String rule, String section, long hits, boolean modelled) {}

    public RuleCoverage {
        rows = List.copyOf(rows);
    }

    /** The rules that decided at least once. */
    public List<Row> decided() {
        return rows.stream().filter(row -> row.hits() > 0).toList();
    }

    /** A table of the rules that decided, and how many did not. */
    public String toText() {
        StringBuilder text = new StringBuilder(LINE.formatted("RULE", "SECTION", "HITS"));
        decided().forEach(row -> text.append(LINE.formatted(row.rule(), row.section(), row.hits())));
        long notModelled = rows.stream().filter(row -> !row.modelled()).count();
        return text.append("%d of %d rules decided; %d are not modelled\n"
                        .formatted(decided().size(), rows.size(), notModelled))
                .toString();
    }

    /** One object on one line: {@code hits} has every modelled rule, {@code notModelled} lists the others. */
    public String toJson() {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeObjectFieldStart("hits");
            for (Row row : rows) {
                if (row.modelled()) {
                    json.writeNumberField(row.rule(), row.hits());
                }
            }
            json.writeEndObject();
            json.writeArrayFieldStart("notModelled");
            for (Row row : rows) {
                if (!row.modelled()) {
                    json.writeString(row.rule());
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }
}
