package dev.darkroom;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.journal.Entry;
import dev.darkroom.gate.RateGate;
import dev.darkroom.gate.Throttled;
import dev.darkroom.gateway.OpenRouter;
import dev.darkroom.image.Background;
import dev.darkroom.image.Billed;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.OutputFormat;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.Size;
import dev.darkroom.image.UnavailableException;
import dev.darkroom.image.WithheldException;
import dev.darkroom.internal.gateway.openrouter.OpenRouterDialect;
import dev.darkroom.testsupport.SideBySide;
import io.netty.channel.ChannelId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The client and the emulator, judging each other over real sockets. */
class ImageClientTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String MINI = "openai/gpt-image-1-mini";
    private static final ImageRequest BUFFERED = ImageRequest.of(MINI, "a lighthouse at dawn")
            .size(Size.pixels(256, 256))
            .seed(7);
    private static final ImageRequest STREAMED = BUFFERED.stream(true);

    private final RunningEmulator emulator = ImageEmulator.create().start();
    private final ImageClient client = ImageClient.openRouter("sk-test")
            .baseUrl(emulator.openRouterBaseUrl().toString());

    @AfterEach
    void stop() {
        client.close();
        emulator.close();
    }

    private List<ImageEvent> events(ImageRequest request) {
        return client.generate(request).collectList().block(PATIENCE);
    }

    private ImageException failure(ImageRequest request) {
        return failure(client, request);
    }

    private static ImageException failure(ImageClient client, ImageRequest request) {
        var caught = new ArrayList<Throwable>();
        StepVerifier.create(settled(client.generate(request).then()))
                .consumeErrorWith(caught::add)
                .verify(PATIENCE);
        return (ImageException) caught.get(0);
    }

    private static Mono<Boolean> until(BooleanSupplier condition) {
        return Mono.fromSupplier(condition::getAsBoolean)
                .filter(met -> met)
                .repeatWhenEmpty(times -> times.delayElements(Duration.ofMillis(5)));
    }

    private static void await(BooleanSupplier condition) {
        until(condition).block(PATIENCE);
    }

    private static boolean isClosed(RateGate gate) {
        return gate.states().stream().anyMatch(state -> state.closedUntil() != null);
    }

    private List<Entry> posts() {
        return emulator.journal().entries().stream()
                .filter(e -> e.method().equals("POST"))
                .toList();
    }

    @Test
    void aStreamedPictureSharpensAndIsTheSameAsTheBufferedOne() throws IOException {
        var streamed = events(STREAMED);
        assertThat(streamed).hasSizeGreaterThan(2);
        assertThat(streamed.subList(0, streamed.size() - 2)).allMatch(ImageEvent.Partial.class::isInstance);
        assertThat(streamed.get(streamed.size() - 2)).isInstanceOf(ImageEvent.ImageReady.class);
        var last = ((ImageEvent.Completed) streamed.get(streamed.size() - 1)).result();
        var buffered = events(BUFFERED);
        assertThat(buffered).hasSize(1);
        var whole = ((ImageEvent.Completed) buffered.get(0)).result();
        assertThat(last.first().toByteArray()).isEqualTo(whole.first().toByteArray());
        var picture = ImageIO.read(new ByteArrayInputStream(last.first().toByteArray()));
        assertThat(picture.getWidth()).isEqualTo(256);
        assertThat(last.usage().cost()).isPositive();
        assertThat(last.generationId()).startsWith("gen-img-");
        assertThat(last.provider()).isNotBlank();
    }

    @Test
    void streamTrueAgainstAModelThatCannotIsNormal() {
        var events = events(ImageRequest.of("black-forest-labs/flux.2-klein-4b", "a red circle").stream(true));
        assertThat(events).singleElement().isInstanceOf(ImageEvent.Completed.class);
        assertThat(((ImageEvent.Completed) events.get(0)).result().created()).isNull();
    }

    @Test
    void severalImagesOfOneStreamAreReadyOneByOne() {
        var events = events(STREAMED.n(3));
        assertThat(events.stream().filter(ImageEvent.ImageReady.class::isInstance))
                .hasSize(3);
        var result = ((ImageEvent.Completed) events.get(events.size() - 1)).result();
        assertThat(result.images()).extracting(image -> image.index()).containsExactly(0, 1, 2);
        assertThat(new HashSet<>(
                        result.images().stream().map(image -> image.toDataUrl()).toList()))
                .hasSize(3);
    }

    @Test
    void anIdleConnectionHoldsNoPicture() {
        var picture =
                new WeakReference<>(client.result(STREAMED).block(PATIENCE).first());
        await(
                () -> { // the call, and with it its connection, may still be reading the answer's end when the result
                    // is told
                    System.gc();
                    return picture.get() == null;
                });
    }

    @Test
    void resultIsTheEndWithoutTheShow() {
        StepVerifier.create(settled(client.result(STREAMED)))
                .assertNext(result -> assertThat(result.first().mediaType()).isEqualTo("image/png"))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void aVectorModelSendsItsMarkupAsText() {
        var model = client.catalogue()
                .orElseThrow()
                .models()
                .filter(info -> info.supportsStreaming() && info.id().contains("recraft"))
                .blockFirst(PATIENCE);
        var events = events(ImageRequest.of(model.id(), "a fox").stream(true));
        var markup = new StringBuilder();
        events.forEach(event -> {
            if (event instanceof ImageEvent.TextChunk chunk && chunk.phase().equals(ImageEvent.TextChunk.CONTENT)) {
                markup.append(chunk.text());
            }
        });
        var image =
                ((ImageEvent.Completed) events.get(events.size() - 1)).result().first();
        assertThat(image.mediaType()).isEqualTo("image/svg+xml");
        assertThat(markup).hasToString(new String(image.toByteArray(), StandardCharsets.UTF_8));
    }

    @Test
    void referencesOfEveryKindReachTheGateway(@TempDir Path folder) throws IOException {
        var picture = ((ImageEvent.Completed) events(BUFFERED).get(0)).result().first();
        var file = folder.resolve("a.png");
        picture.writeTo(file).block(PATIENCE);
        events(BUFFERED.references(
                ImageReference.file(file),
                ImageReference.bytes(Files.readAllBytes(file)),
                ImageReference.dataUrl(picture.toDataUrl())));
        var references = posts().get(1).body().path("input_references");
        assertThat(references).hasSize(3);
        assertThat(references.get(0)).isEqualTo(references.get(1)).isEqualTo(references.get(2));
        assertThat(posts().get(1).bytes()).isGreaterThan(3 * picture.size());
    }

    @Test
    void theCatalogueTellsModelsAndEndpoints() {
        StepVerifier.create(settled(client.catalogue()
                        .orElseThrow()
                        .models()
                        .filter(model -> model.id().equals(MINI))))
                .assertNext(model -> assertThat(model.supportedParameters()).containsKey("n"))
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(settled(client.catalogue().orElseThrow().endpoints(MINI)))
                .assertNext(endpoint -> assertThat(endpoint.pricing()).isNotEmpty())
                .thenConsumeWhile(endpoint -> true)
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(settled(client.catalogue().orElseThrow().endpoints("nobody/nothing")))
                .expectErrorSatisfies(
                        e -> assertThat(((RejectedException) e).reason()).isEqualTo(RejectedException.Reason.NOT_FOUND))
                .verify(PATIENCE);
        StepVerifier.create(settled(client.catalogue().orElseThrow().endpoints("nonsense")))
                .expectError(RejectedException.class)
                .verify(PATIENCE);
    }

    // -- demand and cancellation

    @Test
    void nothingIsSentBeforeSubscriptionAndDemand() {
        var flux = client.generate(BUFFERED);
        assertThat(posts()).isEmpty();
        StepVerifier.create(flux, 0)
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(300))
                .then(() -> assertThat(posts()).isEmpty())
                .thenRequest(1)
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(posts()).hasSize(1);
    }

    @Test
    void aSubscriberThatNeverAsksCausesNoRequestHoweverItIsComposed() {
        var refusing = client.rateLimits(r -> r.maxWait(Duration.ZERO));
        StepVerifier.create(Flux.just(BUFFERED).concatMap(refusing::generate, 0), 0)
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(200))
                .thenCancel()
                .verify();
        StepVerifier.create(refusing.generate(BUFFERED).retry(3), 0)
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(200))
                .thenCancel()
                .verify();
        assertThat(posts()).isEmpty();
    }

    @Test
    void throughFlatMapAtMostItsConcurrencyIsSentWhateverIsAskedFor() {
        StepVerifier.create(Flux.range(0, 100).flatMap(prompt -> client.generate(BUFFERED), 4, 1), 0)
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(500))
                .then(() -> assertThat(posts()).hasSizeLessThanOrEqualTo(4))
                .thenCancel()
                .verify();
        assertThat(posts()).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void theSameFluxCanBeSubscribedTwice() {
        var flux = client.generate(BUFFERED);
        flux.blockLast(PATIENCE);
        flux.blockLast(PATIENCE);
        assertThat(posts()).hasSize(2);
    }

    @Test
    void cancellingBeforeTheLastEventClosesTheSocketAndWaitsForNothing() {
        emulator.enqueue(Fault.STALL.after(1)); // no more comes, and no limit ends it
        var cancelled = emulator.journal().cancelled().toFuture();
        client.generate(STREAMED).take(1).blockLast(PATIENCE);
        assertThat(Mono.fromFuture(cancelled).block(PATIENCE).isCancelled()).isTrue();
    }

    @Test
    void cancellingBeforeAnyAnswerClosesTheSocketAndWaitsForNothing() {
        emulator.enqueue(Fault.STALLED_HEADERS);
        var cancelled = emulator.journal().cancelled().toFuture();
        var subscription = client.generate(BUFFERED).subscribe();
        await(() -> posts().size() == 1);
        subscription.dispose();
        assertThat(Mono.fromFuture(cancelled).block(PATIENCE).isCancelled()).isTrue();
    }

    @Test
    void disposingTheClientEndsItsCallsInTheOpen() {
        emulator.enqueue(Fault.STALLED_HEADERS);
        StepVerifier.create(client.generate(BUFFERED))
                .expectSubscription()
                .then(() -> await(() -> posts().size() == 1))
                .then(client::close)
                .expectErrorSatisfies(e -> assertThat(((OutcomeUnknownException) e).reason())
                        .isEqualTo(OutcomeUnknownException.Reason.CUT))
                .verify(PATIENCE);
    }

    /** A call may begin while the connections of those before it are still on their way to the pool. */
    @Test
    void afterTheLastEventTheConnectionIsUsedAgain() {
        Set<ChannelId> channels = ConcurrentHashMap.newKeySet();
        var counting = client.customize(http -> http.doOnRequest(
                (request, connection) -> channels.add(connection.channel().id())));
        for (int i = 0; i < 20; i++) {
            counting.generate(STREAMED.size(Size.pixels(64, 64))).blockLast(PATIENCE);
        }
        assertThat(channels).hasSizeLessThan(10);

        for (int i = 0; i < 20; i++) {
            counting.generate(BUFFERED).next().block(PATIENCE); // which cancels when it has the only event
        }
        assertThat(channels).as("under next() too").hasSizeLessThan(10);
    }

    // -- outcomes

    @Test
    void aStreamAlthoughNoneWasAskedForIsUnderstood() {
        emulator.enqueue(Fault.STREAM_FOR_JSON);
        assertThat(events(BUFFERED)).last().isInstanceOf(ImageEvent.Completed.class);
    }

    @Test
    void everyByteInAChunkOfItsOwnIsUnderstood() {
        emulator.enqueue(Fault.DRIP);
        assertThat(events(STREAMED.size(Size.pixels(16, 16)))).last().isInstanceOf(ImageEvent.Completed.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"NO_TERMINAL", "DONE_ONLY", "CUT", "RESET", "TRUNCATED", "STALL"})
    @SideBySide
    void aStreamThatDoesNotReachItsEndIsAnErrorThatCarriesWhatHadArrived(Fault fault) {
        emulator.enqueue(fault);
        // so small that it is with us before a reset, which takes along what was not delivered yet
        var small = STREAMED.size(Size.pixels(16, 16));
        var failure = (OutcomeUnknownException)
                failure(fault == Fault.STALL ? client.timeouts(t -> t.silence(Duration.ofSeconds(4))) : client, small);
        assertThat(failure.partialResult().lastPartial()).isNotNull();
        assertThat(failure.reason())
                .isEqualTo(
                        fault == Fault.STALL
                                ? OutcomeUnknownException.Reason.TIMED_OUT
                                : OutcomeUnknownException.Reason.CUT);
        assertThat(posts()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"MALFORMED_JSON", "NO_IMAGES", "GZIP_LIE"})
    void anAnswerThatMakesNoSenseIsAnUnknownOutcome(Fault fault) {
        emulator.enqueue(fault);
        var failure = (OutcomeUnknownException) failure(STREAMED);
        assertThat(failure.reason()).isEqualTo(OutcomeUnknownException.Reason.UNDECODABLE);
    }

    @Test
    void aTruncatedDocumentIsAnErrorAlthoughTheConnectionEndedCleanly() {
        emulator.enqueue(Fault.TRUNCATED);
        assertThat(failure(BUFFERED)).isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void aConnectionClosedInsteadOfAnAnswerLeavesTheOutcomeOpen() {
        emulator.enqueue(Fault.EMPTY_REPLY);
        assertThat(failure(BUFFERED))
                .isInstanceOfSatisfying(
                        OutcomeUnknownException.class,
                        e -> assertThat(e.reason()).isEqualTo(OutcomeUnknownException.Reason.CUT));
    }

    @Test
    @SideBySide
    void aGatewayThatSaysNothingTimesOutWithAnOpenOutcome() {
        emulator.enqueue(Fault.STALLED_HEADERS);
        var failure =
                (OutcomeUnknownException) failure(client.timeouts(t -> t.firstByte(Duration.ofSeconds(4))), BUFFERED);
        assertThat(failure.reason()).isEqualTo(OutcomeUnknownException.Reason.TIMED_OUT);
        assertThat(failure.getMessage()).contains("first-byte timeout of PT4S");
        assertThat(posts()).hasSize(1);
    }

    @Test
    void errorEventsAndErrorsInsideA200AreFailedGenerations() {
        emulator.enqueue(Fault.ERROR_EVENT.after(1), Fault.Plan.of(Fault.ERROR_IN_OK));
        var inStream = (GenerationFailedException) failure(STREAMED);
        assertThat(inStream.partialResult().lastPartial()).isNotNull();
        assertThat(inStream.billed()).isEqualTo(Billed.NO);
        assertThat(failure(BUFFERED)).isInstanceOf(GenerationFailedException.class);
    }

    @Test
    @SideBySide
    void aGatewayThatCannotBeReachedIsUnavailable() throws IOException {
        ImageException failure;
        try (var nobody = new Socket()) { // has a port, and does not listen
            nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            failure = failure(client.baseUrl("http://127.0.0.1:" + nobody.getLocalPort()), BUFFERED);
        }
        assertThat(failure).isInstanceOf(UnavailableException.class);
        assertThat(failure.billed()).isEqualTo(Billed.NO);
        assertThat(failure.getMessage()).contains("127.0.0.1", "before the request was sent (refused)");
        assertThat(failure(client.baseUrl("http://no-such-host.invalid"), BUFFERED))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("(unknown host)");
    }

    @Test
    void whatIsWrongIsRefusedBeforeAnythingIsSent() {
        assertThat(failure(BUFFERED.n(11)))
                .isInstanceOfSatisfying(
                        RejectedException.class, e -> assertThat(e.getMessage()).contains("n must be 1 to 10, not 11"));
        assertThat(failure(BUFFERED.header("X-A", "a\r\nB: c")).getMessage()).contains("X-A must be visible ASCII");
        assertThat(failure(BUFFERED.header("Authorization", "x")).getMessage()).contains("set by the client itself");
        assertThat(failure(BUFFERED.background(Background.TRANSPARENT).outputFormat(OutputFormat.JPEG)))
                .isInstanceOf(RejectedException.class);
        assertThat(posts()).isEmpty();
    }

    // -- rate limits

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {
                "RATE_LIMIT",
                "RATE_LIMIT_DATE",
                "RATE_LIMIT_MILLIS",
                "RATE_LIMIT_UPSTREAM",
                "RATE_LIMIT_AVAILABILITY",
                "IN_FLIGHT_BUDGET"
            })
    @SideBySide
    void aRefusedRequestIsSentAgainNotEarlierThanTheGatewaySaid(Fault fault) {
        emulator.enqueue(fault.retryAfter(Duration.ofSeconds(1)));
        var throttled = Collections.synchronizedList(new ArrayList<Throttled>());
        var begin = Instant.now();
        assertThat(client.rateLimits(r -> r.onThrottled(throttled::add))
                        .generate(BUFFERED)
                        .blockLast(PATIENCE))
                .isInstanceOf(ImageEvent.Completed.class);
        assertThat(posts()).hasSize(2);
        var refusedAt = posts().get(0).at();
        // a date has no fractions of a second, so it may name an instant up to a second before
        var least = fault == Fault.RATE_LIMIT_DATE ? Duration.ZERO : Duration.ofSeconds(1);
        assertThat(Duration.between(refusedAt, posts().get(1).at())).isGreaterThanOrEqualTo(least);
        assertThat(throttled).singleElement().satisfies(wait -> {
            assertThat(wait.attempt()).isEqualTo(1);
            assertThat(wait.until()).isAfter(begin);
            assertThat(wait.quota()).hasToString("127.0.0.1/" + MINI);
        });
    }

    @Test
    @SideBySide
    void aRateLimitEventBeforeTheFirstEventIsARefusal() {
        emulator.enqueue(Fault.RATE_LIMIT_EVENT);
        assertThat(events(STREAMED)).last().isInstanceOf(ImageEvent.Completed.class);
        assertThat(posts()).hasSize(2);
    }

    @Test
    void aRateLimitEventAfterAPreviewIsNotRetried() {
        emulator.enqueue(Fault.RATE_LIMIT_EVENT.after(1));
        assertThat(failure(STREAMED)).isInstanceOf(GenerationFailedException.class);
        assertThat(posts()).hasSize(1);
    }

    @Test
    void aWaitThatDoesNotFitFailsAtOnceWithTheGatewaysInstant() {
        emulator.enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofHours(1)));
        var failure = (RateLimitedException) failure(BUFFERED);
        assertThat(Duration.between(Instant.now(), failure.retryAt()))
                .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
        assertThat(posts()).hasSize(1);
        var other = (RateLimitedException) failure(BUFFERED);
        assertThat(other.retryAt()).as("the whole quota waits").isAfterOrEqualTo(failure.retryAt());
        assertThat(posts()).as("so another request is not even sent").hasSize(1);
    }

    @Test
    @SideBySide
    void aRequestInLineFailsWhenItsGateClosesForTooLong() {
        emulator.enqueue(
                Fault.RATE_LIMIT.retryAfter(Duration.ofSeconds(1)), Fault.RATE_LIMIT.retryAfter(Duration.ofHours(1)));
        var gate = RateGates.inMemory();
        var gated = client.rateLimits(r -> r.gate(gate));
        var later = gated.generate(BUFFERED).delaySubscription(until(() -> isClosed(gate)));
        StepVerifier.create(settled(Flux.merge(refusal(gated.generate(BUFFERED)), refusal(later))))
                .expectNextCount(2)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(posts()).hasSize(2);
    }

    private static Mono<RateLimitedException> refusal(Flux<ImageEvent> call) {
        return call.then(Mono.<RateLimitedException>empty()).onErrorResume(RateLimitedException.class, Mono::just);
    }

    @Test
    void aWaitBeyondTheDeadlineFailsAtOnceToo() {
        emulator.enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofSeconds(110)));
        assertThat(failure(BUFFERED.deadline(Duration.ofSeconds(100)))).isInstanceOf(RateLimitedException.class);
        assertThat(posts()).hasSize(1);
    }

    @Test
    void cancellingWhileWaitingSendsNothingMore() {
        var gate = RateGates.inMemory();
        emulator.enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofMinutes(1)));
        StepVerifier.create(client.rateLimits(r -> r.gate(gate)).generate(BUFFERED))
                .expectSubscription()
                .then(() -> await(() -> isClosed(gate)))
                .expectNoEvent(Duration.ofMillis(300))
                .thenCancel()
                .verify();
        await(() -> gate.states().stream().allMatch(state -> state.waiting() == 0 && state.inFlight() == 0));
        assertThat(gate.states()).hasSizeLessThanOrEqualTo(1);
        assertThat(posts()).hasSize(1);
    }

    @Test
    @SideBySide
    void aDeadlineEndsAnAttemptWithAnOpenOutcome() {
        emulator.enqueue(Fault.STALLED_HEADERS);
        assertThat(failure(BUFFERED.deadline(Duration.ofSeconds(4))))
                .isInstanceOfSatisfying(
                        OutcomeUnknownException.class,
                        e -> assertThat(e.reason()).isEqualTo(OutcomeUnknownException.Reason.TIMED_OUT));
    }

    // -- access

    @Test
    @SideBySide
    void theKeyIsAskedForBeforeEachAttempt() {
        var asked = new AtomicInteger();
        emulator.enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofSeconds(1)));
        client.apiKey(Mono.fromSupplier(() -> "sk-" + asked.incrementAndGet()))
                .generate(BUFFERED)
                .blockLast(PATIENCE);
        assertThat(asked).as("for the line, and for each attempt").hasValueGreaterThanOrEqualTo(3);
        assertThat(posts().get(0).key()).isNotEqualTo(posts().get(1).key());
    }

    @Test
    void aKeyThatCannotBeHadIsARejectionAndNothingIsSent() {
        var failing = client.apiKey(Mono.error(new IllegalStateException("vault sealed")));
        var failure = (RejectedException) failure(failing, BUFFERED);
        assertThat(failure.reason()).isEqualTo(RejectedException.Reason.CREDENTIALS);
        assertThat(failure)
                .cause()
                .isInstanceOfSatisfying(
                        WithheldException.class,
                        withheld -> assertThat(withheld.original()).hasMessage("vault sealed"));
        assertThat(((RejectedException) failure(client.apiKey(Mono.just("a\nb")), BUFFERED)).reason())
                .isEqualTo(RejectedException.Reason.CREDENTIALS);
        assertThat(posts()).isEmpty();
    }

    @Test
    void headersOfClientAndRequestAreSentAndTheRequestsWin() {
        client.header(OpenRouter.ATTRIBUTION_URL, "https://example.com")
                .header(OpenRouter.ATTRIBUTION_TITLE, "My app")
                .header("X-Both", "client")
                .generate(BUFFERED.header("x-both", "request").idempotencyKey("once-1"))
                .blockLast(PATIENCE);
        var sent = posts().get(0);
        assertThat(sent.header("http-referer")).contains("https://example.com");
        assertThat(sent.header("x-openrouter-title")).contains("My app");
        assertThat(sent.header("x-both")).contains("request");
        assertThat(sent.header("idempotency-key")).contains("once-1");
        assertThat(sent.header("accept-encoding")).contains("identity");
        assertThat(sent.header("user-agent").orElse("")).startsWith("darkroom");
        assertThat(sent.header("content-length")).isPresent();
    }

    @Test
    void everyWitherLeavesItsOriginalAsItWas() {
        var before = client.toString();
        client.apiKey("sk-other")
                .header("X-A", "1")
                .timeouts(t -> t.connect(Duration.ofSeconds(1))
                        .firstByte(Duration.ofSeconds(1))
                        .silence(Duration.ofSeconds(1))
                        .total(Duration.ofSeconds(1)))
                .limits(l -> l.imageBytes(1).textBytes(1).responseBytes(1).images(1))
                .baseUrl("http://127.0.0.1:1")
                .customize(http -> http.wiretap(true));
        assertThat(client).hasToString(before);
        assertThat(events(BUFFERED)).hasSize(1);
    }

    @Test
    void settingsThatCannotBeMeantAreRefusedInWords() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageClient.openRouter(null))
                .withMessageContaining("the API key of openrouter is missing");
        assertThatIllegalArgumentException().isThrownBy(() -> ImageClient.openRouter("  "));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageClient.openRouter("sk-\u00e9secret"))
                .withMessageNotContaining("secret");
        for (String url : List.of("localhost:80", "ftp://x", "http://u:p@host/", "http://host/#q=1", "/relative")) {
            assertThatIllegalArgumentException().as(url).isThrownBy(() -> client.baseUrl(url));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> client.timeouts(t -> t.silence(Duration.ZERO)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.rateLimits(r -> r.maxWait(Duration.ofSeconds(-1))));
        assertThatIllegalArgumentException().isThrownBy(() -> client.limits(l -> l.imageBytes(0)));
    }

    @Test
    void theKeyShowsNowhere() {
        assertThat(ImageClient.openRouter("sk-canary-1")
                        .header("X-B", "canary-2")
                        .toString())
                .doesNotContain("canary");
        assertThat(ImageClient.of(new OpenRouterDialect()).toString()).contains("openrouter");
    }

    // -- limits

    @Test
    void anImageAboveTheLimitIsAnErrorThatNamesTheWither() {
        assertThat(failure(client.limits(l -> l.imageBytes(100)), BUFFERED))
                .isInstanceOfSatisfying(OutcomeUnknownException.class, e -> {
                    assertThat(e.reason()).isEqualTo(OutcomeUnknownException.Reason.TOO_LARGE);
                    assertThat(e.getMessage()).contains("l.imageBytes");
                });
    }

    @Test
    void anOversizedImageFailsAloneAndItsSiblingsSurvive() {
        var sizes = client.result(BUFFERED.n(3)).block(PATIENCE).images().stream()
                .mapToLong(image -> image.size())
                .sorted()
                .toArray();
        var result =
                client.limits(l -> l.imageBytes(sizes[1])).result(BUFFERED.n(3)).block(PATIENCE);
        assertThat(result.images()).hasSize(2);
        assertThat(result.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ImageFailure.TOO_LARGE));
    }

    @Test
    void everyOtherLimitNamesItsWitherToo() {
        assertThat(failure(client.limits(l -> l.responseBytes(1000)), BUFFERED).getMessage())
                .contains("l.responseBytes");
        assertThat(failure(client.limits(l -> l.images(1)), BUFFERED.n(2)).getMessage())
                .contains("l.images");
        assertThat(failure(client.limits(l -> l.textBytes(20)), BUFFERED).getMessage())
                .contains("l.textBytes");
    }
}
