package org.nestor.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.format.Layout;

/** Makes the rows of a structure from its doublewords, its layout, the meanings of its fields and a judge of each. */
final class Rows {

    private Rows() {}

    static List<Row> of(long[] words, Layout layout, Meanings meanings, Function<Field, Status> judge) {
        return of(words, layout, 0, meanings, judge);
    }

    /** As {@link #of(long[], Layout, Meanings, Function)}, with more reserved bits in DW0 than the layout has. */
    static List<Row> of(
            long[] words, Layout layout, long moreReserved, Meanings meanings, Function<Field, Status> judge) {
        List<Row> rows = new ArrayList<>();
        for (int dw = 0; dw < words.length; dw++) {
            List<Entry> entries = reservedBits(dw, words[dw] & (layout.reserved(dw) | (dw == 0 ? moreReserved : 0)));
            for (Field field : layout.fields()) {
                if (field.doubleword() == dw) {
                    entries.add(entry(field, words[dw], meanings, judge));
                }
            }
            entries.sort(Comparator.comparingInt(Entry::low));
            entries.forEach(entry -> rows.add(entry.row));
        }
        return rows;
    }

    /** A row and its position, for sorting. */
    private record Entry(int low, Row row) {}

    private static Entry entry(Field field, long word, Meanings meanings, Function<Field, Status> judge) {
        Meaning meaning = meanings.of(field.name());
        Status status = judge.apply(field);
        long value = meaning.value(field, word);
        String words = status.mark() == Mark.UNKNOWN ? "" : meaning.words().apply(value);
        return new Entry(
                field.low(),
                new Row(
                        bits(field.doubleword(), field.high(), field.low()),
                        field.name(),
                        value,
                        words,
                        status.mark(),
                        status.rules()));
    }

    /** A row for each run of set bits that no field names. */
    private static List<Entry> reservedBits(int doubleword, long set) {
        List<Entry> entries = new ArrayList<>();
        int low = 0;
        while (low < 64 && set >>> low != 0) {
            low += Long.numberOfTrailingZeros(set >>> low);
            int length = Math.min(64 - low, Long.numberOfTrailingZeros(~(set >>> low)));
            long value = set >>> low & -1L >>> 64 - length;
            entries.add(new Entry(
                    low,
                    new Row(
                            bits(doubleword, low + length - 1, low),
                            "-",
                            value,
                            "no field: should be written as 0",
                            Mark.RES0,
                            List.of())));
            low += length;
        }
        return entries;
    }

    /** {@code DW1[3:2]}, or {@code DW1[3]} for one bit. */
    static String bits(int doubleword, int high, int low) {
        return "DW" + doubleword + "[" + (high == low ? "" : high + ":") + low + "]";
    }
}
