package dev.darkroom.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Calls the emulator with the JDK's own client, which shares nothing with it. */
final class TestClient {

    static final JsonMapper JSON = JsonMapper.builder().build();
    static final String MINI = "openai/gpt-image-1-mini";
    static final String FLUX = "black-forest-labs/flux.2-klein-4b";
    static final String STUDIO = "darkroom/studio";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI base;
    private final String key;
    private final String keyHeader;

    TestClient(RunningEmulator emulator) {
        this(emulator.openRouterBaseUrl(), "sk-test");
    }

    TestClient(URI base, String key) {
        this(base, key, "Authorization");
    }

    private TestClient(URI base, String key, String keyHeader) {
        this.base = base;
        this.key = key;
        this.keyHeader = keyHeader;
    }

    TestClient withKey(String other) {
        return new TestClient(base, other, keyHeader);
    }

    TestClient withKeyIn(String header) {
        return new TestClient(base, key, header);
    }

    /** A small request, so that tests draw little. */
    static ObjectNode small(String model) {
        return imageRequest(model).put("size", "48x32");
    }

    static ObjectNode imageRequest(String model) {
        return JSON.createObjectNode().put("model", model).put("prompt", "a lighthouse at dawn");
    }

    /** What Gemini is asked. */
    static ObjectNode contents(String prompt) {
        var body = JSON.createObjectNode();
        body.putArray("contents").addObject().putArray("parts").addObject().put("text", prompt);
        return body;
    }

    /** What DashScope is asked. */
    static ObjectNode input(String model, String prompt, int images) {
        var body = JSON.createObjectNode().put("model", model);
        body.putObject("input")
                .putArray("messages")
                .addObject()
                .put("role", "user")
                .putArray("content")
                .addObject()
                .put("text", prompt);
        body.putObject("parameters").put("n", images);
        return body;
    }

    /** What chat completions are asked. */
    static ObjectNode messages(String model, String prompt) {
        var body = JSON.createObjectNode().put("model", model);
        body.putArray("messages").addObject().put("role", "user").put("content", prompt);
        body.putArray("modalities").add("image").add("text");
        return body;
    }

    HttpResponse<String> post(JsonNode body, String... headers) {
        return post(body.toString().getBytes(UTF_8), headers);
    }

    HttpResponse<String> post(byte[] body, String... headers) {
        return send(request("/images", headers)
                .POST(BodyPublishers.ofByteArray(body))
                .build());
    }

    CompletableFuture<HttpResponse<String>> postLater(JsonNode body, String... headers) {
        return CLIENT.sendAsync(
                request("/images", headers)
                        .POST(BodyPublishers.ofString(body.toString()))
                        .build(),
                BodyHandlers.ofString());
    }

    /** To another route than OpenRouter's. */
    HttpResponse<String> post(String route, JsonNode body, String... headers) {
        return send(request(route, headers)
                .POST(BodyPublishers.ofString(body.toString()))
                .build());
    }

    HttpResponse<String> post(String route, Multipart form, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(base + route))
                .timeout(Duration.ofSeconds(50))
                .header("Content-Type", form.contentType())
                .header(keyHeader, key())
                .POST(BodyPublishers.ofByteArray(form.bytes()));
        return send((headers.length == 0 ? request : request.headers(headers)).build());
    }

    HttpResponse<String> delete(String route) {
        return send(request(route).DELETE().build());
    }

    /** What is under a URL, asked for without a key. */
    static HttpResponse<byte[]> fetch(String url, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(50));
        return send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofByteArray());
    }

    HttpResponse<String> get(String route, String... headers) {
        return send(request(route, headers).GET().build());
    }

    HttpResponse<String> options(String route) {
        return send(request(route).method("OPTIONS", BodyPublishers.noBody()).build());
    }

    /** The document of a reply which must be one. */
    JsonNode generate(ObjectNode body) {
        var response = post(body);
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return json(response);
    }

    /** The only image of a reply. */
    byte[] image(ObjectNode body) {
        return decoded(generate(body).path("data").path(0));
    }

    /** The events of a stream, the sentinel left out. */
    List<JsonNode> events(JsonNode body, String... headers) {
        return data(post(body, headers).body()).stream()
                .filter(line -> !line.equals("[DONE]"))
                .map(TestClient::parse)
                .toList();
    }

    static List<String> data(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    static JsonNode json(HttpResponse<String> response) {
        return parse(response.body());
    }

    static JsonNode parse(String json) {
        return JSON.readTree(json);
    }

    static byte[] decoded(JsonNode holder) {
        return Base64.getDecoder().decode(holder.path("b64_json").stringValue());
    }

    static ObjectNode with(ObjectNode body, Consumer<ObjectNode> change) {
        change.accept(body);
        return body;
    }

    static ObjectNode referring(ObjectNode body, String... urls) {
        var references = body.putArray("input_references");
        for (var url : urls) {
            references
                    .addObject()
                    .put("type", "image_url")
                    .putObject("image_url")
                    .put("url", url);
        }
        return body;
    }

    private String key() {
        return keyHeader.equals("Authorization") ? "Bearer " + key : key;
    }

    private HttpRequest.Builder request(String route, String... headers) {
        var builder = HttpRequest.newBuilder(URI.create(base + route))
                .timeout(Duration.ofSeconds(50))
                .header("Content-Type", "application/json");
        if (!key.isEmpty()) {
            builder.header(keyHeader, key());
        }
        return headers.length == 0 ? builder : builder.headers(headers);
    }

    private static HttpResponse<String> send(HttpRequest request) {
        return send(request, BodyHandlers.ofString());
    }

    private static <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
        try {
            return CLIENT.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
