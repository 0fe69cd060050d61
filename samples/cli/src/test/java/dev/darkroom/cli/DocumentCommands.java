package dev.darkroom.cli;

import dev.darkroom.testsupport.Documents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The commands in a document of ours: every line of a block of shell, and whatever stands in the text in the way of code and
 * is a whole command line. One that is neither is found by {@link #strays()}.
 *
 * @param file the document
 * @param blocks lines which belong together, in order
 * @param strays lines with a command in them, which nobody would run
 */
record DocumentCommands(Path file, List<Block> blocks, List<String> strays) {

    private static final Pattern FENCE = Pattern.compile("^\\s*```(\\w*).*");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern COMMAND =
            Pattern.compile("^(\\$ )?(JAVA_HOME=\\S* )?(mvn|java -jar|java -cp|darkroom) .+");
    /** In the text: a command by its name that does nothing without more, or a line of which something is left out. */
    private static final Pattern SPOKEN_OF =
            Pattern.compile("^darkroom (generate|batch|images( get| delete)?)$|…|\\.\\.\\.|<\\w+>|\\[");
    /** What only a command names. */
    private static final Pattern TRACE = Pattern.compile(
            "\\bmvn\\b|\\bjava -cp\\b|\\bdarkroom(-preview|-quickstart)?\\.jar\\b|\\bdarkroom (generate|batch|models|images|emulate)\\b");

    /** Lines that one shell would run. */
    record Block(int line, List<String> commands) {}

    /** All documents of the repository. */
    static List<DocumentCommands> all(Path root) {
        return Documents.files(root, ".md").stream().map(DocumentCommands::of).toList();
    }

    static DocumentCommands of(Path file) {
        try {
            return of(file, Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static DocumentCommands of(Path file, List<String> lines) {
        var blocks = new ArrayList<Block>();
        var strays = new ArrayList<String>();
        String language = null;
        var shell = new ArrayList<String>();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            var fence = FENCE.matcher(line);
            if (fence.matches()) {
                if (language != null && !shell.isEmpty()) {
                    blocks.add(new Block(i - shell.size() + 1, List.copyOf(shell)));
                }
                shell.clear();
                language = language == null ? fence.group(1) : null;
            } else if (language == null) {
                inText(line, i + 1, blocks, strays);
            } else if (isShell(language) || COMMAND.matcher(line.strip()).matches()) {
                shell.add(line.strip());
            } else if (TRACE.matcher(line).find()) {
                strays.add(line);
            }
        }
        return new DocumentCommands(file, blocks, strays);
    }

    private static boolean isShell(String language) {
        return List.of("sh", "bash", "shell", "console").contains(language);
    }

    private static void inText(String line, int number, List<Block> blocks, List<String> strays) {
        var code = CODE.matcher(line);
        var rest = new StringBuilder();
        while (code.find()) {
            var isCommand = COMMAND.matcher(code.group(1)).matches();
            var isSpokenOf = SPOKEN_OF.matcher(code.group(1)).find();
            if (isCommand && !isSpokenOf) {
                blocks.add(new Block(number, List.of(code.group(1))));
            }
            code.appendReplacement(rest, isCommand || isSpokenOf ? "" : "$0");
        }
        if (TRACE.matcher(code.appendTail(rest)).find()) {
            strays.add(line);
        }
    }
}
