package dev.darkroom.cli;

import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said when a command cannot run. Failures of a generation are not mistakes; the {@link Display} tells them. */
final class Mistakes {

    /** A word which looks like a key: it stood behind an option which there is not, and is quoted with it. */
    private static final Pattern KEY = Pattern.compile("\\b(sk|key)[-_][\\w-]{8,}");

    private Mistakes() {}

    /** The user's: one line which says what is wrong, one which says where to read on. */
    static int usage(ParameterException mistake, String[] args) {
        var command = mistake.getCommandLine();
        var err = command.getErr();
        err.println(
                "darkroom: " + KEY.matcher(String.valueOf(mistake.getMessage())).replaceAll("(not shown)"));
        if (!UnmatchedArgumentException.printSuggestions(mistake, err)) {
            err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        return Ending.USAGE;
    }

    /** Ours, so the stack trace belongs to it. */
    static int unexpected(Exception mistake, CommandLine command, ParseResult parsed) {
        command.getErr().println("darkroom: this should not have happened, please report it:");
        mistake.printStackTrace(command.getErr());
        return Ending.SOFTWARE;
    }
}
