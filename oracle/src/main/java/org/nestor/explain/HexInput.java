package org.nestor.explain;

import java.util.HexFormat;
import java.util.List;
import org.nestor.smmu.format.LittleEndian;

/**
 * Reads a structure from words of hex digits. Words that begin with {@code 0x} are doublewords, DW0 first; words
 * without it are bytes in memory order, as a memory dump shows them, and are joined.
 */
public final class HexInput {

    private static final int MAX_DIGITS = 16;

    private HexInput() {}

    /**
     * The doublewords of the structure.
     *
     * @param what the structure, for the message
     * @param doublewords how many it has
     * @throws MalformedInputException if the words are anything but that many doublewords or bytes
     */
    public static long[] doublewords(String what, int doublewords, List<String> words) throws MalformedInputException {
        List<String> parts = words.stream()
                .flatMap(word -> List.of(word.strip().split("\\s+", -1)).stream())
                .toList();
        long prefixed = parts.stream().filter(HexInput::isPrefixed).count();
        if (prefixed != 0 && prefixed != parts.size()) {
            throw new MalformedInputException(
                    "found words with and without 0x: expected doublewords (all with 0x) or bytes (none with 0x)");
        }
        return prefixed == 0 ? fromBytes(what, doublewords, parts) : fromWords(what, doublewords, parts);
    }

    private static long[] fromWords(String what, int doublewords, List<String> parts) throws MalformedInputException {
        if (parts.size() != doublewords) {
            throw new MalformedInputException("found %d doubleword%s: expected %d for %s"
                    .formatted(parts.size(), parts.size() == 1 ? "" : "s", doublewords, what));
        }
        long[] values = new long[doublewords];
        for (int i = 0; i < doublewords; i++) {
            values[i] = number(parts.get(i));
        }
        return values;
    }

    /**
     * A number of at most 64 bits in hex digits, with or without 0x.
     *
     * @throws MalformedInputException if it is not
     */
    public static long number(String word) throws MalformedInputException {
        String digits = isPrefixed(word) ? word.substring(2) : word;
        checkDigits(word, digits);
        if (digits.isEmpty() || digits.length() > MAX_DIGITS) {
            throw new MalformedInputException("found '" + word + "': expected 1 to 16 hex digits");
        }
        return Long.parseUnsignedLong(digits, 16);
    }

    private static long[] fromBytes(String what, int doublewords, List<String> parts) throws MalformedInputException {
        for (String part : parts) {
            checkDigits(part, part);
        }
        String digits = String.join("", parts);
        int expected = doublewords * MAX_DIGITS;
        if (digits.length() != expected) {
            throw new MalformedInputException("found %d hex digits: expected %d (%d bytes) for %s"
                    .formatted(digits.length(), expected, doublewords * Long.BYTES, what));
        }
        byte[] bytes = HexFormat.of().parseHex(digits);
        long[] values = new long[doublewords];
        for (int i = 0; i < doublewords; i++) {
            values[i] = LittleEndian.doubleword(bytes, i);
        }
        return values;
    }

    private static void checkDigits(String word, String digits) throws MalformedInputException {
        for (int i = 0; i < digits.length(); i++) {
            if (Character.digit(digits.charAt(i), 16) < 0 || digits.charAt(i) > 'f') {
                throw new MalformedInputException(
                        "found '" + digits.charAt(i) + "' in '" + word + "': expected hex digits");
            }
        }
    }

    private static boolean isPrefixed(String word) {
        return word.startsWith("0x") || word.startsWith("0X");
    }
}
