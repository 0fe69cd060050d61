package dev.darkroom.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The process around a command: its streams, environment, terminal and signals. A test brings its own.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param environment environment variables
 * @param screen opens the terminal if there is one which can draw, otherwise gives null
 * @param clock of elapsed times
 * @param interruptSignal Ctrl-C
 */
record ProcessContext(
        InputStream in,
        PrintWriter out,
        PrintWriter err,
        Map<String, String> environment,
        Supplier<@Nullable Screen> screen,
        InstantSource clock,
        InterruptSignal interruptSignal)
        implements AutoCloseable {

    /** UTF-8 whatever the locale: JSON has to be, and half blocks exist in no other encoding. */
    static ProcessContext ofThisProcess() {
        var environment = System.getenv();
        var out = writer(FileDescriptor.out);
        return new ProcessContext(
                System.in,
                out,
                writer(FileDescriptor.err),
                environment,
                () -> JLineScreen.open(environment, out),
                InstantSource.system(),
                InterruptSignal.ofThisProcess());
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
    }

    /** An environment variable, if it is set to something. */
    @Nullable
    String variable(String name) {
        var value = environment.get(name);
        return value == null || value.isBlank() ? null : value;
    }

    @Override
    public void close() {
        out.flush();
        err.flush();
        interruptSignal.close();
    }
}
