package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.pipeline.Progress;
import dev.darkroom.pipeline.Summary;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How far a batch is, in one line. */
class BatchDisplayTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final Progress HALF_WAY = new Progress(
            200,
            97,
            12,
            8,
            3,
            2,
            1,
            85,
            41.23,
            Map.of("USD", new BigDecimal("1.25")),
            Duration.ofMinutes(3),
            NOW.plusSeconds(12));

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Instant now = NOW;

    private BatchDisplay display(PaperScreen screen) {
        return new BatchDisplay(new PrintWriter(out, true), new PrintWriter(err, true), screen, new InstantSource() {
            @Override
            public Instant instant() {
                return now;
            }
        });
    }

    @Test
    void theLineHasAllThatIsToBeKnown() {
        assertThat(BatchText.progress(NOW, HALF_WAY))
                .isEqualTo(
                        "97 of 200 done · 8 running · 3 waiting (rate limited, 12 s) · 2 failed · 1 unknown · 41.2/min"
                                + " · $1.25 · 3 min left");
    }

    @Test
    void whatIsNotSoIsNotSaid() {
        var first = new Progress(200, 0, 0, 8, 0, 0, 0, 0, 0, Map.of(), null, null);

        assertThat(BatchText.progress(NOW, first)).isEqualTo("0 of 200 done · 8 running · 0.0/min");
    }

    @Test
    void onATerminalItIsOneLineThatIsWrittenAnewAndNeverWrapped() {
        var screen = new PaperScreen(40, 24);
        try (var display = display(screen)) {
            display.tick(HALF_WAY);
            assertThat(screen.reported()).isEqualTo("\r\u001b[K" + "97 of 200 done · 8 running · 3 waiting ");
            display.stopping(HALF_WAY);
            assertThat(screen.reported())
                    .isEqualTo("\r\u001b[Kdarkroom: interrupted; nothing more is sent, 8 in flight are waited for\r\n");
        }
        assertThat(screen.isClosed()).isTrue();
        assertThat(out.toString() + err).isEmpty();
    }

    @Test
    void elsewhereALineComesEachTenSeconds() {
        try (var display = display(null)) {
            for (var second = 0; second < 25; second++) {
                now = NOW.plusSeconds(second);
                display.tick(HALF_WAY);
            }
        }

        assertThat(out.toString().lines()).hasSize(2).allMatch(line -> line.startsWith("97 of 200 done · 8 running"));
    }

    @Test
    void forProgramsItIsAnObjectEachFiveSeconds() {
        var lines = new BatchLines(new PrintWriter(out, true));
        for (var quarter = 0; quarter < 4 * 12; quarter++) {
            lines.tick(HALF_WAY);
        }

        var objects = new Run(0, out.toString(), "").json("progress");
        assertThat(objects).hasSize(2);
        assertThat(objects.get(0))
                .containsEntry("total", 200)
                .containsEntry("done", 97)
                .containsEntry("earlier", 12)
                .containsEntry("running", 8)
                .containsEntry("waiting", 3)
                .containsEntry("failed", 2)
                .containsEntry("unknown", 1)
                .containsEntry("not_sent", 100)
                .containsEntry("images", 85)
                .containsEntry("costs", Map.of("USD", "1.25"))
                .containsEntry("seconds_left", 180)
                .containsEntry("retry_at", "2026-11-29T12:00:12Z");
        assertThat(objects.get(0).get("images_per_minute")).hasToString("41.2");
    }

    @Test
    void theEndNamesWhatIsUnknownAndWhatWouldHelp() {
        var summary = new Summary(HALF_WAY, "interrupted", "it was interrupted", List.of(17L));

        assertThat(BatchText.summary(summary))
                .containsExactly(
                        "97 of 200 done (12 by earlier runs), 2 failed, 1 unknown, 100 not sent, $1.25",
                        "stopped: it was interrupted",
                        "unknown, perhaps made and billed, and not sent again: line 17",
                        "  --settle asks the gateway what became of them; --resend-unknown sends them once more",
                        "  --retry-failed sends the failed ones once more; manifest.jsonl says why they failed");
    }
}
