package dev.darkroom.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryHintTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private static Duration delay(Map<String, String> headers, Number bodySeconds) {
        var at = RetryHint.of(
                new Reply(429, headers, NOW), bodySeconds == null ? null : new BigDecimal(bodySeconds.toString()));
        return at == null ? null : Duration.between(NOW, at);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    20                              | PT20S
                    1.234                           | PT1.234S
                    ' 7 '                           | PT7S
                    Fri, 20 Nov 2026 10:00:12 GMT   | PT12S
                    Friday, 20-Nov-26 10:00:12 GMT  | PT12S
                    Fri Nov 20 10:00:12 2026        | PT12S
                    """)
    void retryAfterIsSecondsOrAnyOfThreeDateForms(String value, Duration expected) {
        assertThat(delay(Map.of("Retry-After", value), null)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "-10",
                "inf",
                "nan",
                "soon",
                "1e3",
                "Zun, 20 Nov 2026 10:00:12 GMT",
                "Fri, 20 Nov 2026 09:59:00 GMT",
                "Fri, 20 Nov 100000 10:00:12 GMT",
                "Fri, 31 Feb 2026 10:00:12 GMT"
            })
    void nonsenseIsNoHint(String value) {
        assertThat(delay(Map.of("Retry-After", value), null)).isNull();
    }

    @Test
    void whatIsAbsurdlyFarAwayCountsAsAYear() {
        assertThat(delay(Map.of("Retry-After", "99999999999999999999999999999999999"), null))
                .isEqualTo(Duration.ofDays(365));
    }

    @Test
    void aDateIsHeldAgainstTheAnswersOwnDateBecauseClocksDiffer() {
        assertThat(delay(
                        Map.of(
                                "Retry-After", "Fri, 20 Nov 2026 12:00:30 GMT",
                                "Date", "Fri, 20 Nov 2026 12:00:00 GMT"),
                        null))
                .isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void millisecondsComeBeforeSecondsBeforeTheResetBeforeTheBody() {
        var reset = Long.toString(NOW.plusSeconds(40).toEpochMilli());
        assertThat(delay(Map.of("retry-after-ms", "50", "retry-after", "2", "x-ratelimit-reset", reset), 60))
                .isEqualTo(Duration.ofMillis(50));
        assertThat(delay(Map.of("retry-after", "2", "x-ratelimit-reset", reset), 60))
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(delay(Map.of("retry-after", "never", "x-ratelimit-reset", reset), 60))
                .isEqualTo(Duration.ofSeconds(40));
        assertThat(delay(Map.of(), 16.007)).isEqualTo(Duration.ofMillis(16_007));
        assertThat(delay(Map.of(), null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1795168809", "1795168809000", "2026-11-20T10:00:09Z", "9", "9s", "0m9s", "9000ms"})
    void aResetIsAnInstantInSecondsOrMillisecondsOrTextOrADelay(String value) {
        assertThat(delay(Map.of("X-RateLimit-Reset", value), null)).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void aRateLimitFieldSaysWhenAUsedUpPolicyResets() {
        assertThat(delay(Map.of("RateLimit", "\"default\";r=0;t=30"), 60)).isEqualTo(Duration.ofSeconds(30));
        assertThat(delay(Map.of("RateLimit", "\"burst\";r=0;t=5, \"day\";r=0;t=36"), null))
                .as("the later of two rules")
                .isEqualTo(Duration.ofSeconds(36));
        assertThat(delay(Map.of("RateLimit", "\"default\";r=5;t=30"), null))
                .as("not used up")
                .isNull();
        assertThat(delay(Map.of("RateLimit", "default;r=0;t=30"), null))
                .as("malformed")
                .isNull();
    }

    @Test
    void aResetOfRequestsCountsToo() {
        assertThat(delay(Map.of("x-ratelimit-reset-requests", "6m0s"), null)).isEqualTo(Duration.ofMinutes(6));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Limit 5, Used 5, Requested 1. Please try again in 12s.       | PT12S
                    Please try again in 467ms. Visit https://example.com/a       | PT0.467S
                    Please try again in 6m0s                                     | PT6M
                    please try again in 1.5s.                                    | PT1.5S
                    Please retry after 20 Seconds.                               | PT20S
                    Please retry after 2 minutes                                 | PT2M
                    """)
    void theGatewaysSentenceIsTheLastResort(String sentence, Duration expected) {
        var reply = new Reply(429, Map.of(), NOW);
        assertThat(RetryHint.of(reply, null, sentence)).isEqualTo(NOW.plus(expected));
        assertThat(RetryHint.of(reply, BigDecimal.TEN, sentence)).isEqualTo(NOW.plusSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Please try again in 0.0s.",
                "Please try again in 12",
                "Please try again in a while",
                "Please try again in 5....s",
                "Try again later. In 5s we close."
            })
    void aSentenceWithoutADurationIsNoHint(String sentence) {
        assertThat(RetryHint.of(new Reply(429, Map.of(), NOW), null, sentence)).isNull();
    }

    @Test
    void azuresMillisecondsCountToo() {
        assertThat(delay(Map.of("x-ms-retry-after-ms", "250"), 60)).isEqualTo(Duration.ofMillis(250));
    }
}
