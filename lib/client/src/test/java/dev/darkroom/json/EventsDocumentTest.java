package dev.darkroom.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gate.Quota;
import dev.darkroom.gate.Throttled;
import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.Usage;
import dev.darkroom.testsupport.Documents;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

/** The page about events says what is written, byte for byte, and what it says can be read. */
class EventsDocumentTest {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().findAndAddModules().build();
    private static final byte[] PICTURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final Instant LATER = Instant.parse("2026-11-29T01:41:12Z");

    private static GeneratedImage image(int index) {
        return GeneratedImage.of(index, PICTURE);
    }

    private static GeneratedImage at(int index, String url) {
        return GeneratedImage.at(index, "image/png", URI.create(url));
    }

    /** What the examples are examples of, in their order. */
    private static List<JsonEvent> examples() {
        var preview = new ImageEvent.Partial(0, 1, image(0));
        var failure = new ImageFailure(2, "image_too_large", "the gateway's own words");
        var unreachable = new DownloadFailedException(
                DownloadFailedException.Reason.REFUSED, "images.example answered 503", 503, LATER, null);
        return List.of(
                JsonEvent.of(preview),
                JsonEvent.of(new ImageEvent.TextChunk(ImageEvent.TextChunk.CONTENT, "<svg>")),
                JsonEvent.of(new ImageEvent.ImageReady(at(0, "https://images.example/1.png")
                        .withRevisedPrompt("a lighthouse at dawn, in oil")
                        .withContent(List.of(ByteBuffer.wrap(PICTURE))))),
                JsonEvent.of(new ImageEvent.ImageReady(
                        at(1, "https://images.example/2.png").withDownloadFailure(unreachable))),
                JsonEvent.of(new ImageEvent.ImageFailed(failure)),
                written(Flux.just(
                        new ImageEvent.ImageReady(image(0)),
                        new ImageEvent.Completed(new ImageResult(
                                        List.of(image(0), image(1)),
                                        List.of(failure),
                                        usage(),
                                        Instant.parse("2026-11-29T01:41:00Z"),
                                        "gen-img-1",
                                        "OpenAI",
                                        List.of("the option seed was left out: this model does not take it"))
                                .withSvgUsage(new Usage(9L, 21L, 30L, null, null, null, Map.of()))))),
                written(Flux.<ImageEvent>just(
                                new ImageEvent.ImageReady(image(0)), new ImageEvent.Partial(1, 1, image(1)))
                        .concatWith(Flux.error(new OutcomeUnknownException(
                                OutcomeUnknownException.Reason.CUT,
                                "the connection ended before the answer did",
                                FailureDetails.NONE.withStatus(200).withGenerationId("gen-img-1"),
                                new PartialResult(new ImageEvent.Partial(1, 1, image(1)), List.of(image(0))),
                                null)))),
                JsonEvent.failed(new RateLimitedException(
                        "the gateway refuses more requests for now",
                        FailureDetails.NONE
                                .withStatus(429)
                                .withCode("rate_limit_exceeded")
                                .withProvider("OpenAI"),
                        LATER)),
                JsonEvent.failed(new RejectedException(
                        RejectedException.Reason.MODERATION,
                        "the gateway refuses this prompt",
                        FailureDetails.NONE
                                .withStatus(400)
                                .withCode("moderation_blocked")
                                .withProviderMessage("the prompt, quoted"))),
                JsonEvent.throttled(
                        new Throttled(Quota.of("openrouter.ai", "sk-secret", "openai/gpt-image-1-mini"), LATER, 1)));
    }

    private static Usage usage() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("cost", new BigDecimal("0.0834"));
        fields.put("is_byok", false);
        return new Usage(11L, 4160L, 4171L, 2, new BigDecimal("0.0834"), "USD", fields);
    }

    private static JsonEvent written(Flux<ImageEvent> events) {
        return events.transform(JsonEvents.write()).blockLast();
    }

    @TestFactory
    Stream<DynamicTest> whatIsWrittenIsWhatTheExamplesSayAndReadsBackAsTheSame() {
        var blocks = Documents.blocks("json");
        var examples = examples();
        assertThat(blocks).hasSameSizeAs(examples);
        return IntStream.range(0, blocks.size())
                .mapToObj(i -> DynamicTest.dynamicTest(blocks.get(i) + " " + examples.get(i), () -> {
                    var written = MAPPER.writeValueAsString(examples.get(i));
                    assertThat(written).isEqualTo(compact(blocks.get(i).code()));
                    var back = MAPPER.readValue(blocks.get(i).code(), JsonEvent.class);
                    assertThat(back.type()).isEqualTo(examples.get(i).type());
                    assertThat(MAPPER.writeValueAsString(back)).isEqualTo(written);
                }));
    }

    @TestFactory
    Stream<DynamicTest> thereIsAnExampleOfEachType() {
        var types = Documents.blocks("json").stream()
                .map(block -> MAPPER.readTree(block.code()).get("type").stringValue())
                .toList();
        return Stream.of(EventType.values())
                .map(type -> DynamicTest.dynamicTest(
                        type.word(), () -> assertThat(types).contains(type.word())));
    }

    @Test
    void aMapperThatLooksForModulesReadsWhatItWrites() {
        ImageEvent event = ImageEvent.completed(image(0));

        var mapper = JsonMapper.builder().findAndAddModules().build();
        var json = mapper.writeValueAsString(event);
        var back = mapper.readValue(json, ImageEvent.class);

        assertThat(back).isEqualTo(event);
    }

    @Test
    void aStreamGoesThroughLinesAndBack() {
        ImageGenerator images =
                ignored -> Flux.just(new ImageEvent.ImageReady(image(0)), ImageEvent.completed(image(0)));
        var request = ImageRequest.of("a", "b");

        Flux<JsonEvent> lines = images.generate(request).transform(JsonEvents.write());
        Flux<ImageEvent> events = lines.transform(JsonEvents.read());

        assertThat(events.collectList().block())
                .isEqualTo(images.generate(request).collectList().block());

        var urls = images.generate(request)
                .transform(JsonEvents.write(ImageForm.url(
                        image -> URI.create("/pictures/42/" + image.index() + "." + image.fileExtension()))));

        assertThat(urls.map(MAPPER::writeValueAsString).blockFirst()).contains("\"/pictures/42/0.png\"");
    }

    /** Without the white space that is not in a string. */
    private static String compact(String json) {
        var compact = new StringBuilder();
        var inString = false;
        for (var i = 0; i < json.length(); i++) {
            var character = json.charAt(i);
            inString ^= character == '"';
            if (inString || !Character.isWhitespace(character)) {
                compact.append(character);
            }
        }
        return compact.toString();
    }
}
