package dev.darkroom.emulator;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;

/** Runs a vendor's own client in Node, installed below {@code target} once. Skips the tests, visibly, where there is none. */
final class NodeClient {

    private static final Path SOURCES = Path.of(System.getProperty("maven.basedir", "."), "src", "test", "node");
    private static final Path FOLDER = Path.of(System.getProperty("maven.basedir", "."), "target", "vendor-client");
    private static boolean installed;

    private NodeClient() {}

    /** What a script prints, one JSON document, when it is told where the emulator is. */
    static JsonNode run(String script, URI... bases) throws Exception {
        install();
        Files.copy(SOURCES.resolve(script), FOLDER.resolve(script), StandardCopyOption.REPLACE_EXISTING);
        var command = new ArrayList<>(List.of("node", script));
        Arrays.stream(bases).map(URI::toString).forEach(command::add);
        var answer = run(command);
        assertThat(answer.status()).as(answer.output()).isZero();
        return TestClient.parse(answer.output());
    }

    /** Once for this lock file, whichever of the JVMs that run tests comes first. */
    private static synchronized void install() throws Exception {
        if (installed) {
            return;
        }
        Files.createDirectories(FOLDER);
        try (var one = FileChannel.open(FOLDER.resolve("one-at-a-time"), CREATE, WRITE)) {
            one.lock(); // until it is closed
            var wanted = Files.readString(SOURCES.resolve("package-lock.json"));
            var done = FOLDER.resolve("installed-lock.json");
            if (!Files.exists(done) || !Files.readString(done).equals(wanted)) {
                for (var name : List.of("package.json", "package-lock.json")) {
                    Files.copy(SOURCES.resolve(name), FOLDER.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
                fetch();
                Files.writeString(done, wanted);
            }
        }
        installed = true;
    }

    private static void fetch() throws Exception {
        try {
            var answer = run(List.of(
                    "npm",
                    "ci",
                    "--ignore-scripts",
                    "--no-audit",
                    "--no-fund",
                    "--prefer-offline",
                    "--fetch-timeout=60000",
                    "--fetch-retries=1"));
            if (answer.status() != 0) {
                skip("npm ci failed: " + answer.output().lines().limit(3).toList());
            }
        } catch (IOException e) {
            skip("there is no node or npm: " + e.getMessage());
        }
    }

    private static void skip(String why) {
        System.out.println("SKIPPED: the vendors' clients did not judge the emulator; " + why);
        Assumptions.abort(why);
    }

    /** What a process printed, and its exit status. */
    private record Answer(int status, String output) {}

    private static Answer run(List<String> command) throws IOException, InterruptedException {
        var errors = FOLDER.resolve("errors-" + ProcessHandle.current().pid() + ".txt");
        var process = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectError(errors.toFile())
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(4, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            fail(command + " did not end");
        }
        return new Answer(process.exitValue(), process.exitValue() == 0 ? output : output + Files.readString(errors));
    }
}
