package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

class GenerateTest {

    private static final RunningEmulator EMULATOR =
            ImageEmulator.create().partials(2).start();
    private static final String KEY = "sk-secret-0815";

    @TempDir
    private Path folder;

    @AfterEach
    void forgetFaults() {
        EMULATOR.clearFaults();
    }

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    @Test
    void aStreamIsALineForEachPreviewAndThenTheEnd() throws IOException {
        var run = generate("dawn", "--json", "--size", "256x128", "--seed", "7");
        assertThat(run.exitCode()).isZero();
        assertThat(run.json())
                .extracting(line -> line.get("event"))
                .containsExactly("partial", "partial", "image_ready", "completed");
        assertThat(run.json().get(1))
                .containsEntry("image_index", 0)
                .containsEntry("partial_index", 1)
                .containsEntry("media_type", "image/png")
                .containsEntry("file", folder.resolve("dawn.preview-2.png").toString());
        var end = run.json().get(3);
        assertThat(end).containsKeys("images", "failures", "usage", "generation_id");
        assertThat(image(end)).containsEntry("index", 0).containsEntry("url", null);
        var picture = ImageIO.read(
                Path.of((String) Objects.requireNonNull(image(end).get("file"))).toFile());
        assertThat(picture.getWidth()).isEqualTo(256);
        assertThat(picture.getHeight()).isEqualTo(128);
        assertThat(image(end)).containsEntry("bytes", (int) Files.size(folder.resolve("dawn.png")));
    }

    @Test
    void withoutStreamingThereIsTheEndAlone() {
        var run = generate("dawn", "--json", "--no-stream", "--size", "64x64");
        assertThat(run.json()).extracting(line -> line.get("event")).containsExactly("completed");
    }

    @Test
    void severalImagesAreToldAsTheyAreReady() {
        var run = generate("dawn", "--json", "-n", "2", "--size", "64x64");
        assertThat(run.json("image_ready"))
                .extracting(line -> line.get("image_index"))
                .contains(0);
        assertThat(files()).contains("dawn.1.png", "dawn.2.png", "dawn.1.preview-1.png", "dawn.2.preview-2.png");
    }

    @Test
    void anSvgIsToldPieceByPieceAndSaved() throws IOException {
        var run = generate("dawn", "--json", "--model", "recraft/recraft-v4.1-vector", "--output-format", "svg");
        assertThat(run.exitCode()).isZero();
        var text = new StringBuilder();
        run.json("text_chunk").stream()
                .filter(line -> "content".equals(line.get("phase")))
                .forEach(line -> text.append(line.get("text")));
        assertThat(Files.readString(folder.resolve("dawn.svg")))
                .isEqualTo(text.toString())
                .contains("<svg");
    }

    @Test
    void pipedItSpeaksInPlainLines() {
        var run = generate("dawn", "--size", "64x64");
        assertThat(run.lines()).hasSize(5).allMatch(line -> line.matches(" +\\d+\\.\\d s  .*"));
        assertThat(run.lines().get(0)).endsWith("asking openai/gpt-image-1-mini");
        assertThat(run.lines().get(1)).contains("preview 1: " + folder.resolve("dawn.preview-1.png"));
        assertThat(run.lines().get(3)).contains("image: " + folder.resolve("dawn.png") + " (image/png, ");
        assertThat(run.lines().get(4)).contains("done, $", "gen-img-");
        assertThat(run.out() + run.err()).doesNotContain("\u001b");
    }

    @Test
    void theSameCommandAgainOverwritesNothing() {
        generate("dawn", "--no-stream", "--size", "64x64");
        generate("dawn", "--no-stream", "--size", "64x64");
        assertThat(files()).containsExactly("dawn-2.png", "dawn.png");
    }

    @Test
    void aRateLimitIsToldAndWaitedOut() {
        EMULATOR.enqueue(Fault.RATE_LIMIT_MILLIS.retryAfter(Duration.ofMillis(900)));
        var run = generate("dawn", "--json", "--no-stream", "--size", "64x64");
        assertThat(run.exitCode()).isZero();
        assertThat(run.json().get(0))
                .containsEntry("event", "throttled")
                .containsEntry("attempt", 1)
                .containsKey("until");
        EMULATOR.enqueue(Fault.RATE_LIMIT_MILLIS.retryAfter(Duration.ofMillis(900)));
        var plain = generate("dawn", "--no-stream", "--size", "64x64");
        assertThat(plain.lines().get(1)).endsWith("rate limited, next try in 1 s");
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(Fault.BAD_REQUEST.once(), 3, "rejected", "request", "no", 400),
                Arguments.of(Fault.UNAUTHORIZED.once(), 3, "rejected", "credentials", "no", 401),
                Arguments.of(Fault.CREDITS.once(), 3, "rejected", "credits", "no", 402),
                Arguments.of(Fault.MODERATION.once(), 3, "rejected", "moderation", "no", 403),
                Arguments.of(Fault.NOT_FOUND.once(), 3, "rejected", "not_found", "no", 404),
                Arguments.of(Fault.TOO_LARGE.once(), 3, "rejected", "too_large", "no", 413),
                Arguments.of(Fault.RATE_LIMIT.retryAfter(Duration.ofHours(1)), 4, "rate_limited", null, "no", 429),
                Arguments.of(Fault.UNAVAILABLE.times(3), 5, "unavailable", null, "no", 503),
                Arguments.of(Fault.CUT.after(1), 6, "outcome_unknown", "cut", "unknown", 200),
                Arguments.of(Fault.MALFORMED_JSON.after(1), 6, "outcome_unknown", "undecodable", "unknown", 200),
                Arguments.of(Fault.ERROR_EVENT.after(1), 7, "generation_failed", null, null, null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void everyKindOfFailureHasItsExitCodeAndItsLine(
            Fault.Plan fault, int exitCode, String kind, String reason, String billed, Integer status) {
        EMULATOR.enqueue(fault);
        var run = generate("dawn", "--json", "--size", "64x64");
        assertThat(run.exitCode()).isEqualTo(exitCode);
        var last = run.json().get(run.json().size() - 1);
        assertThat(last)
                .containsEntry("event", "error")
                .containsEntry("kind", kind)
                .containsEntry("reason", reason)
                .containsKeys("billed", "status", "message", "provider_message");
        if (status != null) {
            assertThat(last).containsEntry("billed", billed).containsEntry("status", status);
        }
        assertThat(run.out() + run.err()).doesNotContain(KEY).doesNotContain("\tat ");
    }

    @Test
    void aFailureIsExplainedOnStandardError() {
        EMULATOR.enqueue(Fault.UNAUTHORIZED);
        var run = generate("dawn");
        assertThat(run.err().lines().toList()).hasSizeBetween(2, 3).allMatch(line -> line.startsWith("darkroom: "));
        assertThat(run.err()).contains("rejected (credentials)", "OPENROUTER_API_KEY");
        assertThat(run.out()).doesNotContain("rejected");
    }

    @RepeatedTest(10) // the failure is right behind the previews, and must not overtake them
    void previewsOfAFailedGenerationAreKept() {
        EMULATOR.enqueue(Fault.CUT.after(2));
        assertThat(generate("dawn", "--size", "64x64").exitCode()).isEqualTo(6);
        assertThat(files()).containsExactly("dawn.preview-1.png", "dawn.preview-2.png");
    }

    @Test
    void whatTheClientRefusesIsNeverSent() {
        var before = EMULATOR.journal().entries().size();
        var run = generate(
                "dawn",
                "--json",
                "-n",
                "11",
                "--reference",
                folder.resolve("missing.png").toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(String.valueOf(run.json().get(0).get("message"))).contains("n must be 1 to 10", "missing.png");
        assertThat(EMULATOR.journal().entries()).hasSize(before);
    }

    @Test
    void everyOptionReachesTheWire() {
        var run = generate(
                "dawn",
                "--json",
                "--no-stream",
                "--model",
                "darkroom/studio",
                "--aspect-ratio",
                "3:2",
                "--resolution",
                "512",
                "--quality",
                "low",
                "--background",
                "opaque",
                "--output-format",
                "jpeg",
                "--output-compression",
                "50",
                "--seed",
                "3",
                "--reference",
                "data:image/png;base64,iVBORw0KGgo=",
                "--option",
                "steps=30",
                "--timeout",
                "30s");
        var entries = EMULATOR.journal().entries();
        var body = Objects.requireNonNull(entries.get(entries.size() - 1).body());
        assertThat(body.path("aspect_ratio").asString("")).as(run.err()).isEqualTo("3:2");
        assertThat(body.path("resolution").asString("")).isEqualTo("512");
        assertThat(body.path("quality").asString("")).isEqualTo("low");
        assertThat(body.path("background").asString("")).isEqualTo("opaque");
        assertThat(body.path("output_format").asString("")).isEqualTo("jpeg");
        assertThat(body.path("output_compression").asInt(0)).isEqualTo(50);
        assertThat(body.path("seed").asInt(0)).isEqualTo(3);
        assertThat(body.path("steps").asInt(0)).isEqualTo(30);
        assertThat(body.path("stream").asBoolean(true)).isFalse();
        assertThat(body.path("input_references").size()).isEqualTo(1);
    }

    @Test
    void withoutAKeyAndABaseUrlTheEmulatorInsideAnswersAndSaysSo() {
        var run = Run.of(Run.args("generate", "dawn", "--json", "--out", folder, "--no-stream", "--size", "64x64"));
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("the emulator inside answers");
        assertThat(run.json()).hasSize(1);
    }

    @Test
    void aRequestIsCancelledWhenTheUserInterrupts() {
        EMULATOR.enqueue(Fault.STALL.after(1).lasting(Duration.ofSeconds(30)));
        var interruptSignal = new InterruptSignal();
        var cancel = Flux.interval(Duration.ofMillis(20), Schedulers.boundedElastic())
                .filter(tick -> files().contains("dawn.preview-1.png"))
                .next()
                .subscribe(tick -> interruptSignal.interrupt());
        var run = Run.of(Map.of(), interruptSignal, args("dawn", "--size", "64x64"));
        cancel.dispose();
        assertThat(run.exitCode()).isEqualTo(130);
        assertThat(run.err()).contains("interrupted");
        assertThat(EMULATOR.journal().cancelled().block(Duration.ofMinutes(3))).isNotNull();
    }

    private Run generate(String prompt, String... options) {
        return Run.of(Map.of("OPENROUTER_API_KEY", KEY), args(prompt, options));
    }

    private String[] args(String prompt, String... options) {
        var own = Run.args("generate", prompt, "--out", folder, "--base-url", EMULATOR.openRouterBaseUrl());
        var withKey = Stream.of("--api-key", KEY);
        return Stream.concat(Stream.concat(Stream.of(own), withKey), Stream.of(options))
                .toArray(String[]::new);
    }

    private List<String> files() {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> image(Map<String, Object> completed) {
        return ((List<Map<String, Object>>) Objects.requireNonNull(completed.get("images"))).get(0);
    }
}
