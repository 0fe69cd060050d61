package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.Gateways;
import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.image.ImageOption;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RoutingOptionsTest {

    @TempDir
    private Path folder;

    @Test
    void whatARouterIsToldGoesOnTheWire() {
        try (var emulator = ImageEmulator.create().shrink(32).start()) {
            var run = Run.of(Run.args(
                    "generate",
                    "dawn",
                    "--out",
                    folder,
                    "--api-key",
                    "sk-test",
                    "--base-url",
                    emulator.openRouterBaseUrl(),
                    "--model",
                    "black-forest-labs/flux.2-klein-4b",
                    "--no-stream",
                    "--route-only",
                    "openai,black-forest-labs",
                    "--route-order",
                    "black-forest-labs",
                    "--route-ignore",
                    "azure",
                    "--no-route-fallbacks",
                    "--route-sort",
                    "price/none",
                    "--route-option",
                    "black-forest-labs:steps=30",
                    "--route-option",
                    "black-forest-labs:raw=true",
                    "--session-id",
                    "s1",
                    "--trace",
                    "trace_id=t1",
                    "--trace",
                    "depth=2",
                    "--header",
                    "HTTP-Referer: https://example.org/a",
                    "--idempotency-key",
                    "k1"));
            assertThat(run.exitCode()).as(run.err()).isZero();
            var entry = emulator.journal().entries().get(0);
            assertThat(Json.read(entry.body().path("provider").toString())).isEqualTo(Json.read("""
                            {"only": ["openai", "black-forest-labs"], "order": ["black-forest-labs"], "ignore": ["azure"],
                             "allow_fallbacks": false, "sort": {"by": "price", "partition": "none"},
                             "options": {"black-forest-labs": {"steps": 30, "raw": true}}}"""));
            assertThat(entry.body().path("session_id").asString()).isEqualTo("s1");
            assertThat(entry.body().path("trace").toString()).isEqualTo("{\"trace_id\":\"t1\",\"depth\":2}");
            assertThat(entry.header("http-referer")).contains("https://example.org/a");
            assertThat(entry.header("idempotency-key")).contains("k1");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--route-option, steps=30, SLUG:KEY=JSON",
        "--route-option, :steps=30, SLUG:KEY=JSON",
        "--route-option, a:steps, KEY=JSON",
        "--trace, id, KEY=JSON",
        "--header, nothing, NAME:VALUE",
        "--header, : x, NAME:VALUE"
    })
    void whatIsNoneIsAnsweredWithAnExample(String option, String word, String words) {
        var run = Run.of("generate", "dawn", option, word);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(words);
    }

    @Test
    void theKeyIsNoHeaderOfARequest() {
        var run = Run.of(Run.args(
                "generate", "dawn", "--emulator", "--out", folder, "--header", "Authorization: Bearer sk-secret"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).doesNotContain("sk-secret");
    }

    /** Nothing that a request can carry is out of reach here. */
    static Stream<ImageOption<?>> options() {
        return Stream.concat(
                        ImageOption.common().stream(),
                        Gateways.all().stream().flatMap(provider -> provider.options().stream()))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("options")
    void everyOptionOfOursHasAFlag(ImageOption<?> option) {
        assertThat(Run.of("generate", "--help").out().replace("--[no-]", "--"))
                .containsPattern(Pattern.quote(flag(option)) + "\\b");
    }

    private static String flag(ImageOption<?> option) {
        return switch (option.name()) {
            case "n" -> "-n";
            case "references" -> "--reference";
            case "provider" -> "--route-only";
            default -> "--" + option.name().replace('_', '-');
        };
    }

    @Test
    void anOptionByItsNameIsTheOneOfItsFlagAndAnythingElseAFieldOfItsOwn() {
        try (var emulator = ImageEmulator.create().shrink(32).start()) {
            var run = Run.of(Run.args(
                    "generate",
                    "dawn",
                    "--out",
                    folder,
                    "--api-key",
                    "sk-test",
                    "--base-url",
                    emulator.openRouterBaseUrl(),
                    "--option",
                    "quality=low",
                    "--option",
                    "provider={\"only\":[\"openai\"]}",
                    "--option",
                    "session_id=7",
                    "--option",
                    "moderation=low"));
            assertThat(run.exitCode()).as(run.err()).isZero();
            var body = emulator.journal().entries().get(0).body();
            assertThat(body.path("quality").asString()).isEqualTo("low");
            assertThat(body.at("/provider/only/0").asString()).isEqualTo("openai");
            assertThat(body.path("session_id").isString())
                    .as("as its type says")
                    .isTrue();
            assertThat(body.path("moderation").asString()).isEqualTo("low");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "n=many, 'n: it must be a whole number'",
        "provider=openai, 'provider: it must be a JSON object'",
        "stream=perhaps, 'stream: it must be one of true, false'",
        "nothing, KEY=JSON"
    })
    void aValueWhichAnOptionCannotHaveIsAMistake(String word, String words) {
        var run = Run.of("generate", "dawn", "--option", word);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(words);
    }
}
