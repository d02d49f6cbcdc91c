package org.nestor.explain;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/** The meanings of the fields of one structure, by name. Immutable. */
final class Meanings {

    private final Map<String, Meaning> byName;

    private Meanings(Map<String, Meaning> byName) {
        this.byName = Map.copyOf(byName);
    }

    /**
     * Reads a table with one field a line: names separated by commas, a colon, and the words for the values 0, 1, ...
     * separated by semicolons; or {@code @address} and what is at the address; or {@code @} and the name of a shared
     * {@link Encoding}.
     */
    static Meanings table(String table) {
        Map<String, Meaning> byName = new HashMap<>();
        table.lines().filter(line -> !line.isBlank()).forEach(line -> {
            int colon = line.indexOf(':');
            Meaning meaning = parse(line.substring(colon + 1).strip());
            for (String name : line.substring(0, colon).split(",", -1)) {
                byName.put(name.strip(), meaning);
            }
        });
        return new Meanings(byName);
    }

    private static Meaning parse(String words) {
        if (words.startsWith("@address")) {
            return Meaning.address(words.substring("@address".length()).strip());
        }
        if (words.startsWith("@")) {
            return Meaning.words(Encoding.valueOf(words.substring(1))::words);
        }
        List<String> choices =
                Arrays.stream(words.split(";", -1)).map(String::strip).toList();
        return Meaning.choice(choices);
    }

    /** The same meanings with one replaced. */
    Meanings with(String name, LongFunction<String> words) {
        return with(name, Meaning.words(words));
    }

    /** The same meanings with one replaced. */
    Meanings with(String name, Meaning meaning) {
        Map<String, Meaning> copy = new HashMap<>(byName);
        copy.put(name, meaning);
        return new Meanings(copy);
    }

    /** The meaning of that field, without words if the table has none. */
    Meaning of(String name) {
        return byName.getOrDefault(name, Meaning.NONE);
    }
}
