package org.nestor.oracle.sut;

import java.util.regex.Pattern;

/** Words of a command line that a shell reads. */
public final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

    private ShellWord() {}

    /** The word as a shell must be given it, so that it is taken as it is. */
    public static String of(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
