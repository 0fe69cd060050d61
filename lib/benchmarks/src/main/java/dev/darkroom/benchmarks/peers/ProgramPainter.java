package dev.darkroom.benchmarks.peers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program of the folder {@code bulk} with the client that its list of packages names, installed below {@code target}. It names no
 * prompts that may be paid for: what has failed it calls failed.
 *
 * @param title what tables call it
 * @param home where it is installed
 * @param files that belong to it
 * @param installation how its packages come
 * @param command that begins it
 */
public record ProgramPainter(
        String title, Path home, List<String> files, List<List<String>> installation, List<String> command)
        implements BulkPainter {

    private static final Path SOURCES = Path.of("bulk");
    private static final Path INSTALLED = Path.of("target", "bulk");
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** OpenAI's client for Node with its defaults: two retries, ten minutes. */
    static ProgramPainter ofDefaults() {
        return new ProgramPainter(
                "`openai` 7.59 (npm), its defaults",
                INSTALLED.resolve("node"),
                List.of("package.json", "package-lock.json", "defaults.mjs"),
                List.of(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")),
                List.of("node", "defaults.mjs"));
    }

    /** The habits of the published script around OpenAI's client for Python, which has the same defaults. */
    static ProgramPainter ofTheScript() {
        return new ProgramPainter(
                "habits of the published script, `openai` 3.22 (PyPI)",
                INSTALLED.resolve("python"),
                List.of("requirements.txt", "script.py"),
                List.of(
                        List.of("python3", "-m", "venv", "venv"),
                        List.of("venv/bin/pip", "install", "-q", "-r", "requirements.txt")),
                List.of("venv/bin/python", "script.py"));
    }

    @Override
    public boolean prepare() throws IOException, InterruptedException {
        Files.createDirectories(home);
        for (var file : files) {
            Files.write(home.resolve(file), Files.readAllBytes(SOURCES.resolve(file)));
        }
        for (var step : installation) {
            if (!ran(step)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int paint(URI openAi, Path input, Path folder, int concurrency) throws IOException, InterruptedException {
        var all = new ArrayList<>(command);
        all.add(openAi.toString());
        all.add(input.toAbsolutePath().toString());
        all.add(folder.toAbsolutePath().toString());
        all.add(Integer.toString(concurrency));
        ran(all);
        return 0;
    }

    /** Whether it came to a good end; what it said stands in its log. */
    private boolean ran(List<String> words) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(words)
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            home.resolve("log").toAbsolutePath().toFile()))
                    .start();
        } catch (IOException e) {
            return false; // there is no such program here
        }
        try {
            return process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS) && process.exitValue() == 0;
        } finally {
            process.destroyForcibly();
        }
    }
}
