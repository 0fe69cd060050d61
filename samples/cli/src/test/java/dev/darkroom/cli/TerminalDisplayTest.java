package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gate.Quota;
import dev.darkroom.gate.Throttled;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RejectedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TerminalDisplayTest {

    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

    private final PaperScreen screen = new PaperScreen(60, 16);
    private Instant now = START;
    private final TerminalDisplay display = new TerminalDisplay(screen, () -> now);

    @BeforeEach
    void begin() {
        display.begin(ImageRequest.of("a/model", "dawn"));
    }

    @Test
    void theStatusSaysHowLongItTakesAndWhatItWaitsFor() {
        screen.reported();
        now = START.plusMillis(3_250);
        display.tick();
        assertThat(screen.lines()).containsExactly("⠹ 3.3 s  asking a/model");
    }

    @Test
    void aRateLimitIsCountedDown() {
        display.throttled(new Throttled(new Quota("host", "hash", "a/model"), START.plusSeconds(12), 1));
        assertThat(screen.lines()).last().asString().endsWith("rate limited, next try in 12 s");
        now = START.plusMillis(4_100);
        display.tick();
        assertThat(screen.lines()).last().asString().endsWith("rate limited, next try in 8 s");
        now = START.plusSeconds(12);
        display.tick();
        assertThat(screen.lines()).last().asString().endsWith("asking a/model");
    }

    @Test
    void aPreviewIsDrawnInThePlaceOfTheOneBefore() {
        screen.reported();
        display.show(preview(0, 0xff0000));
        var first = screen.reported();
        assertThat(first).contains("38;2;255;0;0").contains("preview 1").doesNotContain("A\u001b");
        assertThat(first.chars().filter(c -> c == '\n').count()).isEqualTo(10);
        display.show(preview(1, 0x0000ff));
        assertThat(screen.reported())
                .startsWith("\r\u001b[10A")
                .contains("38;2;0;0;255")
                .contains("preview 2");
    }

    @Test
    void theEndNamesEveryFileAndGivesTheCursorBack() {
        display.show(preview(0, 0xff0000));
        display.show(preview(1, 0xff0000));
        var image = Pictures.png(0, 40, 40, 0x00ff00);
        screen.reported();
        now = START.plusSeconds(4);
        display.show(new SavedEvent(
                ImageEvent.completed(image), List.of(new SavedImage(image, Path.of("out/dawn.png"), null))));
        var reported = screen.lines();
        assertThat(reported)
                .contains(
                        "✓ 4.0 s  done",
                        "  image: out/dawn.png (image/png, " + image.size() + " bytes)",
                        "  2 previews: out/dawn.preview-1.png … dawn.preview-2.png");
        display.tick();
        assertThat(screen.reported()).isEmpty();
        display.close();
        assertThat(screen.reported()).endsWith("\u001b[?25h");
        assertThat(screen.isClosed()).isTrue();
    }

    @Test
    void aPreviewNobodyCanDecodeIsMentionedInstead() {
        var image = GeneratedImage.of(0, "not an image".getBytes(StandardCharsets.UTF_8));
        display.show(new SavedEvent(
                new ImageEvent.Partial(0, 0, image), List.of(new SavedImage(image, Path.of("p.bin"), null))));
        assertThat(screen.lines()).last().asString().contains("preview 1, unknown type, 12 bytes cannot be drawn");
    }

    @Test
    void markupIsCountedAndItsNewestWordsAreShownWithinTheLine() {
        screen.reported();
        display.show(new SavedEvent(
                new ImageEvent.TextChunk("content", "<path d=\"M 1 2\n\u001b[2J" + "z".repeat(2_000)), List.of()));
        var reported = screen.reported();
        assertThat(reported).contains("writing markup, 2,019 characters").doesNotContain("[2J");
        assertThat(reported.substring(reported.lastIndexOf('\r') + 4).length()).isLessThan(60);
    }

    @Test
    void aFailureIsExplainedBelowThePicture() {
        display.show(preview(0, 0xff0000));
        screen.reported();
        display.fail(
                new RejectedException(
                        RejectedException.Reason.MODERATION,
                        "refused",
                        FailureDetails.NONE.withProviderMessage("flagged\u001b[2J")),
                List.of());
        assertThat(screen.lines())
                .containsExactly(
                        "✗ 0.0 s  rejected (moderation): refused",
                        "  the gateway says: flagged [2J",
                        "  preview: out/dawn.preview-1.png");
    }

    @Test
    void whatCouldNotBeWrittenIsSaidOnceAtTheEnd() {
        var image = Pictures.png(0, 4, 4, 0xff0000);
        var savedImage = new SavedImage(image, null, "an image is lost");
        display.show(new SavedEvent(new ImageEvent.ImageReady(image), List.of(savedImage)));
        screen.reported();
        display.show(new SavedEvent(ImageEvent.completed(image), List.of(savedImage)));
        assertThat(screen.lines()).containsOnlyOnce("  an image is lost");
    }

    @Test
    void aFailureNamesTheImagesThatWereFinishedBeforeIt() {
        var image = Pictures.png(0, 4, 4, 0xff0000);
        display.show(new SavedEvent(
                new ImageEvent.ImageReady(image), List.of(new SavedImage(image, Path.of("out/1.png"), null))));
        screen.reported();
        display.fail(new RejectedException(RejectedException.Reason.REQUEST, "no", FailureDetails.NONE), List.of());
        assertThat(screen.lines()).last().asString().contains("image: out/1.png");
    }

    @Test
    void anInterruptionIsSaid() {
        screen.reported();
        display.interrupt();
        assertThat(screen.lines()).singleElement().asString().contains("interrupted; the request is cancelled");
    }

    private static SavedEvent preview(int partial, int rgb) {
        var image = Pictures.png(0, 40, 40, rgb);
        var file = Path.of("out/dawn.preview-" + (partial + 1) + ".png");
        return new SavedEvent(new ImageEvent.Partial(0, partial, image), List.of(new SavedImage(image, file, null)));
    }
}
