package org.nestor.reports;

/** What the parts of a result must be. A message names the member first. */
final class Checks {
    private Checks() {}

    static void require(boolean holds, String complaint) {
        if (!holds) {
            throw new IllegalArgumentException(complaint);
        }
    }

    static void count(String member, long value) {
        require(value >= 0, member + ": expected a count of 0 or more, found " + value);
    }

    /** A file beside the report: a relative path with {@code /} that stays below its folder. */
    static void fileName(String member, String path) {
        boolean plain = !path.isEmpty() && !path.startsWith("/") && path.indexOf('\\') < 0;
        for (String segment : path.split("/", -1)) {
            plain &= !segment.isEmpty() && !segment.equals(".") && !segment.equals("..");
        }
        require(plain, member + ": expected the name of a file below the report's folder, found \"" + path + '"');
    }
}
