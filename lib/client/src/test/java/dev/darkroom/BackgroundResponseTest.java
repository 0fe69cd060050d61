package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gateway.Responses;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.internal.gateway.responses.ResponsesDialect;
import java.net.Socket;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A response that is made in the background, on connections that break: one create, and the picture where it can be had. */
class BackgroundResponseTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String PNG = Base64.getEncoder().encodeToString(RawGateway.picture(7));
    private static final String ITEM = "{\"id\":\"ig_1\",\"type\":\"image_generation_call\"";
    private static final String CREATED =
            event(0, "created", ",\"response\":{\"id\":\"resp_1\",\"status\":\"queued\"}");
    private static final List<String> EVENTS = List.of(
            CREATED,
            event(1, "output_item.added", ",\"item\":" + ITEM + "}"),
            preview(2, 0),
            preview(3, 1),
            event(4, "output_item.done", ",\"item\":" + ITEM + ",\"result\":\"" + PNG + "\"}"),
            event(
                    5,
                    "completed",
                    ",\"response\":{\"id\":\"resp_1\",\"status\":\"completed\",\"output\":[" + ITEM + ",\"result\":\""
                            + PNG + "\"}]}"));
    private static final String ALL = String.join("", EVENTS);
    private static final ImageRequest REQUEST =
            ImageRequest.of("gpt-5", "p").stream(true).partialImages(2).with(Responses.IN_BACKGROUND, true);
    private static final Pattern CUT = Pattern.compile("(?i)x-cut: (\\d+)");
    private static final Pattern AFTER = Pattern.compile("starting_after=(\\d+)");

    private final Map<Integer, Integer> creates = new ConcurrentHashMap<>();

    private static String event(int number, String type, String more) {
        return "data: {\"type\":\"response." + type + "\",\"sequence_number\":" + number + ",\"item_id\":\"ig_1\""
                + more + "}\n\n";
    }

    private static String preview(int number, int preview) {
        return event(
                number,
                "image_generation_call.partial_image",
                ",\"partial_image_index\":" + preview + ",\"partial_image_b64\":\"" + PNG + "\"");
    }

    private static String stream(String events, int length) {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: " + length + "\r\n\r\n" + events;
    }

    private static int number(Pattern pattern, String head) {
        var found = pattern.matcher(head);
        return found.find() ? Integer.parseInt(found.group(1)) : -1;
    }

    /** Breaks off the answer to the call itself where it is told to; reads on behind an event, or, if told, from the beginning. */
    private void cut(RawGateway.Request request, Socket socket) throws Exception {
        var at = number(CUT, request.head());
        if (request.head().startsWith("POST /responses ")) {
            creates.merge(at, 1, Integer::sum);
            RawGateway.say(socket, stream(ALL.substring(0, at), ALL.length()));
            socket.close();
            return;
        }
        var rest = at % 2 == 0
                ? ALL
                : EVENTS.stream().skip(number(AFTER, request.head()) + 1L).collect(Collectors.joining());
        RawGateway.say(socket, stream(rest, rest.length()));
    }

    private static Mono<List<ImageEvent>> events(ImageClient client, int cut) {
        return client.generate(REQUEST.header("X-Cut", String.valueOf(cut))).collectList();
    }

    private static void assertWhole(int cut, List<ImageEvent> events) {
        assertThat(events.stream()
                        .map(event -> event.getClass().getSimpleName())
                        .toList())
                .as("cut at %s", cut)
                .containsExactly("Partial", "Partial", "ImageReady", "Completed");
        var result = ((ImageEvent.Completed) events.get(3)).result();
        assertThat(result.images()).as("cut at %s", cut).hasSize(1);
        assertThat(result.first().toByteArray()).isEqualTo(RawGateway.picture(7));
    }

    @Test
    void fromTheEventOnThatNamesItThePictureArrivesWhereverTheStreamIsCutAndOneCreateIsSent() throws Exception {
        try (var gateway = new RawGateway(this::cut);
                var client = ImageClient.of(new ResponsesDialect()).baseUrl(gateway.url())) {
            Flux.range(0, ALL.length() + 1)
                    .flatMap(
                            cut -> cut < CREATED.length()
                                    ? events(client, cut)
                                            .doOnNext(events -> assertThat(events)
                                                    .as("cut at %s", cut)
                                                    .isNull())
                                            .onErrorResume(OutcomeUnknownException.class, e -> Mono.just(List.of()))
                                    : events(client, cut).doOnNext(events -> assertWhole(cut, events)),
                            16)
                    .blockLast(PATIENCE);
        }
        assertThat(creates).hasSize(ALL.length() + 1).values().containsOnly(1);
    }

    @Test
    void whoeverCancelsClosesTheSocketAndCallsItOffOnce() throws Exception {
        var closed = new CountDownLatch(1);
        var calledOff = new CountDownLatch(1);
        try (var gateway = new RawGateway((request, socket) -> {
                    if (request.head().startsWith("POST /responses/resp_1/cancel ")) {
                        RawGateway.say(socket, RawGateway.ok("{\"id\":\"resp_1\",\"status\":\"cancelled\"}"));
                        calledOff.countDown();
                    } else {
                        RawGateway.say(socket, stream(CREATED + preview(2, 0), ALL.length()));
                        socket.getInputStream().read();
                        closed.countDown();
                    }
                });
                var client = ImageClient.of(new ResponsesDialect())
                        .baseUrl(gateway.url())
                        .apiKey("sk-test")) {
            client.generate(REQUEST).take(1).blockLast(PATIENCE);
            assertThat(closed.await(1, TimeUnit.MINUTES)).as("the socket").isTrue();
            assertThat(calledOff.await(1, TimeUnit.MINUTES)).as("the response").isTrue();
            assertThat(gateway.requests()).hasSize(2);
            assertThat(gateway.requests().get(1).head())
                    .containsIgnoringCase("content-length: 0")
                    .contains("Bearer sk-test");
        }
    }

    @Test
    void aCancelThatNobodyAnswersKeepsNobodyWaiting() throws Exception {
        var asked = new CountDownLatch(1);
        try (var gateway = new RawGateway((request, socket) -> {
                    if (request.head().contains("/cancel ")) {
                        asked.countDown();
                        socket.getInputStream().read();
                    } else {
                        RawGateway.say(socket, stream(CREATED + preview(2, 0), ALL.length()));
                    }
                });
                var client = ImageClient.of(new ResponsesDialect()).baseUrl(gateway.url())) {
            client.generate(REQUEST).take(1).blockLast(PATIENCE);
            assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    @Test
    void whereItCannotBeReadOnTheWholeIsAskedFor() throws Exception {
        try (var gateway = new RawGateway((request, socket) -> {
                    if (request.head().startsWith("POST ")) {
                        RawGateway.say(socket, stream(CREATED + preview(2, 0), ALL.length()));
                        socket.close();
                    } else if (request.head().contains("stream=true")) {
                        RawGateway.say(socket, "HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\n{}");
                    } else {
                        RawGateway.say(
                                socket,
                                RawGateway.ok("{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\","
                                        + "\"output\":[" + ITEM + ",\"result\":\"" + PNG + "\"}]}"));
                    }
                });
                var client = ImageClient.of(new ResponsesDialect()).baseUrl(gateway.url())) {
            var events = client.generate(REQUEST).collectList().block(PATIENCE);
            assertThat(events.stream()
                            .map(event -> event.getClass().getSimpleName())
                            .toList())
                    .containsExactly("Partial", "ImageReady", "Completed");
            assertThat(gateway.requests()).hasSize(3);
        }
    }
}
