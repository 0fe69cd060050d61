package dev.darkroom.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A command which ran in this JVM, and all it said. */
record Run(int exitCode, String out, String err) {

    static Run of(String... args) {
        return of(Map.of(), args);
    }

    static Run of(InputStream stdin, String... args) {
        return listening(stdin, Map.of(), new InterruptSignal(), out -> {}, args);
    }

    static Run of(Map<String, String> environment, String... args) {
        return of(environment, new InterruptSignal(), args);
    }

    static Run of(Map<String, String> environment, InterruptSignal interruptSignal, String... args) {
        return listening(environment, interruptSignal, out -> {}, args);
    }

    /** Tells what is on standard output whenever a line comes on standard error, for a command that goes on. */
    static Run listening(
            Map<String, String> environment,
            InterruptSignal interruptSignal,
            Consumer<String> listener,
            String... args) {
        return listening(InputStream.nullInputStream(), environment, interruptSignal, listener, args);
    }

    private static Run listening(
            InputStream stdin,
            Map<String, String> environment,
            InterruptSignal interruptSignal,
            Consumer<String> listener,
            String... args) {
        var out = new StringWriter();
        var err = new StringWriter() {
            @Override
            public void flush() {
                listener.accept(out.toString());
            }
        };
        var process = new ProcessContext(
                stdin,
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                environment,
                () -> null,
                InstantSource.system(),
                interruptSignal);
        var exitCode = Darkroom.run(process, args);
        return new Run(exitCode, out.toString(), err.toString());
    }

    List<String> lines() {
        return out.lines().toList();
    }

    /** Standard output as JSON, a line each; fails if there is anything else. */
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> json() {
        return out.lines().map(line -> (Map<String, Object>) Json.read(line)).toList();
    }

    /** The lines of one kind. */
    List<Map<String, Object>> json(String event) {
        return json().stream().filter(line -> event.equals(line.get("event"))).toList();
    }

    static String[] args(String first, Object... more) {
        return Stream.concat(Stream.of(first), Stream.of(more).map(Object::toString))
                .toArray(String[]::new);
    }
}
