package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;
import static reactor.netty.transport.ProxyProvider.Proxy.HTTP;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.gate.RateGate;
import dev.darkroom.gate.Throttled;
import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageEvents;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.ModelEndpoint;
import dev.darkroom.image.ModelInfo;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.OutputFormat;
import dev.darkroom.image.Size;
import dev.darkroom.image.StoredStatus;
import dev.darkroom.image.UnavailableException;
import dev.darkroom.testsupport.SideBySide;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** The recipes of the documents, word for word (a test of test-support sees to that), doing what they say. */
class RecipesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final RunningEmulator emulator =
            ImageEmulator.create().shrink(16).latency(Duration.ofMillis(20)).start();
    private final ImageClient images = ImageClient.openRouter("sk-test")
            .baseUrl(emulator.openRouterBaseUrl().toString());
    private final String model = "openai/gpt-image-1-mini";
    private final ImageRequest request =
            ImageRequest.of(model, "a lighthouse at dawn").size(Size.pixels(16, 16)).stream(true);
    private final Flux<String> prompts = Flux.range(0, 12).map(number -> "lighthouse " + number);
    private final ConcurrentLinkedQueue<String> shown = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        images.close();
        emulator.close();
    }

    @Test
    void saveEveryFinalImage() {
        Flux<Path> saved = images.result(request)
                .flatMapIterable(ImageResult::images)
                .flatMap(image -> image.writeTo(folder.resolve(image.index() + "." + image.fileExtension())));
        assertThat(saved.collectList().block(PATIENCE))
                .singleElement()
                .satisfies(path -> assertThat(path).exists());
    }

    @Test
    void letOneRequestFailWhileTheOthersGoOn() {
        emulator.enqueue(Fault.MODERATION);
        Mono<ImageResult> slow =
                images.result(request.header("X-Emulator-Fault", "rate-limit; retry-after=2; times=3"));
        var waits = Sinks.<Throttled>one();
        slow.contextWrite(Throttled.listener(waits::tryEmitValue))
                .takeUntilOther(waits.asMono())
                .block(PATIENCE);
        assertThat(waits.asMono().block(PATIENCE)).isNotNull();
        assertThat(emulator.remainingFaults()).as("for whoever names none").isEqualTo(1);
    }

    @Test
    void straightToAFile() {
        Mono<Path> poster = images.downloads(d -> d.fetch(false))
                .result(request.outputFormat(OutputFormat.JPEG))
                .flatMap(result -> images.download(result.first(), folder.resolve("poster.jpeg")));
        assertThat(poster.block(PATIENCE)).exists();
    }

    @Test
    void letUrlImagesComeFromAGatewayOfYourOwn() {
        ImageClient own = images.downloads(d -> d.allow("minio.internal", "10.20.0.0/16"));
        try (var minio = new FileServer().put("/a.png", FileServer.picture(10))) {
            var image = GeneratedImage.at(0, null, URI.create("http://minio.internal:" + minio.port() + "/a.png"));
            assertThat(here(own).download(image).block(PATIENCE).size()).isEqualTo(10);
            var elsewhere = here(images).download(image).materialize().block(PATIENCE);
            assertThat(elsewhere.getThrowable())
                    .isInstanceOfSatisfying(
                            DownloadFailedException.class,
                            e -> assertThat(e.reason()).isEqualTo(DownloadFailedException.Reason.DENIED));
            assertThat(minio.connections()).isEqualTo(1);
        }
    }

    /** Whatever the name of a host, it is this machine. */
    private static ImageClient here(ImageClient client) {
        return client.downloads(d -> d.customize(http -> http.resolver(new Names("127.0.0.1"))));
    }

    @Test
    void manyPromptsEightAtATime() {
        emulator.enqueue(Fault.MODERATION);
        Flux<ImageResult> results = prompts.flatMap(
                prompt -> images.result(ImageRequest.of(model, prompt))
                        .onErrorResume(ImageException.class, e -> note(prompt, e)),
                8,
                1);
        assertThat(results.collectList().block(PATIENCE)).hasSize(11);
        assertThat(shown).hasSize(1);
    }

    private Mono<ImageResult> note(String prompt, ImageException failure) {
        shown.add(prompt + ": " + failure.getClass().getSimpleName());
        return Mono.empty();
    }

    @Test
    void oneAfterTheOther() {
        Flux<ImageEvent> events =
                prompts.concatMap(prompt -> images.generate(ImageRequest.of(model, prompt).stream(true)), 1);
        assertThat(events.ofType(ImageEvent.Completed.class).count().block(PATIENCE))
                .isEqualTo(12);
    }

    @Test
    void noFurtherPromptOnceADollarIsSpent() {
        var spent = new AtomicReference<>(BigDecimal.ZERO);
        Flux<ImageResult> results = prompts.takeWhile(prompt -> spent.get().compareTo(BigDecimal.ONE) < 0)
                .concatMap(
                        prompt -> images.result(ImageRequest.of(model, prompt))
                                .doOnNext(result -> spent.accumulateAndGet(costOf(result), BigDecimal::add)),
                        0);
        assertThat(results.count().block(PATIENCE)).isEqualTo(4);
        assertThat(emulator.journal().entries()).hasSize(4);
    }

    /** A quarter of a dollar more than it is. */
    private static BigDecimal costOf(ImageResult result) {
        return result.usage().cost().add(new BigDecimal("0.25"));
    }

    @Test
    void theNewestPreviewForASlowReader() {
        Flux<ImageEvent> events = images.generate(request).transform(ImageEvents.latestPartial());
        assertThat(events.blockLast(PATIENCE)).isInstanceOf(ImageEvent.Completed.class);
    }

    @Test
    void eachFinalImageAsSoonAsItIsKnown() {
        Flux<GeneratedImage> finals = images.generate(request.n(4)).transform(ImageEvents.images());
        assertThat(finals.map(GeneratedImage::index).collectList().block(PATIENCE))
                .containsExactly(0, 1, 2, 3);
    }

    @Test
    @SideBySide
    void sayThatARateLimitIsBeingWaitedOut() {
        emulator.enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofSeconds(1)));
        Flux<ImageEvent> events = images.rateLimits(
                        r -> r.onThrottled(wait -> show("rate limited until " + wait.until())))
                .generate(request);
        events.blockLast(PATIENCE);
        assertThat(shown).singleElement().asString().startsWith("rate limited until 20");
    }

    @Test
    @SideBySide
    void sayToOneSubscriptionThatItsRateLimitIsBeingWaitedOut() {
        emulator.enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofSeconds(1)));
        Flux<ImageEvent> events = images.generate(request)
                .contextWrite(Throttled.listener(wait -> show("rate limited until " + wait.until())));
        events.blockLast(PATIENCE);
        assertThat(shown).singleElement().asString().startsWith("rate limited until 20");
    }

    private void show(String what) {
        shown.add(what);
    }

    @Test
    @SideBySide
    void goElsewhereWhenTheGatewayCannotBeReached() {
        emulator.close();
        ImageGenerator other = elsewhere -> Flux.just(ImageEvent.completed(new byte[] {1}));
        Flux<ImageEvent> events = images.generate(request.deadline(Duration.ofMinutes(2)))
                .onErrorResume(UnavailableException.class, e -> other.generate(request));
        assertThat(events.blockLast(PATIENCE)).isInstanceOf(ImageEvent.Completed.class);
    }

    @Test
    void severalClientsShareWhatTheyKnowOfAQuota() {
        RateGate gate = RateGates.inMemory();
        ImageClient patient = images.rateLimits(r -> r.gate(gate).maxWait(Duration.ofMinutes(10)));
        ImageClient hasty = images.rateLimits(r -> r.gate(gate).maxWait(Duration.ofSeconds(5)));

        emulator.enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofSeconds(30)));
        var waiting = patient.generate(request).subscribe();
        Flux.interval(Duration.ofMillis(10))
                .filter(tick -> gate.states().stream().anyMatch(state -> state.closedUntil() != null))
                .blockFirst(PATIENCE);
        assertThat(hasty.result(request).onErrorComplete().block(PATIENCE)).isNull();
        assertThat(emulator.journal().entries()).hasSize(1);
        waiting.dispose();
    }

    @Test
    void editAnImage() throws IOException {
        var lighthouse = Path.of("lighthouse.png");
        var picture = images.result(request).block(PATIENCE).first();
        picture.writeTo(lighthouse).block(PATIENCE);
        try {
            ImageRequest edit =
                    ImageRequest.of(model, "make it night").references(ImageReference.file(Path.of("lighthouse.png")));
            assertThat(images.result(edit).block(PATIENCE).images()).hasSize(1);
        } finally {
            Files.delete(lighthouse);
        }
        var sent = emulator.journal().entries().get(1);
        assertThat(sent.bytes()).as("the picture went with it").isGreaterThan(picture.size());
        assertThat(sent.body().toString()).contains("make it night");
    }

    @Test
    void askWhatAModelCanDoAndWhatItCosts() {
        var catalogue = images.catalogue().orElseThrow();
        Flux<ModelInfo> streaming = catalogue.models().filter(ModelInfo::supportsStreaming);
        assertThat(streaming.count().block(PATIENCE)).isPositive();
        var prices = catalogue.endpoints("openai/gpt-image-1-mini").flatMapIterable(ModelEndpoint::pricing);
        assertThat(prices.count().block(PATIENCE)).isPositive();
    }

    private ImageClient token360() {
        return ImageClient.token360("sk-test")
                .baseUrl(emulator.token360BaseUrl().toString())
                .downloads(d -> d.allow("127.0.0.1"));
    }

    @Test
    void findOutWhatBecameOfARequestWhoseAnswerWasLost() {
        var images = token360();
        var request = ImageRequest.of("kling-image-o1", "a lighthouse at dawn");
        emulator.enqueue(Fault.CUT, Fault.EMPTY_REPLY, Fault.NONE);
        var stored = images.stored().orElseThrow();
        Mono<GeneratedImage> once = Mono.defer(() -> {
            var asked = Instant.now().minusSeconds(30);
            return images.result(request)
                    .map(ImageResult::first)
                    .onErrorResume(
                            OutcomeUnknownException.class,
                            lost -> stored.since(asked)
                                    .filter(image -> image.mayBeOf(request))
                                    .next()
                                    .repeatWhenEmpty(again -> again.take(10).delayElements(Duration.ofSeconds(30)))
                                    .switchIfEmpty(Mono.error(lost))
                                    .flatMap(image -> stored.content(image.id())));
        });
        for (int i = 0; i < 3; i++) {
            assertThat(once.block(PATIENCE).mediaType()).isEqualTo("image/png");
        }
        assertThat(emulator.journal().accepted())
                .as("three pictures, none paid for twice")
                .hasSize(3);
        images.close();
    }

    @Test
    void fetchAndDeleteWhatTheGatewayKeeps() {
        var images = token360();
        emulator.enqueue(Fault.IMAGE_FAILED);
        var fox = ImageRequest.of("kling-image-o1", "a fox");
        images.result(fox).onErrorComplete().block(PATIENCE);
        images.result(fox).block(PATIENCE);

        var stored = images.stored().orElseThrow();
        Flux<Path> fetched = stored.list()
                .take(100)
                .filter(image -> image.status().equals(StoredStatus.COMPLETED))
                .concatMap(image -> stored.content(image.id())
                        .flatMap(picture ->
                                picture.writeTo(folder.resolve(image.id() + "." + picture.fileExtension()))));
        Mono<Void> tidied = stored.list()
                .filter(image -> image.status().equals(StoredStatus.FAILED))
                .collectList()
                .flatMapIterable(failed -> failed)
                .concatMap(image -> stored.delete(image.id()))
                .then();
        assertThat(fetched.collectList().block(PATIENCE))
                .singleElement()
                .satisfies(file -> assertThat(file).exists());
        tidied.block(PATIENCE);
        assertThat(stored.list().count().block(PATIENCE)).isEqualTo(1);
        images.close();
    }

    @Test
    void aKeyThatChangesAndAProxy() throws IOException {
        var vault = new Vault();
        ImageClient changed = images.apiKey(vault::currentKey)
                .customize(http -> http.proxy(
                        proxy -> proxy.type(HTTP).host("proxy.internal").port(3128)));
        var gateway = emulator.openRouterBaseUrl().getPort();
        try (var proxy = new ConnectProxy(gateway)) {
            var here = changed.customize(
                    http -> http.proxy(spec -> spec.type(HTTP).host("127.0.0.1").port(proxy.port())));
            for (var i = 0; i < 2; i++) {
                here.result(request).subscribeOn(Schedulers.parallel()).block(PATIENCE);
            }
            assertThat(proxy.asked()).isNotEmpty();
        }
        assertThat(emulator.journal().entries())
                .as("each with a key of its own")
                .extracting(entry -> entry.key())
                .hasSize(2)
                .doesNotContainNull()
                .doesNotHaveDuplicates();
        assertThat(changed.toString()).doesNotContain("sk-");
    }

    /** Its keys change, and it takes its time. */
    private static final class Vault {

        private final AtomicInteger keys = new AtomicInteger();

        String currentKey() {
            try {
                Thread.sleep(1); // BlockHound objects to it where that is forbidden
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "sk-" + keys.incrementAndGet();
        }
    }

    @Test
    void inTestsAGeneratorIsALambda() {
        var png = new byte[] {1};
        ImageGenerator fake = request -> Flux.just(ImageEvent.completed(png));
        assertThat(fake.result(request).block(PATIENCE).images()).hasSize(1);
    }

    @Test
    @SideBySide
    void inTestsTheEmulatorIsAGateway() {
        List<ImageResult> results = new ArrayList<>();
        try (var emulator = ImageEmulator.create().partials(3).start()) {
            var images = ImageClient.openRouter("sk-test")
                    .baseUrl(emulator.openRouterBaseUrl().toString())
                    .downloads(d -> d.allow("127.0.0.1"));
            emulator.enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofSeconds(2)));
            results.add(images.result(request).block(PATIENCE));
            images.close();
        }
        assertThat(results).hasSize(1);
    }
}
