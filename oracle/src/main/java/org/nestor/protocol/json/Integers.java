package org.nestor.protocol.json;

import java.util.Optional;
import java.util.regex.Pattern;

/** The two ways in which an unsigned 64-bit integer is written: a JSON number, or a string of 0x and hex digits. */
public final class Integers {
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,20}");
    private static final Pattern HEX = Pattern.compile("0x[0-9a-fA-F]{1,16}");

    private Integers() {}

    /** The value as 64 bits, or empty when this is not an unsigned integer of at most 64 bits. */
    public static Optional<Long> unsigned(Json json) {
        if (json instanceof Json.Text text && HEX.matcher(text.value()).matches()) {
            return Optional.of(Long.parseUnsignedLong(text.value().substring(2), 16));
        }
        if (json instanceof Json.Num number && DECIMAL.matcher(number.literal()).matches()) {
            return decimal(number.literal());
        }
        return Optional.empty();
    }

    private static Optional<Long> decimal(String digits) {
        try {
            return Optional.of(Long.parseUnsignedLong(digits));
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }
}
