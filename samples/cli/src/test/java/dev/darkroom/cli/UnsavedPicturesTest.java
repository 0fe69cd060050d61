package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A picture which was made and is not where it was asked for is no success, and the reason is said. */
class UnsavedPicturesTest {

    private static final RunningEmulator EMULATOR =
            ImageEmulator.create().shrink(32).start();

    @TempDir
    private Path folder;

    @AfterEach
    void forgetFaults() {
        EMULATOR.clearFaults();
    }

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"token360", "myrouter", "ark", "minimax"})
    void aUrlWithNothingBehindItEndsWithOneAndTheReasonAtEachGateway(String gateway) {
        EMULATOR.enqueueDownload(Fault.NOT_FOUND.once());
        var run = run(gateway, "--json");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(last(run)).containsEntry("event", "completed");
        assertThat(image(run, 0)).containsEntry("file", null);
        assertThat(String.valueOf(image(run, 0).get("error")))
                .startsWith("image 1 was made, but could not be fetched: ")
                .contains("127.0.0.1", "404");
        assertThat(run.err().lines())
                .containsOnlyOnce("darkroom: " + image(run, 0).get("error"));
    }

    @ParameterizedTest
    @EnumSource(names = {"FORBIDDEN", "SERVER_ERROR", "NOT_AN_IMAGE", "CUT", "EMPTY_REPLY"})
    void whateverKeepsAPictureAwayIsSaid(Fault fault) {
        EMULATOR.enqueueDownload(fault.times(5));
        var run = run("token360", "--json");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(String.valueOf(image(run, 0).get("error")))
                .startsWith("image 1 was made, but could not be fetched: ");
        assertThat(run.err()).contains("could not be fetched");
    }

    @Test
    void anExpiredUrlIsNoSuccess() {
        EMULATOR.enqueue(Fault.EXPIRED_URL.once());
        var run = run("ark");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("could not be fetched", "403");
        assertThat(run.lines().get(run.lines().size() - 1))
                .contains("made, but 1 of 1 not saved")
                .doesNotContain("done");
    }

    @Test
    void anAddressFromWhichNothingIsFetchedIsNoSuccess() throws IOException {
        var run =
                answering("{\"created\":1,\"data\":[{\"url\":\"http://10.1.2.3/a.png?signature=secret\"}]}", () -> {});
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(String.valueOf(image(run, 0).get("error")))
                .startsWith("image 1 was made, but could not be fetched: ")
                .contains("10.1.2.3")
                .doesNotContain("secret");
        assertThat(run.err()).contains("10.1.2.3").doesNotContain("secret");
    }

    @Test
    void oneOfTwoIsSavedAndTheOtherIsNot() {
        EMULATOR.enqueueDownload(Fault.NOT_FOUND.once());
        var run = run("minimax", "--json", "-n", "2");
        assertThat(run.exitCode()).isEqualTo(1);
        var errors = Stream.of(image(run, 0), image(run, 1)).map(image -> image.get("error"));
        assertThat(errors).filteredOn(error -> error == null).hasSize(1);
        assertThat(run.err().lines().filter(line -> line.contains("could not be fetched")))
                .hasSize(1);
        assertThat(folder).isDirectoryContaining(file -> file.toString().endsWith(".png"));
    }

    @Test
    void aFolderThatIsGoneEndsWithOneThoughThePictureIsKeptElsewhere() throws IOException {
        var picture = Base64.getEncoder()
                .encodeToString(Pictures.png(0, 2, 2, 0xff0000).toByteArray());
        var run = answering(
                "{\"created\":1,\"data\":[{\"b64_json\":\"" + picture + "\"}]}",
                () -> Files.delete(folder.resolve("out")));
        assertThat(run.exitCode()).isEqualTo(1);
        var file = Path.of(String.valueOf(image(run, 0).get("file")));
        assertThat(String.valueOf(image(run, 0).get("error")))
                .contains("is written to " + file, "there is no such folder");
        assertThat(run.err()).contains("is written to " + file);
        Files.delete(file);
    }

    private interface Deed {
        void run() throws IOException;
    }

    /** What the command makes of this answer, with something happening just before it. */
    private Run answering(String document, Deed before) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            before.run();
            var bytes = document.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            var base = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
            return Run.of(Run.args(
                    "generate",
                    "dawn",
                    "--json",
                    "--provider",
                    "openai",
                    "--base-url",
                    base,
                    "--api-key",
                    "sk-test",
                    "--no-stream",
                    "--out",
                    folder.resolve("out")));
        } finally {
            server.stop(0);
        }
    }

    private Run run(String gateway, String... options) {
        var base = Provider.of(gateway).baseUrl(EMULATOR);
        var args = Run.args(
                "generate", "dawn", "--provider", gateway, "--base-url", base, "--api-key", "sk-test", "--out", folder);
        return Run.of(Stream.concat(Stream.of(args), Stream.of(options)).toArray(String[]::new));
    }

    private static Map<String, Object> last(Run run) {
        return run.json().get(run.json().size() - 1);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> image(Run run, int index) {
        return ((List<Map<String, Object>>) last(run).get("images")).get(index);
    }
}
