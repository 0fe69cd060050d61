package dev.darkroom.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.RejectedException.Reason;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

class AzureEmulatorTest extends ImagesApiContract {

    @Override
    protected String gateway() {
        return "azure";
    }

    @Override
    protected boolean fetchesReferences() {
        return false;
    }

    @Override
    protected Map<Ending, Set<Fault>> endings() {
        return Map.of(
                Ending.TRIED_AGAIN,
                EnumSet.of(Fault.RATE_LIMIT_UPSTREAM, Fault.RATE_LIMIT_EVENT),
                Ending.REJECTED,
                EnumSet.of(
                        Fault.IN_FLIGHT_BUDGET,
                        Fault.RATE_LIMIT_AVAILABILITY,
                        Fault.SPENT_QUOTA,
                        Fault.IMAGE_FAILED,
                        Fault.EDGE_TIMEOUT),
                Ending.FAILED,
                EnumSet.of(Fault.PROVIDER_ERROR, Fault.ERROR_EVENT, Fault.IMAGES_STOPPED),
                Ending.UNKNOWN,
                EnumSet.of(Fault.REQUEST_TIMEOUT, Fault.NO_TERMINAL, Fault.DONE_ONLY));
    }

    private String resource() {
        return emulator.baseUrl("azure").toString().replaceAll("/openai/v1$", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/openai/v1?api-version=preview",
                "/openai/v1/",
                "/openai/deployments/gpt-image-2?api-version=2025-04-01-preview",
                "/openai?api-version=2025-04-01-preview"
            })
    void everyKindOfBaseUrlLeadsToAPictureAndToAnEdit(String path) {
        var there = client().baseUrl(resource() + path);
        var picture = there.result(request()).block(PATIENCE).first();
        var edit = request().references(ImageReference.bytes(picture.toByteArray()));
        assertThat(there.result(edit).block(PATIENCE).first().isLoaded()).isTrue();
        assertThat(there.generate(edit.stream(true).partialImages(1))
                        .collectList()
                        .block(PATIENCE))
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Partial", "ImageReady", "Completed");
    }

    @Test
    void aTokenOfEntraIdIsTakenInPlaceOfAKey() {
        var there = client().apiKey(Mono.just("eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJhIn0.c2ln"));
        assertThat(there.result(request()).block(PATIENCE).first().isLoaded()).isTrue();
        assertThat(posts()).singleElement().satisfies(entry -> {
            assertThat(entry.header("api-key")).isEmpty();
            assertThat(entry.header("authorization")).isPresent();
        });
    }

    @Test
    void whatTheContentFilterRefusesIsModeration() {
        emulator.enqueue(Fault.MODERATION);
        assertThat(failure(client(), request()))
                .isInstanceOfSatisfying(
                        RejectedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MODERATION));
        assertThat(posts()).hasSize(1);
    }

    /** The picture is made and billed behind it, and nobody gets it; a stream with a preview has said something before. */
    @Test
    void aRenderThatPassesTheTwoMinuteWallIsRecommendedToStream() {
        var wall = Fault.TWO_MINUTE_WALL.lasting(Duration.ofMillis(50));
        emulator.enqueue(wall);
        assertThat(failure(client(), request()))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("two minutes")
                .hasMessageContaining("stream(true) with partial_images of 1 or more");
        assertThat(posts()).hasSize(1);
        emulator.enqueue(wall);
        assertThat(result(streamed()).images()).hasSize(1);
    }
}
