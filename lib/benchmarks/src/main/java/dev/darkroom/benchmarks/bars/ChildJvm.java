package dev.darkroom.benchmarks.bars;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** A process of ours with the same class path. What it complains of is shown, unless it is expected to fail. */
public final class ChildJvm implements AutoCloseable {

    /** The JDK of this process. */
    public static final Path JDK = Path.of(System.getProperty("java.home"));

    private final Process process;
    private final BufferedReader output;

    private ChildJvm(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts a main class with the same JDK. */
    public static ChildJvm fork(Class<?> main, List<String> flags, List<String> arguments) throws IOException {
        return fork(JDK, main, flags, arguments);
    }

    /** Starts a main class with a JDK, by its home. */
    static ChildJvm fork(Path jdk, Class<?> main, List<String> flags, List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(jdk.resolve("bin").resolve("java").toString());
        command.addAll(flags);
        command.add("-Dslf4j.internal.verbosity=ERROR");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(arguments);
        var expectedToFail = flags.contains("-XX:+ExitOnOutOfMemoryError");
        return new ChildJvm(new ProcessBuilder(command)
                .redirectError(expectedToFail ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** The next line which it prints. */
    public String line() throws IOException {
        var line = output.readLine();
        if (line == null) {
            throw new IOException("the process ended without a word");
        }
        return line;
    }

    /** A line for it to read. */
    void say(String line) throws IOException {
        var input = process.outputWriter(StandardCharsets.UTF_8);
        input.write(line + "\n");
        input.flush();
    }

    /** All numbers which it prints until its end. */
    Numbers numbers() throws IOException {
        var numbers = new Numbers();
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            numbers.read(line);
        }
        return numbers;
    }

    /** Its exit code; none if it takes longer. */
    OptionalInt await(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
                ? OptionalInt.of(process.exitValue())
                : OptionalInt.empty();
    }

    /** As with {@code kill -9}; what it has said can still be read. */
    void kill() {
        process.toHandle().destroyForcibly();
    }

    /** Ends it, whatever it does. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
