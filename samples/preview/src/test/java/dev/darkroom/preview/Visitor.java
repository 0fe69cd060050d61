package dev.darkroom.preview;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.ExchangeStrategies;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/** What a browser does, without a browser: opens a page, listens, asks, and fetches pictures. */
final class Visitor implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final String BOUNDARY = "a-boundary-of-the-test";

    private static final ParameterizedTypeReference<ServerSentEvent<JsonNode>> EVENT =
            new ParameterizedTypeReference<>() {};

    private final WebClient web;
    private final String page;
    private final Sinks.Many<JsonNode> notices = Sinks.many().replay().all();
    private final Disposable listening;

    Visitor(int port) {
        web = WebClient.builder()
                .baseUrl("http://localhost:" + port)
                .exchangeStrategies(ExchangeStrategies.builder()
                        .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(-1))
                        .build())
                .build();
        page = open();
        var opened = Sinks.<Boolean>one();
        listening = web.get()
                .uri(page)
                .retrieve()
                .bodyToFlux(EVENT)
                .subscribeOn(Schedulers.boundedElastic())
                .doOnNext(event -> {
                    if (event.data() == null) {
                        opened.tryEmitValue(true);
                    } else {
                        notices.emitNext(event.data(), Sinks.EmitFailureHandler.FAIL_FAST);
                    }
                })
                .onErrorComplete()
                .subscribe();
        opened.asMono().block(PATIENCE);
    }

    private String open() {
        return "/darkroom/previews/"
                + web.post()
                        .uri("/darkroom/previews")
                        .header("Darkroom-Preview", "new")
                        .retrieve()
                        .bodyToMono(JsonNode.class)
                        .block(PATIENCE)
                        .get("id")
                        .asString();
    }

    String page() {
        return page;
    }

    WebClient web() {
        return web;
    }

    static String order(String prompt) {
        return """
                {"prompt": "%s", "model": "openai/gpt-image-1-mini", "stream": true, "quality": "low"}""".formatted(prompt);
    }

    /** A form as a browser sends it. */
    ResponseEntity<JsonNode> post(String order, byte[]... references) {
        var form = new ByteArrayOutputStream();
        part(form, "name=\"order\"; filename=\"blob\"", "application/json", order.getBytes(StandardCharsets.UTF_8));
        for (var reference : references) {
            part(form, "name=\"references\"; filename=\"../../evil.png\"", "image/png", reference);
        }
        form.writeBytes(ascii("--" + BOUNDARY + "--\r\n"));
        return web.post()
                .uri("/api/generations")
                .header("Darkroom-Preview", page.substring(page.lastIndexOf('/') + 1))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .bodyValue(form.toByteArray())
                .exchangeToMono(answer -> answer.toEntity(JsonNode.class))
                .block(PATIENCE);
    }

    private static void part(ByteArrayOutputStream form, String disposition, String type, byte[] content) {
        form.writeBytes(ascii("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition
                + "\r\nContent-Type: " + type + "\r\n\r\n"));
        form.writeBytes(content);
        form.writeBytes(ascii("\r\n"));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    int ask(String prompt) {
        return post(order(prompt)).getBody().get("id").asInt();
    }

    /** The first notice of a generation which is so, past or future. */
    JsonNode await(int id, Predicate<JsonNode> isSo) {
        return notices(id).filter(isSo).blockFirst(PATIENCE);
    }

    JsonNode await(int id, String state) {
        return await(id, notice -> notice.get("state").asString().equals(state));
    }

    List<JsonNode> until(int id, String state) {
        return notices(id)
                .takeUntil(notice -> notice.get("state").asString().equals(state))
                .collectList()
                .block(PATIENCE);
    }

    private Flux<JsonNode> notices(int id) {
        return notices.asFlux().filter(notice -> notice.get("id").asInt() == id);
    }

    URI picture(int id, int index, int version) {
        return URI.create(page + "/" + id + "/" + index + "/" + version);
    }

    ResponseEntity<byte[]> get(String path) {
        return web.get()
                .uri(path)
                .exchangeToMono(answer -> answer.toEntity(byte[].class))
                .block(PATIENCE);
    }

    /** Leaves without a word, as a closed tab does. */
    @Override
    public void close() {
        listening.dispose();
    }
}
