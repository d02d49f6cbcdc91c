package org.nestor.protocol.json;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/** Where each value and each member name of one parsed line stands. Filled by the parser, read by those who complain. */
public final class Columns {
    private final IdentityHashMap<Json, Integer> values = new IdentityHashMap<>();
    private final IdentityHashMap<Json, Map<String, Integer>> names = new IdentityHashMap<>();

    Columns() {}

    void value(Json value, int column) {
        values.put(value, column);
    }

    void names(Json.Obj object, Map<String, Integer> columns) {
        names.put(object, new HashMap<>(columns));
    }

    /** The 1-based column where this very value begins; 1 when it is not of this line. */
    public int of(Json value) {
        return values.getOrDefault(value, 1);
    }

    /** The 1-based column where the name of a member begins; the object's own column when it has no such member. */
    public int ofName(Json.Obj object, String name) {
        return names.getOrDefault(object, Map.of()).getOrDefault(name, of(object));
    }
}
