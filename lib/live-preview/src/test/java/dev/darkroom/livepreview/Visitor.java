package dev.darkroom.livepreview;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ExchangeStrategies;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the element does, without a browser: opens a preview, listens, asks, and fetches pictures. */
final class Visitor implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENT =
            new ParameterizedTypeReference<>() {};

    private final WebClient web;
    private final String path;
    private final Sinks.Many<JsonNode> notices = Sinks.many().replay().all();
    private final Disposable listening;

    /** Opens a preview. */
    Visitor(int port, String user) {
        this(port, user, null);
    }

    /** Listens to one that is open, if there is a path. */
    Visitor(int port, String user, String path) {
        web = WebClient.builder()
                .baseUrl("http://localhost:" + port)
                .defaultHeader("X-User", user)
                .exchangeStrategies(ExchangeStrategies.builder()
                        .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(-1))
                        .build())
                .build();
        this.path = path != null
                ? path
                : "/darkroom/previews/"
                        + json(call(HttpMethod.POST, "/darkroom/previews"))
                                .get("id")
                                .asString();
        var opened = Sinks.<Boolean>one();
        listening = web.get()
                .uri(this.path)
                .retrieve()
                .bodyToFlux(EVENT)
                .subscribeOn(Schedulers.boundedElastic())
                .doOnNext(event -> {
                    if (event.data() == null) {
                        opened.tryEmitValue(true);
                    } else {
                        notices.emitNext(
                                JsonMapper.shared().readTree(event.data()), Sinks.EmitFailureHandler.FAIL_FAST);
                    }
                })
                .subscribe(event -> {}, opened::tryEmitError);
        opened.asMono().block(PATIENCE);
    }

    String path() {
        return path;
    }

    String id() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** As the element sends a form. */
    ResponseEntity<String> post(String prompt) {
        return web.post()
                .uri("/images")
                .header("Darkroom-Preview", id())
                .body(BodyInserters.fromFormData("prompt", prompt))
                .exchangeToMono(answer -> answer.toEntity(String.class))
                .block(PATIENCE);
    }

    int ask(String prompt) {
        return json(post(prompt)).get("id").asInt();
    }

    /** As the element does, with its header. */
    ResponseEntity<String> call(HttpMethod method, String uri) {
        return web.method(method)
                .uri(uri)
                .header("Darkroom-Preview", "new")
                .exchangeToMono(answer -> answer.toEntity(String.class))
                .block(PATIENCE);
    }

    /** As anybody else may. */
    ResponseEntity<byte[]> get(String uri) {
        return web.get()
                .uri(uri)
                .exchangeToMono(answer -> answer.toEntity(byte[].class))
                .block(PATIENCE);
    }

    WebClient web() {
        return web;
    }

    static JsonNode json(ResponseEntity<String> answer) {
        return JsonMapper.shared().readTree(answer.getBody());
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

    /** Where the final picture of a notice is. */
    String picture(JsonNode notice) {
        return picture(
                notice.get("id").asInt(),
                notice.get("images").get(0).get("version").asInt());
    }

    String picture(int id, int version) {
        return URI.create(path + "/" + id + "/0/" + version).toString();
    }

    /** Leaves without a word, as a closed tab does. */
    @Override
    public void close() {
        listening.dispose();
    }
}
