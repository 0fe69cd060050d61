package dev.darkroom.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ImageClient;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.Quality;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The whole application over HTTP, with the emulator behind it. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "darkroom.emulator.enabled=true",
            "darkroom.emulator.latency=400ms",
            "darkroom.emulator.partials=3",
            "darkroom.emulator.shrink=8",
            "preview.upload=3MB"
        })
class PreviewServerTest {

    @LocalServerPort
    private int port;

    @Autowired
    private RunningEmulator emulator;

    @Autowired
    private ImageClient client;

    @Autowired
    private ReferenceFolder folder;

    private Visitor visitor;

    @BeforeEach
    void open() {
        visitor = new Visitor(port);
    }

    @AfterEach
    void leave() {
        visitor.close();
        emulator.clearFaults();
    }

    @Test
    void aPromptBecomesAPictureWhoseBytesAreTheGateways() {
        var id = visitor.ask("a lighthouse at dawn");
        var notices = visitor.until(id, "done");
        var last = notices.get(notices.size() - 1);
        assertThat(notices.get(0).get("asked").get("prompt").asString()).isEqualTo("a lighthouse at dawn");
        assertThat(last.get("cost").decimalValue()).isPositive();
        assertThat(last.get("images").get(0).get("last").asBoolean()).isTrue();
        var version = last.get("images").get(0).get("version").asInt();
        var answer = visitor.get(visitor.picture(id, 0, version).toString());
        var direct = client.result(ImageRequest.of("openai/gpt-image-1-mini", "a lighthouse at dawn")
                        .quality(Quality.LOW))
                .block(Visitor.PATIENCE);
        assertThat(answer.getBody()).isEqualTo(direct.first().toByteArray());
    }

    @Test
    void theSameOnceMoreTakesItsReferencesAlong() {
        var reference = client.result(ImageRequest.of("openai/gpt-image-1-mini", "a reference"))
                .block(Visitor.PATIENCE)
                .first()
                .toByteArray();
        var id = visitor.post(Visitor.order("make it night"), reference)
                .getBody()
                .get("id")
                .asInt();
        var first = visitor.until(id, "done");
        assertThat(first.get(0).get("asked").get("references").asInt()).isEqualTo(1);
        var again = visitor.web()
                .post()
                .uri(visitor.page() + "/" + id + "/again")
                .header("Darkroom-Preview", "again")
                .retrieve()
                .bodyToMono(JsonNode.class)
                .block(Visitor.PATIENCE)
                .get("id")
                .asInt();
        assertThat(again).isGreaterThan(id);
        visitor.await(again, "done");
        var sent = emulator.journal().accepted().stream()
                .filter(entry -> entry.body().get("prompt").asString().equals("make it night"))
                .toList();
        assertThat(sent)
                .hasSize(2)
                .allSatisfy(entry ->
                        assertThat(entry.body().get("input_references")).hasSize(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"prompt": " ", "model": "m"}              | Say what to paint
                    {"model": "m"}                             | Say what to paint
                    {"prompt": "a fox"}                        | Choose a model
                    """)
    void aFormThatCannotBeIsRefusedInWords(String order, String words) {
        var answer = visitor.post(order);
        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(answer.getBody().get("detail").asString()).contains(words);
    }

    @Test
    void referencesOfAFormThatIsRefusedAreNotKept() throws IOException {
        var before = folder.files();
        var answer = visitor.post(Visitor.order(" "), new byte[] {1}, new byte[] {2});
        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        Mono.fromCallable(() -> folder.files() <= before ? folder : null)
                .repeatWhenEmpty(attempts -> attempts.delayElements(Duration.ofMillis(10)))
                .block(Visitor.PATIENCE);
    }

    @Test
    void aReferenceWhichIsTooLargeIsRefusedBeforeAnythingIsAskedFor() {
        var asked = generations();
        var answer = visitor.post(Visitor.order("a heavy fox"), new byte[4 * 1024 * 1024]);
        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.CONTENT_TOO_LARGE);
        assertThat(generations()).isEqualTo(asked);
    }

    /** How many were asked for; the page asks for prices, too, whenever it likes. */
    private long generations() {
        return emulator.journal().entries().stream()
                .filter(entry -> entry.method().equals("POST"))
                .count();
    }

    @Test
    void aReferenceWhichIsNoPictureFailsInWordsBeforeAnythingIsSent() {
        var asked = emulator.journal().accepted().size();
        var id = visitor.post(Visitor.order("a false fox"), "no picture".getBytes(StandardCharsets.UTF_8))
                .getBody()
                .get("id")
                .asInt();
        var problem = visitor.await(id, "failed").get("problem");
        assertThat(problem.get("help").asString()).isEqualTo("Nothing was made, nothing is billed.");
        assertThat(emulator.journal().accepted()).hasSize(asked);
    }

    @Test
    void everyAnswerForbidsWhatThePageDoesNotNeed() {
        for (var path : List.of("/", "/app.js", "/api/models", "/nowhere")) {
            assertThat(visitor.get(path).getHeaders().getFirst("Content-Security-Policy"))
                    .as(path)
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
        }
    }

    @Test
    void aStrangersPageCanAskForNothing() throws IOException {
        assertThat(raw("GET /api/models", "Host: stranger.example")).startsWith("HTTP/1.1 403");
        assertThat(raw("POST /darkroom/previews", "Host: localhost", "Sec-Fetch-Site: cross-site"))
                .startsWith("HTTP/1.1 403");
        assertThat(raw("POST /darkroom/previews", "Host: localhost", "Origin: http://stranger.example"))
                .startsWith("HTTP/1.1 403");
        assertThat(raw("POST /darkroom/previews", "Host: localhost", "Origin: null"))
                .startsWith("HTTP/1.1 403");
        assertThat(raw(
                        "POST /darkroom/previews",
                        "Host: localhost",
                        "Origin: http://localhost",
                        "Darkroom-Preview: new"))
                .startsWith("HTTP/1.1 201");
        assertThat(raw(
                        "POST /darkroom/previews",
                        "Host: localhost",
                        "Sec-Fetch-Site: same-origin",
                        "Darkroom-Preview: new"))
                .startsWith("HTTP/1.1 201");
    }

    private String raw(String request, String... headers) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            var text = request + " HTTP/1.1\r\n" + String.join("\r\n", headers)
                    + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theFormIsOfferedWhatTheGatewayLists() {
        var offer = visitor.web()
                .get()
                .uri("/api/models")
                .retrieve()
                .bodyToMono(JsonNode.class)
                .block(Visitor.PATIENCE);
        assertThat(offer.get("emulated").asBoolean()).isTrue();
        var model = offer.get("models").get(0);
        assertThat(model.get("id").asString()).isEqualTo("openai/gpt-image-1-mini");
        assertThat(model.get("streams").asBoolean()).isTrue();
        assertThat(model.get("parameters").get("n").get("max").asInt()).isEqualTo(10);
        assertThat(model.get("parameters").get("quality").get("values")).isNotEmpty();
        assertThat(model.get("parameters").get("seed").isEmpty()).isTrue();
    }
}
