package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversionsTest {

    @ParameterizedTest
    @CsvSource({
        "90s, PT1M30S",
        "2m, PT2M",
        "1m30s, PT1M30S",
        "500ms, PT0.5S",
        "1.5s, PT1.5S",
        "1h, PT1H",
        "PT1M30S, PT1M30S",
        "pt5s, PT5S",
        "2 min, PT2M",
        "90 seconds, PT1M30S",
        "1h30m, PT1H30M",
        "2d, PT48H",
        "' 5S ', PT5S"
    })
    void aDurationIsWrittenAsPeopleDo(String word, Duration duration) {
        assertThat(Durations.parse(word)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "90", "soon", "0s", "-5s", "5 apples", "ms", "s", "1m 30", "5s!", "PT", "1e3s", "٥s"})
    void whatIsNoDurationIsAnsweredWithExamples(String word) {
        assertThatThrownBy(() -> Durations.parse(word))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + word + "' is no duration; try 90s, 2m, 1m30s, 500ms or PT1M30S");
    }

    @ParameterizedTest
    @CsvSource({
        "10/s, 10, PT1S",
        "10/sec, 10, PT1S",
        "10 / second, 10, PT1S",
        "60/min, 60, PT1M",
        "60/m, 60, PT1M",
        "600/h, 600, PT1H",
        "1000/day, 1000, PT24H",
        "5/1m, 5, PT1M",
        "20/10s, 20, PT10S",
        "3/1m30s, 3, PT1M30S",
        "2/500ms, 2, PT0.5S",
        "5/PT1M, 5, PT1M",
        "10/S, 10, PT1S"
    })
    void aQuotaIsRequestsPerDurationAndAUnitAloneIsOneOfIt(String word, int requests, Duration period) {
        assertThat(RequestRate.parse(word)).isEqualTo(new RequestRate(requests, period));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "/1m",
                "0/1m",
                "-1/s",
                "five/1m",
                "5/",
                "5/soon",
                "5/10",
                "5/0s",
                "1.5/s",
                "5/s/s",
                "9999999999/s"
            })
    void whatIsNoQuotaIsAnsweredWithAnExample(String word) {
        assertThatThrownBy(() -> RequestRate.parse(word))
                .hasMessageStartingWith("'" + word + "' is no quota; try 10/s");
    }

    @Test
    void anExtraIsJsonOrElseAString() {
        assertThat(JsonField.parse("steps=30")).isEqualTo(new JsonField("steps", 30));
        assertThat(JsonField.parse("guidance=7.5")).isEqualTo(new JsonField("guidance", new BigDecimal("7.5")));
        assertThat(JsonField.parse("raw=true")).isEqualTo(new JsonField("raw", true));
        assertThat(JsonField.parse("style=null")).isEqualTo(new JsonField("style", null));
        assertThat(JsonField.parse("moderation=low")).isEqualTo(new JsonField("moderation", "low"));
        assertThat(JsonField.parse("note=\"30\"")).isEqualTo(new JsonField("note", "30"));
        assertThat(JsonField.parse("x={\"a\":[1,2]}")).isEqualTo(new JsonField("x", Map.of("a", List.of(1, 2))));
        assertThat(JsonField.parse("formula=a=b")).isEqualTo(new JsonField("formula", "a=b"));
    }

    @Test
    void brokenJsonIsNotMistakenForAString() {
        assertThatThrownBy(() -> JsonField.parse("x={\"a\":")).hasMessageContaining("begins like JSON, but is not");
    }
}
