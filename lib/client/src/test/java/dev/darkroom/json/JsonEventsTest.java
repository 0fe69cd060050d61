package dev.darkroom.json;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.darkroom.image.Billed;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RateLimitedException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import tools.jackson.databind.json.JsonMapper;

/** What a stream of events is when it goes through JSON: each picture once, and at the other end all as it was. */
class JsonEventsTest {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().findAndAddModules().build();

    private static GeneratedImage image(int index) {
        var bytes = new byte[1000 + index];
        Arrays.fill(bytes, (byte) (100 + index));
        return GeneratedImage.of(
                index, "image/png", List.of(ByteBuffer.wrap(bytes, 0, 500), ByteBuffer.wrap(bytes, 500, 500 + index)));
    }

    private static String base64(GeneratedImage image) {
        return Base64.getEncoder().encodeToString(image.toByteArray());
    }

    private static ImageEvent ready(int index) {
        return new ImageEvent.ImageReady(image(index));
    }

    private static ImageEvent.Partial preview(int image, int partial) {
        return new ImageEvent.Partial(image, partial, image(10 * partial + image));
    }

    private static Flux<String> written(Flux<ImageEvent> events) {
        return events.transform(JsonEvents.write()).map(MAPPER::writeValueAsString);
    }

    private static Flux<ImageEvent> read(Flux<String> lines) {
        return lines.map(line -> MAPPER.readValue(line, JsonEvent.class)).transform(JsonEvents.read());
    }

    private static int count(String text, String part) {
        return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }

    @Test
    void whatWasAnnouncedIsNamedInTheEndAndWhatWasNotIsInIt() {
        var lines = written(Flux.just(ready(0), ImageEvent.completed(image(0), image(1))))
                .collectList()
                .block();
        assertThat(lines).hasSize(2);
        assertThat(count(String.join("", lines), base64(image(0)))).isEqualTo(1);
        assertThat(lines.get(1)).contains(base64(image(1))).contains("{\"index\":0,\"announced\":true}");
        StepVerifier.create(settled(read(Flux.fromIterable(lines))))
                .expectNext(ready(0))
                .expectNext(ImageEvent.completed(image(0), image(1)))
                .verifyComplete();
    }

    @Test
    void aSingleEventHasAllThatThereIs() {
        var json = MAPPER.writeValueAsString(ImageEvent.completed(image(0), image(1)));
        assertThat(json).contains(base64(image(0))).contains(base64(image(1)));
        assertThat(MAPPER.readValue(json, ImageEvent.class)).isEqualTo(ImageEvent.completed(image(0), image(1)));
        assertThat(MAPPER.readValue(json, ImageEvent.Completed.class).result().images())
                .hasSize(2);
    }

    @Test
    void aPictureThatChangedSinceItWasAnnouncedIsSentAgain() {
        var other = GeneratedImage.of(0, new byte[] {1, 2, 3});
        var lines = written(Flux.just(ready(0), ImageEvent.completed(other)))
                .collectList()
                .block();
        assertThat(lines.get(1)).contains(base64(other)).doesNotContain("announced");
        var byUrl = GeneratedImage.at(0, "image/png", URI.create("https://images.example/1.png"));
        var fetched = byUrl.withContent(other.asByteBuffers());
        lines = written(Flux.just(new ImageEvent.ImageReady(byUrl), ImageEvent.completed(fetched)))
                .collectList()
                .block();
        assertThat(lines.get(1)).contains(base64(other));
    }

    @Test
    void ofTwoPicturesWithOneNumberNoneIsLost() {
        var other = GeneratedImage.of(0, new byte[] {1, 2, 3});
        var lines = written(Flux.just(ready(0), ImageEvent.completed(image(0), other)))
                .collectList()
                .block();
        assertThat(lines.get(1)).contains(base64(other), base64(image(0)));
    }

    @Test
    void theSameFluxSubscribedTwiceRemembersNothingOfTheFirst() {
        var turn = new AtomicInteger();
        var lines = written(Flux.defer(() -> turn.getAndIncrement() == 0
                ? Flux.just(ready(0), ImageEvent.completed(image(0)))
                : Flux.just(ImageEvent.completed(image(0)))));
        assertThat(lines.blockLast()).contains("announced");
        assertThat(lines.blockLast()).doesNotContain("announced").contains(base64(image(0)));
    }

    @Test
    void aFailureIsTheLastLineAndAtTheOtherEndTheExceptionWithItsPictures() {
        var failure = new OutcomeUnknownException(
                OutcomeUnknownException.Reason.TIMED_OUT,
                "too late",
                FailureDetails.NONE.withStatus(200),
                new PartialResult(preview(1, 2), List.of(image(0), image(2))),
                new IllegalStateException("a cause, which is nobody's business"));
        var lines = written(Flux.just(ready(0), preview(1, 1), preview(1, 2)).concatWith(Flux.error(failure)))
                .collectList()
                .block();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(3))
                .contains("\"kind\":\"outcome_unknown\"", "\"reason\":\"timed_out\"", base64(image(2)))
                .doesNotContain(base64(image(0)), base64(preview(1, 2).image()), "business");
        StepVerifier.create(settled(read(Flux.fromIterable(lines))))
                .expectNextCount(3)
                .verifyErrorSatisfies(error -> {
                    assertThat(error)
                            .isInstanceOf(OutcomeUnknownException.class)
                            .hasMessage("too late");
                    var partial = ((OutcomeUnknownException) error).partialResult();
                    assertThat(partial.lastPartial()).isEqualTo(preview(1, 2));
                    assertThat(partial.images()).containsExactly(image(0), image(2));
                });
    }

    @Test
    void aPreviewThatWasNotSentIsInTheFailure() {
        var failure = new GenerationFailedException(
                "it failed", FailureDetails.NONE, Billed.YES, new PartialResult(preview(0, 2), List.of()));
        var lines = written(Flux.<ImageEvent>just(preview(0, 1)).concatWith(Flux.error(failure)))
                .collectList()
                .block();
        assertThat(lines.get(1)).contains(base64(preview(0, 2).image()));
        StepVerifier.create(settled(read(Flux.fromIterable(lines))))
                .expectNextCount(1)
                .verifyErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(GenerationFailedException.class);
                    assertThat(((GenerationFailedException) error).billed()).isEqualTo(Billed.YES);
                    assertThat(((GenerationFailedException) error)
                                    .partialResult()
                                    .lastPartial())
                            .isEqualTo(preview(0, 2));
                });
    }

    @Test
    void anErrorOfSomebodyElseStaysOne() {
        StepVerifier.create(settled(Flux.<ImageEvent>error(new IllegalStateException("mine"))
                        .transform(JsonEvents.write())))
                .verifyErrorMessage("mine");
        StepVerifier.create(settled(
                        Flux.<JsonEvent>error(new IllegalStateException("mine")).transform(JsonEvents.read())))
                .verifyErrorMessage("mine");
    }

    @Test
    void linesThatEndWithoutAnEndAreAnOutcomeThatNobodyKnows() {
        StepVerifier.create(settled(read(written(Flux.just(ready(0), preview(1, 1))))))
                .expectNextCount(2)
                .verifyErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(OutcomeUnknownException.class);
                    var partial = ((OutcomeUnknownException) error).partialResult();
                    assertThat(partial.images()).containsExactly(image(0));
                    assertThat(partial.lastPartial()).isEqualTo(preview(1, 1));
                });
    }

    @Test
    void linesOfALaterVersionAndWaitsArePassedOverAndTheEndIsTheEnd() {
        var lines = Flux.just(
                "{\"type\":\"weather\",\"sun\":true,\"of\":[1,{\"a\":2.50}]}",
                "{\"type\":\"throttled\",\"until\":\"2026-11-29T01:41:12Z\",\"attempt\":1}",
                MAPPER.writeValueAsString(ImageEvent.completed(image(0))),
                "{\"type\":\"weather\"}");
        StepVerifier.create(settled(read(lines)))
                .expectNext(ImageEvent.completed(image(0)))
                .verifyComplete();
    }

    @Test
    void demandIsHandedOnOneForOneAndCancellingToo() {
        var source = TestPublisher.<ImageEvent>create();
        StepVerifier.create(source.flux().transform(JsonEvents.write()), 0)
                .thenRequest(2)
                .then(() -> source.assertMinRequested(2))
                .then(() -> source.next(ready(0)))
                .expectNextCount(1)
                .thenCancel()
                .verify();
        source.assertCancelled();
    }

    @Test
    void whereAnEventIsAskedForAFailureIsThrownAsWhatItIs() {
        var json = MAPPER.writeValueAsString(new RateLimitedException("too many", FailureDetails.NONE, null));
        assertThatExceptionOfType(RateLimitedException.class)
                .isThrownBy(() -> MAPPER.readValue(json, ImageEvent.class))
                .withMessage("too many");
    }

    @Test
    void aStreamCanHaveAFormOfItsOwn() {
        var form = ImageForm.url(image -> URI.create("/pictures/" + image.index() + "." + image.fileExtension()));
        var lines = Flux.just(ready(0), ImageEvent.completed(image(0), image(1)))
                .transform(JsonEvents.write(form))
                .map(MAPPER::writeValueAsString)
                .collectList()
                .block();
        assertThat(lines)
                .containsExactly(
                        "{\"type\":\"image_ready\",\"image\":{\"index\":0,\"mediaType\":\"image/png\",\"size\":1000,"
                                + "\"url\":\"/pictures/0.png\"}}",
                        "{\"type\":\"completed\",\"result\":{\"images\":[{\"index\":0,\"announced\":true},{\"index\":1,"
                                + "\"mediaType\":\"image/png\",\"size\":1001,\"url\":\"/pictures/1.png\"}]}}");
    }

    @Test
    void theResultOfAnEventReadAloneNamesWhatWasSentBefore() {
        var line = written(Flux.just(ready(0), ImageEvent.completed(image(0)))).blockLast();
        var result = ((ImageEvent.Completed) MAPPER.readValue(line, ImageEvent.class)).result();
        assertThat(result.images()).hasSize(1);
        assertThat(result.first().isLoaded()).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(() -> result.first().toByteArray())
                .withMessageContaining("only names what another one has");
        assertThat(result).isNotEqualTo(ImageResult.of(List.of(image(0))));
    }
}
