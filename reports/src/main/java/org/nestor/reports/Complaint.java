package org.nestor.reports;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is wrong with a file of results, in the words of someone who wrote the file and not the parser.
 *
 * @param cause what the parser says
 * @param file the file that was read
 */
record Complaint(JsonProcessingException cause, Path file) {
    private static final Pattern MISSING = Pattern.compile("Missing required creator property '([^']*)'");
    private static final Pattern HINT =
            Pattern.compile("(: enable `| \\((start marker|for (Object|Array) starting)).*$", Pattern.DOTALL);

    /** Line, column, path and sentence, on one line. */
    String text() {
        JsonLocation at = location();
        String path = path();
        return (at.getLineNr() + ":" + at.getColumnNr() + ": " + (path.isEmpty() ? "" : path + ": ") + sentence())
                .replaceAll("\\p{Cc}+", " ");
    }

    /** The parser's own place, but for what it only finds at the end of an object. */
    private JsonLocation location() {
        JsonLocation parsers = Objects.requireNonNullElse(cause.getLocation(), new JsonLocation(null, 0, 1, 1));
        if (cause instanceof UnrecognizedPropertyException || cause instanceof ValueInstantiationException) {
            String pointer = ((JsonMappingException) cause)
                    .getPath().stream()
                            .map(part -> "/" + (part.getFieldName() == null ? part.getIndex() : escaped(part)))
                            .collect(Collectors.joining());
            return found(JsonPointer.compile(pointer)).orElse(parsers);
        }
        return parsers;
    }

    private Optional<JsonLocation> found(JsonPointer target) {
        try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
            while (json.nextToken() != null) {
                if (json.getParsingContext().pathAsPointer().equals(target)) {
                    return Optional.of(json.currentTokenLocation());
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String escaped(JsonMappingException.Reference part) {
        return part.getFieldName().replace("~", "~0").replace("/", "~1");
    }

    private String path() {
        if (!(cause instanceof JsonMappingException mapping)) {
            return "";
        }
        boolean lastIsNamed =
                cause instanceof UnrecognizedPropertyException || missing().isPresent();
        return mapping.getPath().stream()
                .limit(mapping.getPath().size() - (lastIsNamed ? 1 : 0))
                .map(part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : "." + part.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private String sentence() {
        String original = original();
        if (cause instanceof UnrecognizedPropertyException unknown) {
            return "unknown member \"" + unknown.getPropertyName() + '"';
        } else if (cause instanceof ValueInstantiationException refused && refused.getCause() != null) {
            return Objects.requireNonNullElse(refused.getCause().getMessage(), original);
        } else if (cause instanceof InvalidNullException) {
            return "expected a value, found null";
        } else if (missing().isPresent()) {
            return "expected a member \"" + missing().get() + '"';
        } else if (cause instanceof MismatchedInputException mismatch) {
            return mismatch.getTargetType() == null ? original : "expected " + expected(mismatch.getTargetType());
        }
        return HINT.matcher(original).replaceFirst("");
    }

    private Optional<String> missing() {
        return Optional.of(MISSING.matcher(original())).filter(Matcher::find).map(found -> found.group(1));
    }

    private String original() {
        return Objects.requireNonNullElse(cause.getOriginalMessage(), "cannot be read");
    }

    private static String expected(Class<?> type) {
        if (type == String.class) {
            return "a string";
        } else if (type == boolean.class) {
            return "true or false";
        } else if (type == double.class) {
            return "a number";
        } else if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "an integer";
        } else if (type == Instant.class) {
            return "a time such as \"2026-01-31T12:00:00Z\"";
        } else if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> '"' + constant.toString().toLowerCase(Locale.ROOT) + '"')
                    .collect(Collectors.joining(", ", "one of ", ""));
        } else if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return type.isRecord() || Map.class.isAssignableFrom(type) ? "an object" : "another value";
    }
}
