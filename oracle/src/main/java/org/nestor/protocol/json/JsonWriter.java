package org.nestor.protocol.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** Writes a tree as compact JSON on one line, members in the order of the tree. */
public final class JsonWriter {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonWriter() {}

    /** The JSON text of a value, without line end. */
    public static String write(Json json) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            value(json, generator);
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be written", e);
        }
        return text.toString();
    }

    private static void value(Json json, JsonGenerator out) throws IOException {
        if (json instanceof Json.Obj object) {
            out.writeStartObject();
            for (Map.Entry<String, Json> member : object.members().entrySet()) {
                out.writeFieldName(member.getKey());
                value(member.getValue(), out);
            }
            out.writeEndObject();
        } else if (json instanceof Json.Arr array) {
            out.writeStartArray();
            for (Json element : array.elements()) {
                value(element, out);
            }
            out.writeEndArray();
        } else if (json instanceof Json.Text text) {
            out.writeString(text.value());
        } else if (json instanceof Json.Num number) {
            out.writeNumber(number.literal());
        } else if (json instanceof Json.Bool bool) {
            out.writeBoolean(bool.value());
        } else {
            out.writeNull();
        }
    }
}
