package org.nestor.smmu.format;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The declarative table of one structure: every field with its doubleword, bits and clause. Bits that no field names are RES0.
 */
public final class Layout {
    private final String name;
    private final int doublewords;
    private final Map<String, Field> fields;

    private Layout(String name, int doublewords, Map<String, Field> fields) {
        this.name = name;
        this.doublewords = doublewords;
        this.fields = fields;
    }

    /**
     * Reads a table with one field a line: doubleword, high bit, low bit, name, clause. Blank lines and lines that begin with
     * {@code #} are skipped; the clause is the rest of the line.
     *
     * @throws IllegalArgumentException if a line is malformed, a name is used twice or two fields overlap
     */
    public static Layout table(String name, int doublewords, String table) {
        Map<String, Field> fields = new LinkedHashMap<>();
        long[] taken = new long[doublewords];
        for (String line : table.lines().map(String::strip).toList()) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Field field = parse(line);
            if (field.doubleword() >= doublewords
                    || (taken[field.doubleword()] & field.mask()) != 0
                    || fields.put(field.name(), field) != null) {
                throw new IllegalArgumentException(name + ": field out of place: " + line);
            }
            taken[field.doubleword()] |= field.mask();
        }
        return new Layout(name, doublewords, fields);
    }

    private static Field parse(String line) {
        String[] cells = line.split("\\s+", 5);
        if (cells.length != 5) {
            throw new IllegalArgumentException("expected doubleword, high, low, name, clause: " + line);
        }
        return new Field(
                cells[3], Integer.parseInt(cells[0]), Integer.parseInt(cells[1]), Integer.parseInt(cells[2]), cells[4]);
    }

    public String name() {
        return name;
    }

    public int doublewords() {
        return doublewords;
    }

    /** All fields in the order of the table. */
    public List<Field> fields() {
        return List.copyOf(fields.values());
    }

    public Optional<Field> find(String fieldName) {
        return Optional.ofNullable(fields.get(fieldName));
    }

    /**
     * The field of that name.
     *
     * @throws IllegalArgumentException if the table has none
     */
    public Field field(String fieldName) {
        return find(fieldName).orElseThrow(() -> new IllegalArgumentException(name + " has no field " + fieldName));
    }

    /** The bits of a doubleword that no field names. */
    public long reserved(int doubleword) {
        return fields.values().stream()
                .filter(field -> field.doubleword() == doubleword)
                .mapToLong(field -> ~field.mask())
                .reduce(-1L, (a, b) -> a & b);
    }
}
