package dev.darkroom.cli;

import java.io.IOError;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.TerminalBuilder.SystemOutput;
import org.jspecify.annotations.Nullable;

/**
 * The process's own terminal: JLine says whether there is one and how large it is, now and after a resize.
 *
 * <p>Written to past JLine, whose shutdown hook closes its writer: after Ctrl-C there is still something to say.
 */
final class JLineScreen implements Screen {

    private static final Logger JLINE = Logger.getLogger("org.jline"); // held here, or its level is collected with it

    private final Terminal terminal;
    private final PrintWriter out;
    private Size size = Size.of(80, 24);

    private JLineScreen(Terminal terminal, PrintWriter out) {
        this.terminal = terminal;
        this.out = out;
    }

    /** Null if standard output is no terminal, or one that cannot or must not show colours. */
    static @Nullable Screen open(Map<String, String> environment, PrintWriter out) {
        var type = environment.getOrDefault("TERM", "");
        var plain = !environment.getOrDefault("NO_COLOR", "").isEmpty() || type.equals("dumb");
        return plain ? null : open(out);
    }

    private static @Nullable Screen open(PrintWriter out) {
        JLINE.setLevel(Level.OFF);
        try {
            var terminal = TerminalBuilder.builder()
                    .system(true)
                    .systemOutput(SystemOutput.SysOut)
                    .encoding(StandardCharsets.UTF_8)
                    .nativeSignals(false) // Ctrl-C is ours
                    .graphemeCluster(false)
                    .dumb(true)
                    .build();
            if (terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
                terminal.close();
                return null;
            }
            var quiet = new Attributes(terminal.getAttributes());
            quiet.setLocalFlag(Attributes.LocalFlag.ECHO, false); // what is typed would land in the picture
            terminal.setAttributes(quiet);
            return new JLineScreen(terminal, out);
        } catch (IOException | RuntimeException e) {
            return null; // plain lines work everywhere
        }
    }

    @Override
    public int columns() {
        return size().getColumns();
    }

    @Override
    public int rows() {
        return size().getRows();
    }

    /** The last one known, where the terminal is gone (its window was closed) or does not say (0). */
    private Size size() {
        try {
            var now = terminal.getSize();
            size = now.getColumns() > 0 && now.getRows() > 0 ? now : size;
        } catch (IOError | RuntimeException e) {
            return size;
        }
        return size;
    }

    @Override
    public void print(String text) {
        out.print(text);
        out.flush();
    }

    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException e) {
            // the process is about to end; nothing is left to restore it with
        }
    }
}
