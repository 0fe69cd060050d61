package dev.darkroom.cli;

import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports why a command cannot run. The failure of a generation is reported by the {@link Display}. */
final class CommandErrors {

    /** A word which looks like a key: it stood behind an option which there is not, and is quoted with it. */
    private static final Pattern KEY = Pattern.compile("\\b(sk|key)[-_][\\w-]{8,}");

    private CommandErrors() {}

    /** The user's: one line which says what is wrong, one which says where to read on. */
    static int usage(ParameterException usageError, String[] args) {
        var command = usageError.getCommandLine();
        var err = command.getErr();
        err.println("darkroom: "
                + KEY.matcher(String.valueOf(usageError.getMessage())).replaceAll("(not shown)"));
        if (!UnmatchedArgumentException.printSuggestions(usageError, err)) {
            err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        return ExitStatus.USAGE;
    }

    /** Ours, so the stack trace belongs to it. */
    static int unexpected(Exception usageError, CommandLine command, ParseResult parsed) {
        command.getErr().println("darkroom: this should not have happened, please report it:");
        usageError.printStackTrace(command.getErr());
        return ExitStatus.SOFTWARE;
    }
}
