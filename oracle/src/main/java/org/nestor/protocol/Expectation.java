package org.nestor.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.nestor.protocol.json.Integers;
import org.nestor.protocol.json.Json;
import org.nestor.protocol.json.JsonWriter;

/**
 * What a scenario expects of a reply. Each member must equal the reply's; members of the reply that are not named do
 * not count, in objects within it neither. Integers are equal by value, however they are written. Where a value is
 * expected, {@code {"anyOf":[...]}} allows each value of the list; beside other members, {@code anyOf} lists objects
 * of which one must hold as well.
 *
 * @param json the object of the line
 */
public record Expectation(Json.Obj json) {
    static final String ANY_OF = "anyOf";

    /** The first thing that a reply has otherwise, in words; empty when the reply is as expected. */
    public Optional<String> mismatch(Reply reply) {
        return members(json, ReplyEncoder.encode(reply), "");
    }

    private static Optional<String> members(Json.Obj expected, Json actual, String path) {
        Json.Obj found = actual instanceof Json.Obj object ? object : new Json.Obj(Map.of());
        for (Map.Entry<String, Json> member : expected.members().entrySet()) {
            if (member.getKey().equals(ANY_OF) && member.getValue() instanceof Json.Arr) {
                continue;
            }
            String name = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
            Optional<String> mismatch = found.get(member.getKey())
                    .map(value -> value(member.getValue(), value, name))
                    .orElseGet(() -> Optional.of(sentence(name, member.getValue(), "nothing")));
            if (mismatch.isPresent()) {
                return mismatch;
            }
        }
        return expected.get(ANY_OF)
                .filter(Json.Arr.class::isInstance)
                .flatMap(list -> anyOf((Json.Arr) list, actual, path));
    }

    private static Optional<String> anyOf(Json.Arr alternatives, Json actual, String path) {
        boolean one = alternatives.elements().stream()
                .anyMatch(alternative -> value(alternative, actual, path).isEmpty());
        String name = path.isEmpty() ? "reply" : path;
        return one ? Optional.empty() : Optional.of(sentence(name, alternatives, JsonWriter.write(actual), "one of "));
    }

    private static Optional<String> value(Json expected, Json actual, String path) {
        boolean same;
        if (expected instanceof Json.Obj object && (actual instanceof Json.Obj || isAnyOf(object))) {
            return members(object, actual, path);
        } else if (expected instanceof Json.Arr list && actual instanceof Json.Arr other) {
            same = list.elements().size() == other.elements().size();
            if (same) {
                return elements(list.elements(), other.elements(), path);
            }
        } else {
            same = expected.equals(actual) || sameInteger(expected, actual);
        }
        return same ? Optional.empty() : Optional.of(sentence(path, expected, JsonWriter.write(actual)));
    }

    private static boolean isAnyOf(Json.Obj expected) {
        return expected.members().keySet().equals(Set.of(ANY_OF));
    }

    private static boolean sameInteger(Json expected, Json actual) {
        Optional<Long> integer = Integers.unsigned(expected);
        return integer.isPresent() && integer.equals(Integers.unsigned(actual));
    }

    private static Optional<String> elements(List<Json> expected, List<Json> actual, String path) {
        return IntStream.range(0, expected.size())
                .mapToObj(i -> value(expected.get(i), actual.get(i), path + "[" + i + "]"))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static String sentence(String name, Json expected, String got) {
        return sentence(name, expected, got, "");
    }

    private static String sentence(String name, Json expected, String got, String quantifier) {
        return name + ": expected " + quantifier + JsonWriter.write(expected) + ", got " + got;
    }
}
