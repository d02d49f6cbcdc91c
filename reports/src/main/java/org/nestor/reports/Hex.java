package org.nestor.reports;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import java.math.BigInteger;

/** 64-bit quantities in JSON: written as {@code "0x..."}, read in that form or as a number. */
final class Hex {
    private static final String PREFIX = "0x";
    private static final int RADIX = 16;

    private Hex() {}

    static String of(long value) {
        return PREFIX + Long.toHexString(value);
    }

    /** Writes a value in hexadecimal. */
    static final class Writer extends JsonSerializer<Long> {
        @Override
        public void serialize(Long value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(of(value));
        }
    }

    /** Reads a number, or a string in hexadecimal. */
    static final class Reader extends JsonDeserializer<Long> {
        @Override
        public Long deserialize(JsonParser json, DeserializationContext context) throws IOException {
            String text = json.getText();
            try {
                if (json.hasToken(JsonToken.VALUE_STRING) && text.startsWith(PREFIX)) {
                    return Long.parseUnsignedLong(text.substring(PREFIX.length()), RADIX);
                } else if (json.hasToken(JsonToken.VALUE_NUMBER_INT)) {
                    return number(new BigInteger(text));
                }
            } catch (ArithmeticException | NumberFormatException e) {
                return refuse(json, context);
            }
            return refuse(json, context);
        }

        private static long number(BigInteger value) {
            boolean unsigned = value.signum() >= 0 && value.bitLength() <= Long.SIZE;
            return unsigned ? value.longValue() : value.longValueExact();
        }

        private static Long refuse(JsonParser json, DeserializationContext context) throws IOException {
            return (Long) context.handleUnexpectedToken(Long.class, json);
        }
    }
}
