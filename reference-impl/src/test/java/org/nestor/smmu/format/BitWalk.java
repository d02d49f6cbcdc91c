package org.nestor.smmu.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Sets one bit after the other in raw bytes and compares what is seen of it with a table that owes nothing to the
 * layouts: rows of name, absolute high bit and absolute low bit, bit 0 being the lowest of the first byte; "in-place"
 * marks addresses that are read unshifted.
 */
public final class BitWalk {

    private record Row(String name, int high, int low, boolean inPlace) {

        long value(int bit) {
            return bit < low || bit > high ? 0 : 1L << (inPlace ? bit % 64 : bit - low);
        }
    }

    private BitWalk() {}

    /** Every field of the layout sees the bits of its row, shifted down, and no other bit. */
    public static void assertFields(Layout layout, String table) {
        List<Row> rows = rows(table);
        assertEquals(
                names(rows), layout.fields().stream().map(Field::name).sorted().toList());
        walk(
                layout.doublewords() * Long.BYTES,
                rows,
                bytes -> layout.fields().stream()
                        .map(field -> reading(field.name(), field.extract(doubleword(bytes, field.doubleword()))))
                        .toList());
    }

    /** Every accessor that is not among the exceptions sees the bits of its row and no other bit. */
    public static <T> void assertAccessors(
            Class<T> type, int size, Function<byte[], T> decode, Set<String> exceptions, String table) {
        List<Method> accessors = accessors(type).stream()
                .filter(method -> !exceptions.contains(method.getName()))
                .toList();
        List<Row> rows = rows(table);
        assertEquals(
                names(rows), accessors.stream().map(Method::getName).sorted().toList());
        walk(
                size,
                rows,
                bytes -> accessors.stream()
                        .map(method -> reading(method.getName(), call(method, decode.apply(bytes))))
                        .toList());
    }

    /** The doubleword of that index, put together by hand. */
    public static long doubleword(byte[] bytes, int index) {
        long word = 0;
        for (int i = 7; i >= 0; i--) {
            word = word << 8 | bytes[index * 8 + i] & 0xFF;
        }
        return word;
    }

    private static void walk(int size, List<Row> rows, Function<byte[], List<String>> readings) {
        List<String> expected = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        for (int bit = 0; bit < size * 8; bit++) {
            int at = bit;
            byte[] bytes = new byte[size];
            bytes[bit / 8] = (byte) (1 << bit % 8);
            expected.add(line(
                    bit,
                    rows.stream().map(row -> reading(row.name, row.value(at))).toList()));
            seen.add(line(bit, readings.apply(bytes)));
        }
        assertEquals(String.join("\n", expected), String.join("\n", seen));
    }

    private static String line(int bit, List<String> readings) {
        return bit + ": "
                + readings.stream()
                        .filter(reading -> !reading.endsWith("=0"))
                        .sorted()
                        .collect(Collectors.joining(" "));
    }

    private static String reading(String name, long value) {
        return name + "=" + Long.toHexString(value);
    }

    private static List<Row> rows(String table) {
        return table.lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.strip().split("\\s+"))
                .map(cells ->
                        new Row(cells[0], Integer.parseInt(cells[1]), Integer.parseInt(cells[2]), cells.length > 3))
                .toList();
    }

    private static List<String> names(List<Row> rows) {
        return rows.stream().map(Row::name).sorted().toList();
    }

    private static List<Method> accessors(Class<?> type) {
        Set<Class<?>> results = Set.of(int.class, long.class, boolean.class);
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getParameterCount() == 0 && results.contains(method.getReturnType()))
                .filter(method -> !method.getName().equals("hashCode") && !method.isSynthetic())
                .toList();
    }

    private static long call(Method accessor, Object structure) {
        try {
            Object value = accessor.invoke(structure);
            if (value instanceof Boolean flag) {
                return flag ? 1 : 0;
            }
            return value instanceof Integer number ? Integer.toUnsignedLong(number) : (Long) value;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(accessor.getName(), e);
        }
    }
}
