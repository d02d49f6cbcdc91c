package org.nestor.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes a rule as one line of JSON. */
final class RulesJson {

    private static final JsonFactory JSON = new JsonFactory();

    private RulesJson() {}

    static String line(RuleStatus rule) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("rule", rule.id());
            json.writeStringField("section", rule.entry().section());
            json.writeStringField("certainty", rule.entry().certainty().code());
            json.writeStringField("text", rule.entry().text());
            writeList(json, "decided", rule.decided());
            writeList(json, "tested", rule.tested());
            if (rule.notModelled().isPresent()) {
                json.writeStringField("notModelled", rule.notModelled().get());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }

    private static void writeList(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
