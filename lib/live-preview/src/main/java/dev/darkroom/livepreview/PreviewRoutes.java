package dev.darkroom.livepreview;

import dev.darkroom.livepreview.PreviewVisit.Action;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the element calls. Everything that happens is told by the stream of notices, not by the answers here. JSON is written by
 * a mapper of our own: what the application likes its own JSON to look like is nothing that the element knows.
 */
final class PreviewRoutes {

    /** How soon a browser that lost its stream comes back; well within the grace. */
    private static final Duration RECONNECT = Duration.ofMillis(200);

    /** Two of them until a lost connection is seen: with the grace, about a second. */
    private static final Duration BUSY_HEARTBEAT = Duration.ofMillis(150);

    private static final JsonMapper JSON = new JsonMapper();

    private final PreviewDoor door;
    private final LivePreviewProperties properties;

    PreviewRoutes(PreviewDoor door, LivePreviewProperties properties) {
        this.door = door;
        this.properties = properties;
    }

    /** For a server that sees by itself when a browser has gone. */
    RouterFunction<ServerResponse> routes() {
        return below(properties.path(), properties.heartbeat());
    }

    /**
     * For a container that has taken the path away already, and sees that a browser has gone when it writes to it: so it writes
     * often as long as that costs money.
     */
    RouterFunction<ServerResponse> routesOfServlet() {
        return below("", BUSY_HEARTBEAT);
    }

    private RouterFunction<ServerResponse> below(String path, Duration busyHeartbeat) {
        return RouterFunctions.route()
                .POST(path, this::open)
                .GET(path + "/{preview}", request -> listen(request, busyHeartbeat))
                .POST(path + "/{preview}/{number}/again", this::again)
                .DELETE(path + "/{preview}/{number}", this::cancel)
                .GET(path + "/{preview}/{number}/{index}/{version}", this::picture)
                .onError(PreviewRefusedException.class, (refusal, request) -> problem(refusal))
                .build();
    }

    private Mono<ServerResponse> open(ServerRequest request) {
        return door.open(request.principal(), request.exchange().getRequest()).flatMap(preview -> {
            var path = request.requestPath().contextPath().value();
            var location = path.endsWith(properties.path()) ? path + "/" + preview.id() : path + preview.path();
            return json(
                    ServerResponse.created(URI.create(location)).cacheControl(CacheControl.noStore()),
                    Map.of("id", preview.id()));
        });
    }

    private Mono<ServerResponse> listen(ServerRequest request, Duration busyHeartbeat) {
        return enter(Action.WATCH, request)
                .flatMap(preview -> ServerResponse.ok()
                        .cacheControl(CacheControl.noStore())
                        .header("X-Accel-Buffering", "no")
                        .body(BodyInserters.fromServerSentEvents(events(preview, beats(preview, busyHeartbeat)))));
    }

    /**
     * Merged one by one, so that little is read ahead of a browser; its listening is counted before it hears a word, for it may
     * ask for a picture on the first.
     */
    static Flux<ServerSentEvent<String>> events(LivePreview preview, Flux<ServerSentEvent<String>> beats) {
        var first =
                ServerSentEvent.<String>builder().retry(RECONNECT).comment("").build();
        return Flux.merge(1, preview.notices().map(PreviewRoutes::event), Flux.just(first), beats)
                .takeUntilOther(preview.closed());
    }

    private Flux<ServerSentEvent<String>> beats(LivePreview preview, Duration busyHeartbeat) {
        var beat = ServerSentEvent.<String>builder().comment("").build();
        return Flux.interval(properties.heartbeat())
                .mergeWith(Flux.interval(busyHeartbeat).filter(tick -> preview.isBusy()))
                .onBackpressureDrop()
                .map(tick -> beat);
    }

    private static ServerSentEvent<String> event(Notice notice) {
        return ServerSentEvent.builder(JSON.writeValueAsString(notice))
                .event("notice")
                .build();
    }

    private Mono<ServerResponse> again(ServerRequest request) {
        return enter(Action.REPEAT, request)
                .flatMap(preview -> preview.again(number(request, "number")))
                .flatMap(started -> json(ServerResponse.accepted(), started));
    }

    private Mono<ServerResponse> cancel(ServerRequest request) {
        return enter(Action.CANCEL, request).flatMap(preview -> {
            preview.generation(number(request, "number")).cancel();
            return ServerResponse.noContent().build();
        });
    }

    private Mono<ServerResponse> picture(ServerRequest request) {
        return enter(Action.WATCH, request).flatMap(preview -> {
            var number = number(request, "number");
            var index = number(request, "index");
            var picture = preview.generation(number).progress().picture(index);
            if (picture == null) {
                throw new PreviewRefusedException(HttpStatus.NOT_FOUND, "There is no such picture.");
            }
            return PictureAnswer.of(
                    picture,
                    number,
                    index,
                    number(request, "version"),
                    request.queryParam("download").isPresent());
        });
    }

    private Mono<LivePreview> enter(Action action, ServerRequest request) {
        var exchange = request.exchange();
        return door.enter(action, request.pathVariable("preview"), request.principal(), exchange.getRequest());
    }

    private static int number(ServerRequest request, String name) {
        try {
            return Integer.parseInt(request.pathVariable(name));
        } catch (NumberFormatException e) {
            throw new PreviewRefusedException(HttpStatus.NOT_FOUND, "There is no such picture.");
        }
    }

    private static Mono<ServerResponse> json(ServerResponse.BodyBuilder answer, Object value) {
        return answer.contentType(MediaType.APPLICATION_JSON).bodyValue(JSON.writeValueAsBytes(value));
    }

    private static Mono<ServerResponse> problem(PreviewRefusedException refusal) {
        return ServerResponse.status(refusal.getStatusCode())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .cacheControl(CacheControl.noStore())
                .bodyValue(ProblemWriter.bytes(refusal));
    }
}
