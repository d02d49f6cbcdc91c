package org.nestor.explain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.nestor.rule.RuleId;

/** Writes an explanation as one line of JSON. */
public final class JsonReport {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonReport() {}

    public static String line(Explanation explanation) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("title", explanation.title());
            json.writeArrayFieldStart("fields");
            for (Row row : explanation.rows()) {
                field(json, row);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("notes");
            for (String note : explanation.notes()) {
                json.writeString(note);
            }
            json.writeEndArray();
            rules(json, "broken", explanation.broken());
            json.writeStringField("verdict", explanation.verdict());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }

    private static void field(JsonGenerator json, Row row) throws IOException {
        json.writeStartObject();
        json.writeStringField("bits", row.bits());
        json.writeStringField("name", row.name());
        json.writeStringField("value", "0x" + Long.toHexString(row.value()));
        json.writeStringField("meaning", row.meaning());
        json.writeStringField("mark", row.mark().label());
        rules(json, "rules", row.rules());
        json.writeEndObject();
    }

    private static void rules(JsonGenerator json, String name, List<RuleId> rules) throws IOException {
        json.writeArrayFieldStart(name);
        for (RuleId rule : rules) {
            json.writeString(rule.toString());
        }
        json.writeEndArray();
    }
}
