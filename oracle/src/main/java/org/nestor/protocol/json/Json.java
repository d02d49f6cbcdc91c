package org.nestor.protocol.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON value. Equality is that of JSON: the order of an object's members does not count, that of a list does. */
public sealed interface Json {

    /**
     * An object.
     *
     * @param members the members, in the order they were written
     */
    record Obj(Map<String, Json> members) implements Json {
        public Obj {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /** The value of a member, or empty when there is none of that name. */
        public Optional<Json> get(String name) {
            return Optional.ofNullable(members.get(name));
        }
    }

    /**
     * A list.
     *
     * @param elements the elements in order
     */
    record Arr(List<Json> elements) implements Json {
        public Arr {
            elements = List.copyOf(elements);
        }
    }

    /**
     * A string.
     *
     * @param value its characters, unescaped; no lone surrogates
     */
    record Text(String value) implements Json {}

    /**
     * A number, kept as written so that nothing is rounded.
     *
     * @param literal a JSON number literal
     */
    record Num(String literal) implements Json {
        /** A non-negative count. */
        public static Num of(long value) {
            return new Num(Long.toUnsignedString(value));
        }
    }

    /**
     * A truth value.
     *
     * @param value true or false
     */
    record Bool(boolean value) implements Json {}

    /** The literal {@code null}. */
    record Null() implements Json {}
}
