package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.gate.BeforeSend;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.Size;
import dev.darkroom.image.UnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Recipes of the documents, word for word, in which several generations, or several steps, make one flow. */
class FlowRecipesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final RunningEmulator emulator =
            ImageEmulator.create().shrink(16).latency(Duration.ZERO).start();
    private final ImageClient images = ImageClient.openRouter("sk-test")
            .baseUrl(emulator.openRouterBaseUrl().toString());
    private final ImageGenerator other = elsewhere -> Flux.just(ImageEvent.completed(new byte[] {1}));
    private final String model = "openai/gpt-image-1-mini";
    private final ImageRequest request =
            ImageRequest.of(model, "a lighthouse at dawn").size(Size.pixels(1024, 1024));
    private final List<String> said = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        images.close();
        emulator.close();
    }

    private Mono<ImageResult> note(String what, ImageException e) {
        said.add(what + " " + e.outcome().word());
        return Mono.empty();
    }

    private void write(String word) {
        said.add(word + " " + emulator.journal().entries().size());
    }

    private int shrink(GeneratedImage image) {
        said.add(Thread.currentThread().getName());
        return (int) image.size();
    }

    @Test
    void onePromptForSeveralModels() {
        emulator.enqueue(Fault.MODERATION);
        var request = ImageRequest.of(model, "a lighthouse at dawn"); // of a size that each model has
        Flux<ImageResult> results = Flux.just("openai/gpt-image-1-mini", "bytedance-seed/seedream-4.5")
                .flatMap(each ->
                        images.result(request.model(each)).onErrorResume(ImageException.class, e -> note(each, e)));
        assertThat(results.collectList().block(PATIENCE)).hasSize(1);
        assertThat(said).singleElement().asString().endsWith(" rejected");
    }

    @Test
    void anotherGatewayForWhatWasNeverSent() {
        emulator.enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofHours(1)));
        Mono<ImageResult> result = images.rateLimits(r -> r.maxWait(Duration.ofSeconds(10)))
                .result(request)
                .onErrorResume(RateLimitedException.class, e -> other.result(request))
                .onErrorResume(UnavailableException.class, e -> other.result(request));
        assertThat(result.block(PATIENCE).first().size()).isOne();
        assertThat(emulator.journal().accepted()).isEmpty();
    }

    @Test
    void theFirstOfTwo() {
        emulator.enqueue(Fault.STALLED_HEADERS);
        ImageGenerator other = elsewhere -> sent().thenMany(Flux.just(ImageEvent.completed(new byte[] {1})));
        Mono<ImageResult> first = Mono.firstWithValue(images.result(request), other.result(request));
        assertThat(first.block(PATIENCE).first().size()).isOne();
        assertThat(emulator.journal().cancelled().block(PATIENCE)).isNotNull();
    }

    private Mono<Integer> sent() {
        return Mono.fromCallable(() -> emulator.journal().entries().size())
                .filter(entries -> entries > 0)
                .repeatWhenEmpty(again -> again.delayElements(Duration.ofMillis(10)));
    }

    @Test
    void aTapOnThePreviews() {
        Sinks.Many<ImageEvent> tap = Sinks.many().multicast().directBestEffort();
        Mono<ImageResult> end = images.generate(request.stream(true))
                .doOnNext(tap::tryEmitNext)
                .ofType(ImageEvent.Completed.class)
                .single()
                .map(ImageEvent.Completed::result);
        var seen = new CopyOnWriteArrayList<ImageEvent>();
        tap.asFlux().subscribe(seen::add);
        assertThat(end.block(PATIENCE).images()).hasSize(1);
        assertThat(seen).hasAtLeastOneElementOfType(ImageEvent.Partial.class);
    }

    @Test
    void workOnEachPictureOffTheEventLoops() {
        Flux<String> prompts = Flux.range(0, 6).map(i -> "fox " + i);
        Flux<Integer> thumbnails = prompts.flatMap(prompt -> images.result(ImageRequest.of(model, prompt)), 8, 1)
                .flatMap(
                        result ->
                                Mono.fromCallable(() -> shrink(result.first())).subscribeOn(Schedulers.parallel()),
                        2,
                        1);
        assertThat(thumbnails.collectList().block(PATIENCE)).hasSize(6);
        assertThat(said).allMatch(thread -> thread.startsWith("parallel"));
    }

    @Test
    void aChainInWhichOnePictureIsTheReferenceOfTheNext() {
        Mono<ImageResult> night = images.result(ImageRequest.of(model, "a fox"))
                .map(result -> ImageReference.bytes(result.first().toByteArray()))
                .flatMap(fox -> images.result(
                        ImageRequest.of(model, "the same at night").references(fox)));
        assertThat(night.block(PATIENCE).images()).hasSize(1);
        assertThat(emulator.journal().entries().get(1).body().toString()).contains("the same at night");
        assertThat(emulator.journal().accepted()).hasSize(2);
    }

    @Test
    void aJournalThatSaysSentBeforeAnythingLeaves() {
        Mono<ImageResult> result = images.result(request)
                .contextWrite(BeforeSend.step(Mono.fromRunnable(() -> write("sent"))))
                .doOnNext(made -> write("done"))
                .doOnError(ImageException.class, e -> write(e.outcome().word()));
        result.block(PATIENCE);
        assertThat(said).containsExactly("sent 0", "done 1");
    }
}
