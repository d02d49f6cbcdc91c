package org.nestor.reports.site;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Numbers, times and files as the pages write them. */
public final class Words {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final int TENTHS = 10;

    private Words() {}

    /** A number with commas. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A number and what it counts, for example {@code 1 cause} or {@code 2 causes}. */
    public static String count(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** A time of the day, in UTC. */
    public static String time(Instant instant) {
        return TIME.format(instant);
    }

    /** A length of time, on one line. */
    public static String duration(double seconds) {
        return twoUnits(seconds).replace(' ', '\u00a0');
    }

    private static String twoUnits(double seconds) {
        long tenths = Math.round(seconds * TENTHS);
        long whole = tenths / TENTHS;
        if (whole < MINUTE) {
            return whole + "." + tenths % TENTHS + " s";
        } else if (whole < HOUR) {
            return whole / MINUTE + " min " + whole % MINUTE + " s";
        }
        return count(whole / HOUR) + " h " + whole % HOUR / MINUTE + " min";
    }

    /** A 64-bit quantity in hexadecimal. */
    public static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    /** A text cut to what fits, so that a diagram stays one. */
    public static String shorten(String text, int length) {
        if (text.codePointCount(0, text.length()) <= length) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, length - 1)) + "…";
    }

    /** The link to a file beside the page. */
    public static String link(String path) {
        return Stream.of(path.split("/", -1))
                .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/", "./", ""));
    }
}
