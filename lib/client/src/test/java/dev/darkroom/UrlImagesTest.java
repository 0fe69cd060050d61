package dev.darkroom;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.image.DownloadFailedException.Reason;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** What becomes of images by URL on their way through the events of a generation. */
class UrlImagesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final FileServer files = new FileServer();
    private final FileServer api = new FileServer();
    private final ImageClient client = ImageClient.openRouter("sk-secret")
            .baseUrl(api.url("/v1").toString())
            .downloads(d -> d.allow("127.0.0.1"));

    @AfterEach
    void stop() {
        client.close();
        files.close();
        api.close();
    }

    private static ImageRequest request(int n) {
        return ImageRequest.of("a/b", "p").n(n).stream(true);
    }

    private void answers(String json) {
        api.put(
                "/v1/images",
                (request, response) ->
                        response.header("Content-Type", "application/json").sendString(Mono.just(json)));
    }

    private void streams(Flux<String> events) {
        api.put(
                "/v1/images",
                (request, response) -> response.sse().sendString(events.map(event -> "data: " + event + "\n\n")));
    }

    private String document(String... paths) {
        var items = new ArrayList<String>();
        for (String path : paths) {
            items.add("{\"url\":\"" + files.url(path) + "\"}");
        }
        return "{\"data\":[" + String.join(",", items) + "]}";
    }

    private String completed(String path) {
        return "{\"type\":\"image_generation.completed\",\"url\":\"" + files.url(path) + "\"}";
    }

    private static String completed(byte[] image) {
        return "{\"type\":\"image_generation.completed\",\"b64_json\":\""
                + Base64.getEncoder().encodeToString(image) + "\"}";
    }

    private static List<GeneratedImage> images(ImageEvent event) {
        return ((ImageEvent.Completed) event).result().images();
    }

    /** Holds an answer back until the test lets it go, and tells when it was asked for. */
    private static final class Gate {

        private final Sinks.Empty<Void> asked = Sinks.empty();
        private final Sinks.Empty<Void> open = Sinks.empty();

        FileServer.Answer holding(byte[] picture) {
            return (request, response) -> {
                asked.tryEmitEmpty();
                return response.header("Content-Length", String.valueOf(picture.length))
                        .sendByteArray(open.asMono().thenReturn(picture));
            };
        }
    }

    @Test
    void aDocumentOfUrlsIsOneEventWithEveryByte() {
        files.put("/0", FileServer.picture(10)).put("/1", FileServer.picture(100_000));
        answers(document("/0", "/1"));
        StepVerifier.create(settled(client.generate(request(2))))
                .assertNext(event -> assertThat(images(event))
                        .allMatch(GeneratedImage::isLoaded)
                        .extracting(GeneratedImage::size)
                        .containsExactly(10L, 100_000L))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(files.headers()).noneMatch(headers -> headers.contains("Authorization"));
    }

    @Test
    void fourAreFetchedAtATimeAndTheOrderIsTheGateways() {
        var gates = new ArrayList<Gate>();
        var paths = new ArrayList<String>();
        for (int i = 0; i < 6; i++) {
            var gate = new Gate();
            files.put("/" + i, gate.holding(FileServer.picture(10 + i)));
            gates.add(gate);
            paths.add("/" + i);
        }
        answers(document(paths.toArray(String[]::new)));
        StepVerifier.create(client.generate(request(6)))
                .then(() ->
                        gates.subList(0, 4).forEach(gate -> gate.asked.asMono().block(PATIENCE)))
                .then(() -> assertThat(files.paths()).hasSize(4))
                .then(() -> gates.get(3).open.tryEmitEmpty())
                .then(() -> gates.get(4).asked.asMono().block(PATIENCE))
                .then(() -> gates.forEach(gate -> gate.open.tryEmitEmpty()))
                .assertNext(event -> assertThat(images(event))
                        .extracting(GeneratedImage::size)
                        .containsExactly(10L, 11L, 12L, 13L, 14L, 15L))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void severalImagesOfOneStreamAreReadyWithTheirBytesAndFetchedOnce() {
        files.put("/0", FileServer.picture(10))
                .put("/1", FileServer.picture(11))
                .put("/2", FileServer.picture(12));
        streams(Flux.just(completed("/0"), completed("/1"), completed("/2")));
        var events = client.generate(request(3)).collectList().block(PATIENCE);
        assertThat(events).hasSize(4);
        assertThat(((ImageEvent.ImageReady) events.get(0)).image().size()).isEqualTo(10);
        assertThat(((ImageEvent.ImageReady) events.get(1)).image().size()).isEqualTo(11);
        assertThat(((ImageEvent.ImageReady) events.get(2)).image().size()).isEqualTo(12);
        assertThat(images(events.get(3))).extracting(GeneratedImage::size).containsExactly(10L, 11L, 12L);
        assertThat(images(events.get(3)).get(0)).isSameAs(((ImageEvent.ImageReady) events.get(0)).image());
        assertThat(files.paths()).containsExactlyInAnyOrder("/0", "/1", "/2");
    }

    @Test
    void imagesKnownByOneUrlKeepAnIndexEachInADocumentAndInAStream() {
        files.put("/same", FileServer.picture(10));
        answers(document("/same", "/same", "/same"));
        var document = client.generate(request(3)).blockLast(PATIENCE);
        streams(Flux.just(completed("/same"), completed("/same")));
        var stream = client.generate(request(2)).collectList().block(PATIENCE);
        assertThat(images(document))
                .allMatch(GeneratedImage::isLoaded)
                .extracting(GeneratedImage::index)
                .containsExactly(0, 1, 2);
        assertThat(images(stream.get(2)))
                .allMatch(GeneratedImage::isLoaded)
                .extracting(GeneratedImage::index)
                .containsExactly(0, 1);
        assertThat(((ImageEvent.ImageReady) stream.get(1)).image().index()).isEqualTo(1);
    }

    @Test
    void theAnswerIsReadToItsEndWhileImagesAreFetched() {
        var first = new Gate();
        var second = new Gate();
        files.put("/0", first.holding(FileServer.picture(10))).put("/1", second.holding(FileServer.picture(11)));
        files.put("/2", FileServer.picture(12));
        // the second event comes when the first image is being fetched, the first image when the second is
        streams(Flux.just(completed("/0"))
                .concatWith(first.asked.asMono().thenReturn(completed("/1")))
                .concatWith(second.asked.asMono().thenReturn(completed("/2"))));
        var gate = RateGates.inMemory();
        StepVerifier.create(client.rateLimits(r -> r.gate(gate)).generate(request(3)))
                .then(() -> second.asked.asMono().block(PATIENCE))
                .then(() -> Flux.interval(Duration.ofMillis(10))
                        .takeUntil(tick -> gate.states().stream().allMatch(state -> state.inFlight() == 0))
                        .blockLast(PATIENCE)) // the generation is over, its downloads are not
                .then(() -> second.open.tryEmitEmpty())
                .then(() -> first.open.tryEmitEmpty())
                .assertNext(event -> assertThat(
                                ((ImageEvent.ImageReady) event).image().size())
                        .isEqualTo(10))
                .assertNext(event -> assertThat(
                                ((ImageEvent.ImageReady) event).image().size())
                        .isEqualTo(11))
                .expectNextMatches(ImageEvent.ImageReady.class::isInstance)
                .assertNext(event -> assertThat(images(event)).hasSize(3))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void anImageThatCannotBeHadKeepsItsUrlAndTheCauseAndItsSiblingsTheirBytes() {
        files.put("/1", FileServer.picture(10));
        answers(document("/0", "/1"));
        var images = client.result(request(2)).block(PATIENCE).images();
        assertThat(images.get(0).isLoaded()).isFalse();
        assertThat(images.get(0).url()).isEqualTo(files.url("/0"));
        assertThat(images.get(0).downloadFailure()).isInstanceOfSatisfying(DownloadFailedException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.REFUSED);
            assertThat(e.status()).isEqualTo(404);
        });
        assertThat(images.get(1).size()).isEqualTo(10);
    }

    @Test
    void whatWasReadyBeforeACutIsDeliveredWithItsBytesFirst() {
        var gate = new Gate();
        files.put("/0", gate.holding(FileServer.picture(10)));
        streams(Flux.just(completed("/0")));
        var left = new ArrayList<GeneratedImage>();
        StepVerifier.create(client.generate(request(2)))
                .then(() -> gate.asked.asMono().block(PATIENCE))
                .then(() -> gate.open.tryEmitEmpty())
                .assertNext(event -> assertThat(
                                ((ImageEvent.ImageReady) event).image().size())
                        .isEqualTo(10))
                .expectErrorSatisfies(e -> left.addAll(
                        ((OutcomeUnknownException) e).partialResult().images()))
                .verify(PATIENCE);
        assertThat(left).singleElement().extracting(GeneratedImage::url).isEqualTo(files.url("/0"));
        assertThat(client.download(left.get(0)).block(PATIENCE).size()).isEqualTo(10);
    }

    @Test
    void cancellingEndsTheDownloadsAndTheGeneration() throws Exception {
        var gate = new Gate();
        files.put("/0", gate.holding(FileServer.picture(10)));
        var head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: ";
        try (var server = RawServer.holding(head + completed("/0") + "\n\n")) {
            StepVerifier.create(client.baseUrl(server.url("/v1").toString()).generate(request(2)))
                    .then(() -> gate.asked.asMono().block(PATIENCE))
                    .thenCancel()
                    .verify(PATIENCE);
            assertThat(server.awaitHangUp(PATIENCE)).isTrue();
        }
        Flux.interval(Duration.ofMillis(10))
                .takeUntil(tick -> files.openConnections() == 0)
                .blockLast(PATIENCE);
    }

    @Test
    void nothingIsFetchedUnlessAnEventIsAskedFor() {
        files.put("/0", FileServer.picture(10));
        answers(document("/0"));
        StepVerifier.create(client.generate(request(1)), 0)
                .expectSubscription()
                .then(() -> assertThat(api.connections() + files.connections()).isZero())
                .thenRequest(1)
                .expectNextMatches(event -> images(event).get(0).isLoaded())
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void urlsAreLeftAloneIfTheyAreWanted() {
        answers(document("/0"));
        var image = client.downloads(d -> d.fetch(false))
                .result(request(1))
                .block(PATIENCE)
                .first();
        assertThat(image.url()).isEqualTo(files.url("/0"));
        assertThat(image.isLoaded()).isFalse();
        assertThat(image.downloadFailure()).isNull();
        assertThat(files.connections()).isZero();
    }

    @Test
    void theDeadlineOfARequestEndsItsDownloadsAndNotItsImages() {
        files.put("/0", (request, response) -> Mono.never());
        answers(document("/0"));
        var image = client.result(request(1).deadline(Duration.ofSeconds(4)))
                .block(PATIENCE)
                .first();
        assertThat(image.url()).isEqualTo(files.url("/0"));
        assertThat(((DownloadFailedException) image.downloadFailure()).reason()).isEqualTo(Reason.TIMED_OUT);
    }

    @Test
    void imagesThatCameWithTheirBytesPassUntouchedAndOneEventAtATime() {
        var picture = FileServer.picture(200);
        streams(Flux.range(0, 3).map(i -> completed(picture)));
        StepVerifier.create(client.generate(request(3)), 1)
                .expectNextMatches(ImageEvent.ImageReady.class::isInstance)
                .thenRequest(1)
                .expectNextMatches(ImageEvent.ImageReady.class::isInstance)
                .thenRequest(1)
                .expectNextMatches(ImageEvent.ImageReady.class::isInstance)
                .thenRequest(1)
                .assertNext(event -> assertThat(images(event)).hasSize(3))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(files.connections()).isZero();
    }

    @Test
    void aUrlAmongImagesThatCameWithTheirBytesIsFetchedToo() {
        files.put("/1", FileServer.picture(10));
        streams(Flux.just(completed(FileServer.picture(200)), completed("/1"), completed(FileServer.picture(300))));
        var events = client.generate(request(3)).collectList().block(PATIENCE);
        assertThat(((ImageEvent.ImageReady) events.get(1)).image().size()).isEqualTo(10);
        assertThat(images(events.get(3))).extracting(GeneratedImage::size).containsExactly(200L, 10L, 300L);
        assertThat(files.paths()).hasSize(1);
    }

    @Test
    void neitherKeyNorTheSignatureOfAUrlIsInWhatAFailedDownloadSays() {
        answers(document("/0?signature=canary"));
        var image = client.result(request(1)).block(PATIENCE).first();
        assertThat(image.toString()).doesNotContain("canary");
        assertThat(image.downloadFailure().toString()).doesNotContain("canary").doesNotContain("sk-secret");
    }
}
