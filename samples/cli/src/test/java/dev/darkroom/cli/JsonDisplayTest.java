package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gate.Quota;
import dev.darkroom.gate.Throttled;
import dev.darkroom.image.Billed;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.Usage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonDisplayTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final JsonDisplay display = new JsonDisplay(new PrintWriter(out), new PrintWriter(err));
    private final GeneratedImage image = Pictures.png(1, 2, 2, 0xff0000);
    private final SavedImage savedImage = new SavedImage(image, Path.of("out/a.png"), null);

    @Test
    void aPartial() {
        display.show(new SavedEvent(new ImageEvent.Partial(1, 0, image), List.of(savedImage)));
        assertThat(out)
                .hasToString(
                        "{\"event\":\"partial\",\"image_index\":1,\"partial_index\":0,\"media_type\":\"image/png\","
                                + "\"bytes\":" + image.size() + ",\"file\":\"out/a.png\",\"error\":null}"
                                + System.lineSeparator());
    }

    @Test
    void aTextChunk() {
        display.show(new SavedEvent(new ImageEvent.TextChunk("content", "<svg>\n"), List.of()));
        assertThat(out).hasToString(line("{\"event\":\"text_chunk\",\"phase\":\"content\",\"text\":\"<svg>\\n\"}"));
    }

    @Test
    void anImageThatIsReady() {
        display.show(new SavedEvent(new ImageEvent.ImageReady(image), List.of(savedImage)));
        assertThat(out)
                .hasToString(line("{\"event\":\"image_ready\",\"image_index\":1,\"media_type\":\"image/png\",\"bytes\":"
                        + image.size() + ",\"file\":\"out/a.png\",\"error\":null,\"url\":null}"));
    }

    @Test
    void anImageThatFailed() {
        display.show(new SavedEvent(new ImageEvent.ImageFailed(new ImageFailure(2, "moderation", "no")), List.of()));
        assertThat(out)
                .hasToString(line("{\"event\":\"image_failed\",\"image_index\":2,\"code\":\"moderation\","
                        + "\"provider_message\":\"no\"}"));
    }

    @Test
    void aRefusal() {
        var until = Instant.parse("2026-11-20T10:00:12Z");
        display.throttled(new Throttled(new Quota("host", "hash", "model"), until, 2));
        assertThat(out).hasToString(line("{\"event\":\"throttled\",\"until\":\"2026-11-20T10:00:12Z\",\"attempt\":2}"));
    }

    @Test
    void theEnd() {
        var byUrl = GeneratedImage.at(0, null, URI.create("https://example.com/a.png"));
        var usage = new Usage(7L, null, 9L, 1, new BigDecimal("1.5E-5"), "USD", Map.of("x", 1));
        var result = new ImageResult(
                List.of(byUrl, image),
                List.of(new ImageFailure(2, null, null)),
                usage,
                null,
                "gen-1",
                null,
                List.of("seed was left out"));
        display.show(new SavedEvent(
                new ImageEvent.Completed(result), List.of(new SavedImage(byUrl, null, "gone"), savedImage)));
        assertThat(out)
                .hasToString(
                        line(
                                "{\"event\":\"completed\",\"images\":["
                                        + "{\"index\":0,\"media_type\":null,\"bytes\":null,\"file\":null,\"error\":\"gone\",\"url\":\"https://example.com/a.png\"},"
                                        + "{\"index\":1,\"media_type\":\"image/png\",\"bytes\":" + image.size()
                                        + ",\"file\":\"out/a.png\",\"error\":null,\"url\":null}],"
                                        + "\"failures\":[{\"index\":2,\"code\":null,\"provider_message\":null}],"
                                        + "\"usage\":{\"input_tokens\":7,\"output_tokens\":null,\"total_tokens\":9,\"images\":1,"
                                        + "\"cost\":0.000015,\"cost_unit\":\"USD\",\"fields\":{\"x\":1}},\"generation_id\":\"gen-1\",\"warnings\":[\"seed was left out\"]}"));
    }

    @Test
    void aFailureComesAfterWhatWasSaved() {
        var details = FailureDetails.NONE.withStatus(502).withProviderMessage("oops");
        display.fail(
                new GenerationFailedException("it failed", details, Billed.NO, PartialResult.NOTHING),
                List.of(savedImage));
        assertThat(out.toString().lines())
                .hasSize(2)
                .last()
                .isEqualTo("{\"event\":\"error\",\"kind\":\"generation_failed\",\"reason\":null,\"billed\":\"no\","
                        + "\"status\":502,\"message\":\"it failed\",\"provider_message\":\"oops\",\"retry_at\":null,"
                        + "\"generation_id\":null}");
    }

    @Test
    void aRateLimitSaysWhenToComeBack() {
        var at = Instant.parse("2026-11-20T10:05:00Z");
        display.fail(new RateLimitedException("too many", FailureDetails.NONE.withStatus(429), at), List.of());
        assertThat(out.toString()).contains("\"kind\":\"rate_limited\"", "\"retry_at\":\"2026-11-20T10:05:00Z\"");
    }

    @Test
    void whatConcernsTheDiskAndAnInterruptionGoToStandardError() {
        var lost = new SavedImage(image, null, "an image is lost");
        display.show(new SavedEvent(new ImageEvent.ImageReady(image), List.of(lost)));
        display.interrupt();
        assertThat(out.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains("an image is lost", "interrupted");
    }

    private static String line(String json) {
        return json + System.lineSeparator();
    }
}
