package org.nestor.protocol.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads one line that must be exactly one JSON object. Stricter than JSON: no duplicate members, nesting at most
 * {@value #MAX_DEPTH} deep, no lone surrogates.
 */
public final class JsonReader {
    /** The deepest nesting accepted; the line's own object is level 1. */
    public static final int MAX_DEPTH = 32;

    private static final Pattern HINT =
            Pattern.compile("(: enable `| \\((start marker|for (Object|Array) starting)).*$", Pattern.DOTALL);
    private static final int UNLIMITED = Integer.MAX_VALUE;

    // Names are not kept between lines: hostile input must not fill or degrade a table shared by the whole process.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH + 1)
                    .maxNumberLength(UNLIMITED)
                    .maxStringLength(UNLIMITED)
                    .maxNameLength(UNLIMITED)
                    .build())
            .build();

    private final JsonParser parser;
    private final Columns columns = new Columns();

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Reads a line.
     *
     * @throws JsonException when the line is anything but one object
     */
    public static Located read(String line) {
        try (JsonParser parser = FACTORY.createParser(line)) {
            return new JsonReader(parser).line(line);
        } catch (JsonProcessingException e) {
            throw new JsonException((int) e.getLocation().getCharOffset() + 1, plain(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be read", e);
        }
    }

    private Located line(String line) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new JsonException(column(), "expected a JSON object, found " + found());
        }
        Json root = value(1);
        int at = (int) parser.currentLocation().getCharOffset();
        while (at < line.length() && " \t\r".indexOf(line.charAt(at)) >= 0) {
            at++;
        }
        if (at < line.length()) {
            throw new JsonException(at + 1, "expected the end of the line after the object");
        }
        return new Located(root, columns, "");
    }

    private Json value(int depth) throws IOException {
        int at = column();
        Json value = switch (parser.currentToken()) {
            case START_OBJECT -> object(checked(depth));
            case START_ARRAY -> list(checked(depth));
            case VALUE_STRING -> new Json.Text(unicode(parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(parser.getText());
            case VALUE_TRUE -> new Json.Bool(true);
            case VALUE_FALSE -> new Json.Bool(false);
            default -> new Json.Null();
        };
        columns.value(value, at);
        return value;
    }

    private Json.Obj object(int depth) throws IOException {
        Map<String, Json> members = new LinkedHashMap<>();
        Map<String, Integer> names = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = unicode(parser.currentName());
            if (names.put(name, column()) != null) {
                throw new JsonException(column(), "duplicate member " + Located.quote(name));
            }
            parser.nextToken();
            members.put(name, value(depth + 1));
        }
        Json.Obj object = new Json.Obj(members);
        columns.names(object, names);
        return object;
    }

    private Json.Arr list(int depth) throws IOException {
        List<Json> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(depth + 1));
        }
        return new Json.Arr(elements);
    }

    private int checked(int depth) {
        if (depth > MAX_DEPTH) {
            throw new JsonException(column(), "expected at most " + MAX_DEPTH + " levels of nesting");
        }
        return depth;
    }

    private String unicode(String text) {
        if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw new JsonException(column(), "expected Unicode text, found half of a surrogate pair");
        }
        return text;
    }

    private int column() {
        return Math.max(0, (int) parser.currentTokenLocation().getCharOffset()) + 1;
    }

    private String found() throws IOException {
        if (parser.currentToken() == null) {
            return "nothing";
        }
        return parser.currentToken() == JsonToken.START_ARRAY ? "a list" : Located.describe(value(1));
    }

    /** The parser's sentence on one line, without its hints at its own configuration. */
    private static String plain(String message) {
        return HINT.matcher(message).replaceFirst("").replaceAll("\\p{Cc}+", " ");
    }
}
