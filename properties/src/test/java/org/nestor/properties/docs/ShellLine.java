package org.nestor.properties.docs;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A shell command of a document: {@code ./nestor} with arguments, perhaps with one echoed line on its standard input.
 *
 * @param stdin what it reads
 * @param arguments what follows {@code ./nestor}
 */
record ShellLine(String stdin, List<String> arguments) {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
    private static final String PIPE = " | ";

    static ShellLine parse(String line) {
        int pipe = line.indexOf(PIPE);
        List<String> command = words(line.substring(pipe < 0 ? 0 : pipe + PIPE.length()));
        if (!command.get(0).equals("./nestor")) {
            throw new IllegalArgumentException("expected ./nestor: " + line);
        }
        return new ShellLine(
                pipe < 0 ? "" : echoed(words(line.substring(0, pipe))), command.subList(1, command.size()));
    }

    private static String echoed(List<String> words) {
        if (!words.get(0).equals("echo") || words.size() != 2) {
            throw new IllegalArgumentException("expected echo with one word: " + words);
        }
        return words.get(1) + "\n";
    }

    private static List<String> words(String line) {
        return WORD.matcher(line).results().map(ShellLine::unquoted).toList();
    }

    private static String unquoted(MatchResult word) {
        if (word.group(1) != null) {
            return word.group(1);
        }
        return word.group(2) != null ? word.group(2) : word.group(3);
    }
}
