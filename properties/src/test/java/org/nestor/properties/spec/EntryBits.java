package org.nestor.properties.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.nestor.smmu.format.Line;

/** The bits of smmu/steupdate as fields of an STE or CD: each has a pattern, which is there or is not. */
enum EntryBits {
    STE(
            "SteEntry",
            Map.ofEntries(
                    Map.entry("V", new Field(0, 0, 0, 1)),
                    Map.entry("Stage1On", new Field(0, 1, 1, 1)),
                    Map.entry("Stage2On", new Field(0, 2, 2, 1)),
                    Map.entry("Translate", new Field(0, 3, 3, 1)),
                    Map.entry("ContextPtr", new Field(0, 51, 6, 0x2A5)),
                    Map.entry("S1dss", new Field(1, 1, 0, 1)),
                    Map.entry("Mev", new Field(1, 19, 19, 1)),
                    Map.entry("EatsLow", new Field(1, 28, 28, 1)),
                    Map.entry("EatsHigh", new Field(1, 29, 29, 1)),
                    Map.entry("Shcfg", new Field(1, 45, 44, 2)),
                    Map.entry("Vmid", new Field(2, 15, 0, 0x107)),
                    Map.entry("Vtcr", new Field(2, 50, 32, 0x52A9)),
                    Map.entry("S2s", new Field(2, 57, 57, 1)),
                    Map.entry("S2ttb", new Field(3, 51, 4, 0x3_0040)))),
    CD(
            "CdEntry",
            Map.of(
                    "CdV", new Field(0, 31, 31, 1),
                    "Epd0", new Field(0, 14, 14, 1),
                    "T0sz", new Field(0, 5, 0, 25),
                    "Asid", new Field(0, 63, 48, 0x15),
                    "Ttb0", new Field(1, 51, 4, 0x4_0100),
                    "Mair", new Field(3, 63, 0, 0xFF44)));

    private final String kind;
    private final Map<String, Field> fields;

    /**
     * Where a bit stands for a field.
     *
     * @param pattern what the field holds when the bit is set; else it is 0
     */
    private record Field(int word, int high, int low, long pattern) {
        long mask() {
            return -1L >>> Long.SIZE - 1 - (high - low) << low;
        }

        long value() {
            return pattern << low;
        }
    }

    EntryBits(String kind, Map<String, Field> fields) {
        this.kind = kind;
        this.fields = fields;
    }

    /** The atom of the kind of entry. */
    String kind() {
        return kind;
    }

    List<String> names() {
        return fields.keySet().stream().sorted().toList();
    }

    /** Which word each bit of either kind is in, as rows of the relation. */
    static List<List<String>> words() {
        List<List<String>> rows = new ArrayList<>();
        for (EntryBits kind : values()) {
            kind.fields.forEach((name, field) -> rows.add(List.of(name, "Q" + field.word())));
        }
        return rows;
    }

    /** The entry in which these bits are set. */
    Line line(Set<String> bits) {
        return Line.of(word -> fields.entrySet().stream()
                .filter(field -> field.getValue().word() == word && bits.contains(field.getKey()))
                .mapToLong(field -> field.getValue().value())
                .reduce(0, (left, right) -> left | right));
    }

    /** The bits that are set in an entry, all of which is made of their patterns. */
    Set<String> bits(Line line) {
        Set<String> bits = new TreeSet<>();
        fields.forEach((name, field) -> {
            if ((line.doubleword(field.word()) & field.mask()) == field.value()) {
                bits.add(name);
            }
        });
        if (!line(bits).equals(line)) {
            throw new IllegalArgumentException("not made of patterns: " + line);
        }
        return bits;
    }

    /** The bits of whose fields a mask has everything. */
    Set<String> covered(Line mask) {
        Set<String> bits = new TreeSet<>();
        fields.forEach((name, field) -> {
            if ((mask.doubleword(field.word()) & field.mask()) == field.mask()) {
                bits.add(name);
            }
        });
        return bits;
    }

    /**
     * An STE of a driver, with the values that the old one of a rewrite has as patterns. Bits by which an STE says what it uses are
     * what they are.
     */
    static Set<String> bits(Line ste, Line old) {
        Map<String, Field> fields = new LinkedHashMap<>(STE.fields);
        Set<String> bits = new TreeSet<>();
        fields.forEach((name, field) -> {
            long value = ste.doubleword(field.word()) & field.mask();
            boolean plain = field.pattern() == 1;
            if (plain ? value == field.value() : value == (old.doubleword(field.word()) & field.mask())) {
                bits.add(name);
            }
        });
        return bits;
    }
}
