package org.nestor.protocol.json;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Puts an object together member by member, in the order of the calls. */
public final class ObjectBuilder {
    private final Map<String, Json> members = new LinkedHashMap<>();

    /** Adds a member. */
    public ObjectBuilder put(String name, Json value) {
        members.put(name, value);
        return this;
    }

    /** Adds all members of another object. */
    public ObjectBuilder putAll(Json.Obj object) {
        members.putAll(object.members());
        return this;
    }

    /** Adds a 64-bit quantity or an identifier, as a hexadecimal string. */
    public ObjectBuilder hex(String name, long value) {
        return put(name, hex(value));
    }

    /** Adds a small count, as a number. */
    public ObjectBuilder count(String name, long value) {
        return put(name, Json.Num.of(value));
    }

    /** Adds a string. */
    public ObjectBuilder text(String name, String value) {
        return put(name, new Json.Text(value));
    }

    /** Adds a truth value. */
    public ObjectBuilder flag(String name, boolean value) {
        return put(name, new Json.Bool(value));
    }

    /** Adds a truth value only when it is true. */
    public ObjectBuilder flagIfSet(String name, boolean value) {
        return value ? flag(name, true) : this;
    }

    /** Adds a list, each element written by {@code element}. */
    public <T> ObjectBuilder list(String name, Collection<T> values, Function<T, Json> element) {
        List<Json> elements = values.stream().map(element).toList();
        return put(name, new Json.Arr(elements));
    }

    /** Adds what is there, by one of the methods above, or nothing. */
    public <T> ObjectBuilder optional(Optional<T> value, BiConsumer<ObjectBuilder, T> add) {
        value.ifPresent(present -> add.accept(this, present));
        return this;
    }

    /** The object. */
    public Json.Obj build() {
        return new Json.Obj(members);
    }

    /** A 64-bit quantity as a hexadecimal string. */
    public static Json hex(long value) {
        return new Json.Text("0x" + Long.toHexString(value));
    }
}
