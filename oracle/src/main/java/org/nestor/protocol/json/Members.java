package org.nestor.protocol.json;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The members of one object, taken one after the other. Whatever has not been taken when {@link #finish} is called is an
 * unknown member.
 */
public final class Members {
    private final Json.Obj object;
    private final Located place;
    private final Set<String> left;

    Members(Json.Obj object, Located place) {
        this.object = object;
        this.place = place;
        this.left = new LinkedHashSet<>(object.members().keySet());
    }

    /** The names not yet taken, in order. */
    public Set<String> names() {
        return new LinkedHashSet<>(left);
    }

    /** True when the object has this member, taken or not. */
    public boolean has(String name) {
        return object.members().containsKey(name);
    }

    /** Takes a member that must be there. */
    public Located required(String name) {
        return optional(name).orElseThrow(() -> place.complaint("expected a member \"" + name + "\""));
    }

    /** Takes a member that may be there. */
    public Optional<Located> optional(String name) {
        left.remove(name);
        return object.get(name).map(value -> new Located(value, place.columns(), path(name)));
    }

    /** Takes all members that are left, as they are. */
    public Json.Obj rest() {
        Map<String, Json> rest = new LinkedHashMap<>(object.members());
        rest.keySet().retainAll(left);
        left.clear();
        return new Json.Obj(rest);
    }

    /** A complaint about a member's presence, at its name. */
    public JsonException complaint(String name, String message) {
        return new JsonException(place.columns().ofName(object, name), path(name) + ": " + message);
    }

    /** Complains about the first member that nobody took. */
    public void finish() {
        left.stream().findFirst().ifPresent(name -> {
            String whole = place.path().isEmpty() ? "" : place.path() + ": ";
            throw new JsonException(
                    place.columns().ofName(object, name), whole + "unknown member " + Located.quote(name));
        });
    }

    private String path(String name) {
        return place.path().isEmpty() ? name : place.path() + "." + name;
    }
}
