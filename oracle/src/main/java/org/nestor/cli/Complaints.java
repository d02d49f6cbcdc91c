package org.nestor.cli;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what is wrong with a command line. */
final class Complaints {
    private Complaints() {}

    static int usage(ParameterException e, String[] args) {
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        e.getCommandLine().getErr().println(name + ": " + sentence(e) + " (see " + name + " --help)");
        e.getCommandLine().getErr().flush();
        return ExitCode.BAD_INPUT.code();
    }

    private static String sentence(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            boolean verb = e.getCommandLine().getParent() == null;
            String first = unmatched.getUnmatched().get(0);
            return verb
                    ? "unknown verb '" + first + "'; " + suggestion(unmatched)
                    : "unexpected argument '" + first + "'";
        }
        String message = String.valueOf(e.getMessage());
        return Character.toLowerCase(message.charAt(0)) + message.substring(1).replaceAll("\\R.*", "");
    }

    private static String suggestion(UnmatchedArgumentException e) {
        return e.getSuggestions().isEmpty()
                ? "expected one of "
                        + String.join(", ", e.getCommandLine().getSubcommands().keySet())
                : "did you mean " + String.join(" or ", e.getSuggestions()) + "?";
    }

    /** A defect of this program: a stack trace would help nobody who only uses it. */
    static int internal(Exception e, CommandLine command, ParseResult result) {
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println(name + ": internal error: " + e);
        command.getErr().flush();
        return ExitCode.DIED.code();
    }
}
