package dev.darkroom.emulated;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ImageClient;
import dev.darkroom.RateGates;
import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.journal.Entry;
import dev.darkroom.image.Billed;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.RejectedException.Reason;
import dev.darkroom.image.UnavailableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/**
 * What holds at every gateway which the emulator plays, over real sockets. Client and emulator share no code, so each judges
 * the other; where they differ, the facts decide.
 *
 * <p>Every fault is tried once, before the tests and many at a time, since most of that time is waiting. The tests look at
 * what became of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EmulatedGatewayContract {

    protected static final Duration PATIENCE = Duration.ofMinutes(3);

    /** All that can happen to a request by HTTP/1.1 without TLS; the others are in {@link SecureFaultsTest}. */
    private static final List<Fault> FAULTS = Arrays.stream(Fault.values())
            .filter(fault -> !SecureFaultsTest.KINDS.contains(fault.kind()))
            .toList();

    private static final int AT_A_TIME = 32;

    protected final RunningEmulator emulator = ImageEmulator.create().shrink(16).start();
    private final Traffic traffic = new Traffic();
    private final ImageClient connected =
            client(emulator).customize(traffic::watch).downloads(d -> d.allow("127.0.0.1"));
    private final Map<Fault, Trial> trials = new EnumMap<>(Fault.class);
    private int begun;

    /** What the client and the emulator call it. */
    protected abstract String gateway();

    /** A client of the gateway as the emulator plays it. */
    protected final ImageClient client(RunningEmulator emulator) {
        return ImageClient.named(gateway(), "sk-test")
                .baseUrl(emulator.baseUrl(gateway()).toString());
    }

    /** A small picture, buffered. */
    protected abstract ImageRequest request();

    /** The same as a stream of several events, where the gateway streams. */
    protected ImageRequest streamed() {
        return request().stream(true);
    }

    /** Several of them. */
    protected ImageRequest group(int images) {
        return request().n(images);
    }

    /** The same, where nothing but words says how many. */
    protected final ImageRequest inWords(int images) {
        return request().prompt(images + " pictures of a lighthouse at dawn");
    }

    protected abstract boolean streams();

    /** Whether a group says of each image that is not coming, and why; otherwise there is just one fewer. */
    protected boolean tellsOfFailedImages() {
        return false;
    }

    /** Whether nothing but the number of images tells that a stream is complete. */
    protected boolean endsWithTheLastImage() {
        return false;
    }

    /** Whether it fetches a reference from its URL; otherwise it has to be sent. */
    protected boolean fetchesReferences() {
        return true;
    }

    /** How the faults end which do not end here as they do at most gateways. */
    protected abstract Map<Ending, Set<Fault>> endings();

    /** Why the refusals are made which are made here for another reason than at most gateways. */
    protected Map<Fault, Reason> reasons() {
        return Map.of();
    }

    private Ending expected(Fault fault) {
        var here = endings();
        return here.keySet().stream()
                .filter(ending -> here.get(ending).contains(fault))
                .findFirst()
                .orElseGet(() -> switch (fault) {
                    case BAD_REQUEST,
                            VALIDATION,
                            UNAUTHORIZED,
                            CREDITS,
                            FORBIDDEN,
                            MODERATION,
                            NOT_FOUND,
                            MODEL_NOT_FOUND,
                            TOO_LARGE,
                            REDIRECT,
                            HTML_FORBIDDEN -> Ending.REJECTED;
                    case RATE_LIMIT,
                            RATE_LIMIT_DATE,
                            RATE_LIMIT_MILLIS,
                            RATE_LIMIT_SILENT,
                            UNAVAILABLE,
                            CAPACITY,
                            OVERLOADED -> Ending.TRIED_AGAIN;
                    case SERVER_ERROR, ERROR_IN_OK, IMAGES_STOPPED -> Ending.FAILED;
                    case GATEWAY_TIMEOUT,
                            HTML_BAD_GATEWAY,
                            PROXY_UNAVAILABLE,
                            HTML_OK,
                            MALFORMED_JSON,
                            NO_IMAGES,
                            GZIP_CUT,
                            UNKNOWN_ENCODING,
                            LENGTH_TOO_SHORT,
                            TWO_LENGTHS,
                            INVALID_LENGTH,
                            LENGTH_AND_CHUNKS,
                            CHUNK_TOO_SHORT,
                            INVALID_CHUNK,
                            HUGE_CHUNK,
                            ENDLESS_HEAD,
                            HALF_HEAD,
                            HALF_CLOSE,
                            GARBAGE,
                            GZIP_LIE,
                            CUT,
                            RESET,
                            TRUNCATED,
                            STALL,
                            STALLED_HEADERS,
                            EMPTY_REPLY -> Ending.UNKNOWN;
                    // what stands behind a whole document costs nothing; within a stream it is what comes next
                    case CHUNK_TOO_LONG -> streams() ? Ending.UNKNOWN : Ending.UNDERSTOOD;
                    default -> Ending.UNDERSTOOD;
                });
    }

    @BeforeAll
    void tryEveryFault() {
        Flux.fromIterable(FAULTS)
                .flatMap(fault -> Trial.of(fault, connected, streamed(), emulator.journal()), AT_A_TIME)
                .doOnNext(trial -> trials.put(trial.fault(), trial))
                .blockLast(PATIENCE);
    }

    @AfterAll
    void stop() {
        connected.close();
        emulator.close();
    }

    @BeforeEach
    void turnOverThePage() {
        begun = emulator.journal().entries().size();
    }

    @AfterEach
    void forgetFaults() {
        emulator.clearFaults();
    }

    /** One which nobody made wait. */
    protected final ImageClient client() {
        return connected.rateLimits(r -> r.gate(RateGates.inMemory()));
    }

    protected final List<ImageEvent> events(ImageRequest request) {
        return client().generate(request).collectList().block(PATIENCE);
    }

    protected final ImageResult result(ImageRequest request) {
        return client().result(request).block(PATIENCE);
    }

    protected final ImageException failure(ImageClient client, ImageRequest request) {
        var caught = new ArrayList<Throwable>();
        StepVerifier.create(settled(client.generate(request).then()))
                .consumeErrorWith(caught::add)
                .verify(PATIENCE);
        return (ImageException) caught.get(0);
    }

    /** What this test has asked the emulator for, other than downloads. */
    protected final List<Entry> posts() {
        return sinceThen("POST");
    }

    protected final List<Entry> sinceThen(String method) {
        return emulator.journal().entries().stream()
                .skip(begun)
                .filter(entry -> entry.method().equals(method))
                .toList();
    }

    // -- what is right

    @Test
    void aBufferedPictureIsOneEvent() throws IOException {
        var events = events(request());
        assertThat(events).hasSize(1);
        assertPicture(((ImageEvent.Completed) events.get(0)).result().first());
    }

    @Test
    void askingForAStreamEndsWellWhetherOrNotTheGatewayStreams() throws IOException {
        var events = events(streamed());
        assertThat(events.subList(0, events.size() - 1)).allMatch(ImageEvent.Progress.class::isInstance);
        assertThat(events.size() > 1).isEqualTo(streams());
        assertPicture(
                ((ImageEvent.Completed) events.get(events.size() - 1)).result().first());
    }

    protected static void assertPicture(GeneratedImage image) throws IOException {
        assertThat(image.index()).isZero();
        assertThat(image.mediaType()).isIn("image/png", "image/jpeg");
        assertThat(ImageIO.read(new ByteArrayInputStream(image.toByteArray()))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aGroupHasEachOfItsImages(boolean stream) {
        var images = result(group(3).stream(stream)).images();
        assertThat(images).extracting(GeneratedImage::index).containsExactly(0, 1, 2);
        assertThat(new HashSet<>(images.stream().map(GeneratedImage::toDataUrl).toList()))
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anImageThatFailsTakesNoFinishedOneWithIt(boolean stream) {
        for (Fault fault : List.of(Fault.IMAGE_FAILED, Fault.IMAGES_STOPPED)) {
            emulator.enqueue(fault.after(1));
            var kept = new ArrayList<GeneratedImage>();
            var failed = new ArrayList<Integer>();
            client().result(group(3).stream(stream))
                    .doOnNext(result -> kept.addAll(result.images()))
                    .doOnNext(result -> result.failures().forEach(failure -> failed.add(failure.index())))
                    .onErrorResume(OutcomeUnknownException.class, cut -> {
                        assertThat(stream && endsWithTheLastImage()).as("cut").isTrue();
                        kept.addAll(cut.partialResult().images());
                        return Mono.empty();
                    })
                    .block(PATIENCE);
            var request = posts().get(posts().size() - 1);
            assertThat(request.images().made()).isPositive();
            assertThat(kept).as("%s", fault).hasSize(request.images().made()).allMatch(GeneratedImage::isLoaded);
            assertThat(failed).as("%s", fault).isEqualTo(tellsOfFailedImages() ? List.of(1) : List.of());
        }
    }

    @Test
    void picturesToFollowGoAlongInEveryForm(@TempDir Path folder) {
        var picture = result(request()).first();
        var file = folder.resolve("a secret name." + picture.mediaType().substring("image/".length()));
        picture.writeTo(file).block(PATIENCE);
        var forms = new ArrayList<>(List.of(
                ImageReference.file(file),
                ImageReference.bytes(picture.toByteArray()),
                ImageReference.dataUrl(picture.toDataUrl())));
        if (fetchesReferences()) {
            forms.add(ImageReference.url(URI.create("https://example.com/a.png")));
        }
        for (ImageReference form : forms) {
            assertThat(result(request().references(form)).first().isLoaded())
                    .as(form.toString())
                    .isTrue();
        }
        assertThat(result(request().references(forms)).first().isLoaded()).isTrue();
        assertThat(posts())
                .hasSize(forms.size() + 2)
                .noneMatch(entry -> entry.toString().contains("secret"));
        assertThat(posts().get(forms.size() + 1).bytes()).isGreaterThan(3 * picture.size());
    }

    // -- what is wrong

    @Test
    void everyFaultIsTried() {
        assertThat(trials).containsOnlyKeys(FAULTS);
    }

    @Test
    void everyFaultEndsAsTheFactsSay() {
        ofEach(
                trials.values(),
                (trial, softly) ->
                        softly.assertThat(trial.ending()).as("%s", trial).isEqualTo(expected(trial.fault())));
    }

    @Test
    void whatIsUnderstoodOrTriedAgainIsAPicture() {
        ofEach(whose(trial -> trial.failure() == null && trial.ending() != Ending.WITHOUT_BYTES), (trial, softly) -> {
            softly.assertThat(trial.result().first().mediaType())
                    .as("%s", trial.fault())
                    .isIn("image/png", "image/jpeg");
        });
    }

    @Test
    void noFaultIsPaidForTwice() {
        ofEach(trials.values(), (trial, softly) -> {
            softly.assertThat(trial.requests().isEmpty() && !Trial.mayBeUnseen(trial.fault()))
                    .as("%s was never asked", trial.fault())
                    .isFalse();
            softly.assertThat(trial.taken())
                    .as("attempts which the gateway took on, %s", trial.fault())
                    .hasSizeLessThanOrEqualTo(1);
            softly.assertThat(trial.billed()).as("%s", trial.fault()).isLessThanOrEqualTo(1);
        });
    }

    @Test
    void whatMayHaveBeenAcceptedIsNotCalledRetryable() {
        ofEach(whose(trial -> trial.failure() != null && !trial.taken().isEmpty()), (trial, softly) -> {
            softly.assertThat(trial.failure())
                    .as("%s", trial.fault())
                    .isNotInstanceOfAny(RateLimitedException.class, UnavailableException.class);
        });
    }

    @Test
    void whatAFailureSaysOfMoneyIsTrue() {
        ofEach(
                whose(trial -> trial.failure() != null && trial.imageException().billed() != Billed.UNKNOWN),
                (trial, softly) -> softly.assertThat(trial.billed() > 0)
                        .as("%s", trial.fault())
                        .isEqualTo(trial.imageException().billed() == Billed.YES));
    }

    @Test
    void theNextRequestIsServedUnlessItWasToldToWait() {
        ofEach(trials.values(), (trial, softly) -> {
            softly.assertThat(trial.next() != null)
                    .as("%s lets the next pass", trial.fault())
                    .isEqualTo(trial.ending() != Ending.REFUSED);
            softly.assertThat(trial.gate().states())
                    .as("gate after %s", trial.fault())
                    .allMatch(state -> state.inFlight() == 0
                            && state.waiting() == 0
                            && (state.closedUntil() != null) == (trial.next() == null));
        });
    }

    /** Those to which a law applies; a law that applies to nothing is no law. */
    private List<Trial> whose(Predicate<Trial> condition) {
        var cases = trials.values().stream().filter(condition).toList();
        assertThat(cases).hasSizeGreaterThan(5);
        return cases;
    }

    private static void ofEach(Collection<Trial> cases, BiConsumer<Trial, SoftAssertions> law) {
        SoftAssertions.assertSoftly(softly -> cases.forEach(trial -> law.accept(trial, softly)));
    }

    @Test
    void everyRefusalHasItsReason() {
        var reasons = new HashMap<Fault, Reason>(Map.of(
                Fault.BAD_REQUEST, Reason.REQUEST,
                Fault.VALIDATION, Reason.REQUEST,
                Fault.UNAUTHORIZED, Reason.CREDENTIALS,
                Fault.CREDITS, Reason.CREDITS,
                Fault.FORBIDDEN, Reason.FORBIDDEN,
                Fault.MODERATION, Reason.MODERATION,
                Fault.NOT_FOUND, Reason.NOT_FOUND,
                Fault.MODEL_NOT_FOUND, Reason.NOT_FOUND,
                Fault.TOO_LARGE, Reason.TOO_LARGE,
                Fault.HTML_FORBIDDEN, Reason.FORBIDDEN));
        reasons.putAll(reasons());
        reasons.forEach((fault, reason) -> assertThat(
                        ((RejectedException) trials.get(fault).failure()).reason())
                .as("%s", fault)
                .isEqualTo(reason));
    }

    @Test
    void noConnectionIsLeftBehind() {
        events(request());
        traffic.awaitQuiet(PATIENCE);
        assertThat(traffic.connections()).isPositive();
    }

    @Test
    void aWrongKeyIsRefused() {
        assertThat(failure(client().apiKey("wrong"), request()))
                .isInstanceOfSatisfying(
                        RejectedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CREDENTIALS));
    }

    @Test
    void nothingIsSentBeforeTheInstantThatTheGatewayNames() {
        var wait = Duration.ofMillis(400);
        emulator.enqueue(Fault.RATE_LIMIT_MILLIS.retryAfter(wait));
        assertThat(result(request()).images()).hasSize(1);
        assertThat(posts()).hasSize(2);
        assertThat(Duration.between(posts().get(0).at(), posts().get(1).at())).isGreaterThanOrEqualTo(wait);
    }

    @Test
    void aWaitThatIsTooLongIsToldAtOnceWithItsInstant() {
        emulator.enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofHours(1)));
        var client = client();
        var refused = (RateLimitedException) failure(client, request());
        assertThat(Duration.between(Instant.now(), refused.retryAt()))
                .isBetween(Duration.ofMinutes(58), Duration.ofMinutes(61));
        assertThat(failure(client, request())).isInstanceOf(RateLimitedException.class);
        assertThat(posts()).hasSize(1);
    }

    @Test
    void cancellingReachesTheGateway() {
        emulator.enqueue(Fault.STALLED_HEADERS);
        var client = client();
        var call = client.generate(streamed()).subscribe();
        await(() -> posts().size() == 1);
        call.dispose();
        await(() -> posts().get(0).isCancelled());
        assertThat(client.result(request()).block(PATIENCE).first().isLoaded()).isTrue();
    }

    private static void await(BooleanSupplier condition) {
        Mono.fromSupplier(condition::getAsBoolean)
                .filter(met -> met)
                .repeatWhenEmpty(times -> times.delayElements(Duration.ofMillis(10)))
                .block(PATIENCE);
    }
}
