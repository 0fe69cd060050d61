package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.gateway.OpenRouter;
import dev.darkroom.gateway.ProviderRouting;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.Size;
import dev.darkroom.image.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Recipes of the documents, word for word, about what is asked for and what is done when it does not come. */
class OptionsAndFailuresRecipesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final RunningEmulator emulator =
            ImageEmulator.create().shrink(16).latency(Duration.ZERO).start();
    private final ImageClient images = ImageClient.openRouter("sk-test")
            .baseUrl(emulator.openRouterBaseUrl().toString())
            .rateLimits(r -> r.maxWait(Duration.ZERO));
    private final ImageGenerator other = elsewhere -> Flux.just(ImageEvent.completed(new byte[] {1}));
    private final ImageRequest request =
            ImageRequest.of("openai/gpt-image-1-mini", "a lighthouse at dawn").size(Size.pixels(16, 16));
    private final List<String> done = new ArrayList<>();

    @AfterEach
    void stop() {
        images.close();
        emulator.close();
    }

    @Test
    void aWishThatOneGatewayAloneKnows() {
        Mono<ImageResult> result = images.result(request.with(
                        OpenRouter.ROUTING,
                        ProviderRouting.any().order("openai").allowFallbacks(false))
                .with(OpenRouter.SESSION_ID, "album-7"));
        assertThat(result.block(PATIENCE).images()).hasSize(1);
        assertThat(emulator.journal().entries().get(0).body().toString()).contains("album-7", "allow_fallbacks");
    }

    @Test
    void limitsAreValues() {
        Mono<ImageResult> result = images.timeouts(
                        t -> t.firstByte(Duration.ofMinutes(10)).silence(Duration.ofMinutes(1)))
                .limits(l -> l.imageBytes(64 << 20).images(32))
                .result(request);
        assertThat(result.block(PATIENCE).images()).hasSize(1);
    }

    @Test
    void eachOfTheFiveFailuresHasItsAnswer() {
        emulator.enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofHours(1)));
        emulator.enqueue(Fault.MODERATION, Fault.SERVER_ERROR, Fault.CUT);
        for (var i = 0; i < 4; i++) {
            ask(images.rateLimits(r -> r.gate(RateGates.inMemory())));
        }
        emulator.close();
        ask(images);
        assertThat(done)
                .containsExactly(
                        "later", "explained MODERATION", "kept what had arrived", "kept what had arrived", "a picture");
    }

    private void ask(ImageClient images) {
        Mono<ImageResult> result = images.result(request)
                .onErrorResume(RateLimitedException.class, e -> later(request, e.retryAt()))
                .onErrorResume(UnavailableException.class, e -> other.result(request))
                .onErrorResume(RejectedException.class, e -> explain(e.reason(), e.providerMessage()))
                .onErrorResume(GenerationFailedException.class, e -> keep(e.partialResult()))
                .onErrorResume(OutcomeUnknownException.class, e -> keep(e.partialResult()));
        if (result.block(PATIENCE) != null) {
            done.add("a picture");
        }
    }

    private Mono<ImageResult> later(ImageRequest again, @Nullable Instant at) {
        assertThat(again).isEqualTo(request);
        assertThat(at).isAfter(Instant.now());
        done.add("later");
        return Mono.empty();
    }

    private Mono<ImageResult> explain(RejectedException.Reason reason, @Nullable String words) {
        assertThat(words).isNotBlank();
        done.add("explained " + reason);
        return Mono.empty();
    }

    private Mono<ImageResult> keep(PartialResult partialResult) {
        assertThat(partialResult.images()).isEmpty();
        done.add("kept what had arrived");
        return Mono.empty();
    }
}
