package org.nestor.protocol.json;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value of a parsed line together with where it stands, so that whoever expected something else can say so.
 *
 * @param json the value
 * @param columns the columns of the line it is part of
 * @param path the member names that lead to it, such as {@code reply.memory[0].base}; empty for the line itself
 */
public record Located(Json json, Columns columns, String path) {
    private static final int SHOWN = 40;

    /** An object whose place in a line is not known. */
    public static Located of(Json.Obj object) {
        return new Located(object, new Columns(), "");
    }

    /** The 1-based column where this value begins. */
    public int column() {
        return columns.of(json);
    }

    /** The complaint that this value is not what was expected. */
    public JsonException refuse(String expected) {
        return complaint("expected " + expected + ", found " + describe(json));
    }

    /** A complaint about this value in free words. */
    public JsonException complaint(String message) {
        return new JsonException(column(), (path.isEmpty() ? "" : path + ": ") + message);
    }

    /** This value as an object whose members are still to be asked for. */
    public Members object() {
        if (json instanceof Json.Obj object) {
            return new Members(object, this);
        }
        throw refuse("an object");
    }

    /** The elements of this list. */
    public List<Located> list() {
        if (!(json instanceof Json.Arr array)) {
            throw refuse("a list");
        }
        List<Located> located = new ArrayList<>();
        for (Json element : array.elements()) {
            located.add(new Located(element, columns, path + "[" + located.size() + "]"));
        }
        return List.copyOf(located);
    }

    /** The members of this object, whatever their names, in order. */
    public Map<String, Located> entries() {
        Members members = object();
        Map<String, Located> entries = new LinkedHashMap<>();
        members.names().forEach(name -> entries.put(name, members.required(name)));
        return entries;
    }

    /** This string. */
    public String text() {
        if (json instanceof Json.Text text) {
            return text.value();
        }
        throw refuse("a string");
    }

    /** This truth value. */
    public boolean flag() {
        if (json instanceof Json.Bool bool) {
            return bool.value();
        }
        throw refuse("true or false");
    }

    /** This unsigned integer, a number or a hexadecimal string, of at most {@code bits} bits (1 to 64). */
    public long unsigned(int bits) {
        return Integers.unsigned(json)
                .filter(value -> bits == Long.SIZE || value >>> bits == 0)
                .orElseThrow(() -> refuse("an unsigned " + bits + "-bit integer (a number or \"0x...\")"));
    }

    /** This count from {@code min} to {@code max}. */
    public int count(int min, int max) {
        return Integers.unsigned(json)
                .filter(value -> value >= min && value <= max)
                .orElseThrow(() -> refuse("an integer from " + min + " to " + max))
                .intValue();
    }

    /** These bytes, from lower-case hexadecimal digits without prefix. */
    public byte[] bytes() {
        String digits = text();
        if (digits.length() % 2 != 0) {
            throw refuse("an even number of hexadecimal digits");
        }
        if (!digits.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
            throw refuse("lower-case hexadecimal digits without prefix");
        }
        return HexFormat.of().parseHex(digits);
    }

    /** A value as a reader of an error message wants to see it: short, on one line. */
    public static String describe(Json json) {
        if (json instanceof Json.Text text) {
            return quote(text.value());
        } else if (json instanceof Json.Num number) {
            return shorten(number.literal());
        } else if (json instanceof Json.Bool bool) {
            return Boolean.toString(bool.value());
        } else if (json instanceof Json.Obj) {
            return "an object";
        } else if (json instanceof Json.Arr) {
            return "a list";
        }
        return "null";
    }

    /** A string in quotes, shortened, with nothing in it that would break the line or the terminal. */
    public static String quote(String text) {
        return '"' + shorten(text).replaceAll("\\p{Cc}", "?") + '"';
    }

    private static String shorten(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
