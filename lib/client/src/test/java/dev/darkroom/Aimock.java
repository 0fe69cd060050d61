package dev.darkroom;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A public mock server, {@code @copilotkit/aimock} of npm, in a process of its own on a free port of the loopback interface.
 * It is installed below {@code target} once. Skips the tests, visibly, where there is no Node.
 */
final class Aimock implements AutoCloseable {

    private static final Path BASE = Path.of(System.getProperty("maven.basedir", "."));
    private static final Path SOURCES = BASE.resolve(Path.of("src", "test", "node"));
    private static final Path FOLDER = BASE.resolve(Path.of("target", "mock-server"));
    private static final List<String> INSTALL = List.of(
            "npm",
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--prefer-offline",
            "--fetch-timeout=60000",
            "--fetch-retries=1");

    private final HttpClient asker = HttpClient.newHttpClient();
    private final Process process;
    private final URI url;

    private Aimock(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    static Aimock start() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        for (String name : List.of("package.json", "package-lock.json", "aimock.mjs")) {
            Files.copy(SOURCES.resolve(name), FOLDER.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        try {
            install();
            return listening(begin(List.of("node", "aimock.mjs")));
        } catch (IOException e) {
            skip("there is no node or npm: " + e.getMessage());
            throw e;
        }
    }

    /** Once for this lock file. */
    private static void install() throws IOException, InterruptedException {
        var wanted = Files.readString(SOURCES.resolve("package-lock.json"));
        var done = FOLDER.resolve("installed-lock.json");
        if (Files.exists(done) && Files.readString(done).equals(wanted)) {
            return;
        }
        var npm = begin(INSTALL);
        npm.getInputStream().readAllBytes();
        if (!npm.waitFor(3, TimeUnit.MINUTES) || npm.exitValue() != 0) {
            npm.destroyForcibly();
            skip("npm ci failed: " + errors().lines().limit(3).toList());
        }
        Files.writeString(done, wanted);
    }

    private static Process begin(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectError(FOLDER.resolve("errors.txt").toFile())
                .start();
    }

    private static Aimock listening(Process node) throws IOException {
        var line = new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (line == null) {
            node.destroyForcibly();
            throw new AssertionError("the mock server does not start: " + errors());
        }
        return new Aimock(node, URI.create(line));
    }

    private static String errors() throws IOException {
        return Files.readString(FOLDER.resolve("errors.txt"));
    }

    private static void skip(String why) {
        System.out.println("SKIPPED: no public mock server judged the client; " + why);
        Assumptions.abort(why);
    }

    /** Where it speaks OpenAI's API. */
    String baseUrl() {
        return url + "/v1";
    }

    /** Every request for images since the journal was cleared, in the order in which they were answered. */
    List<JsonNode> requests() {
        return JsonMapper.shared()
                .readTree(control("GET", "/__aimock/journal?path=/images/"))
                .valueStream()
                .toList();
    }

    void clearJournal() {
        control("POST", "/__aimock/reset/journal");
    }

    private String control(String method, String path) {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            var response = asker.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new AssertionError(path + " answered " + response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Blocks until the process is gone, 20 s at most. */
    @Override
    public void close() {
        process.destroy();
        if (process.onExit().completeOnTimeout(null, 20, TimeUnit.SECONDS).join() == null) {
            process.destroyForcibly();
        }
    }
}
