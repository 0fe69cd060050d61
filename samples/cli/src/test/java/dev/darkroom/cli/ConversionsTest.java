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
        "pt5s, PT5S"
    })
    void aDurationIsWrittenAsPeopleDo(String word, Duration duration) {
        assertThat(Conversions.duration(word)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "90", "soon", "0s", "-5s", "5 apples", "ms"})
    void whatIsNoDurationIsAnsweredWithExamples(String word) {
        assertThatThrownBy(() -> Conversions.duration(word))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + word + "' is no duration; try 90s, 2m, 1m30s, 500ms or PT1M30S");
    }

    @Test
    void aQuotaIsRequestsPerDuration() {
        assertThat(Allowance.parse("5/1m")).isEqualTo(new Allowance(5, Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "/1m", "0/1m", "five/1m"})
    void whatIsNoQuotaIsAnsweredWithAnExample(String word) {
        assertThatThrownBy(() -> Allowance.parse(word)).hasMessageContaining("try 5/1m");
    }

    @Test
    void anExtraIsJsonOrElseAString() {
        assertThat(Extra.parse("steps=30")).isEqualTo(new Extra("steps", 30));
        assertThat(Extra.parse("guidance=7.5")).isEqualTo(new Extra("guidance", new BigDecimal("7.5")));
        assertThat(Extra.parse("raw=true")).isEqualTo(new Extra("raw", true));
        assertThat(Extra.parse("style=null")).isEqualTo(new Extra("style", null));
        assertThat(Extra.parse("moderation=low")).isEqualTo(new Extra("moderation", "low"));
        assertThat(Extra.parse("note=\"30\"")).isEqualTo(new Extra("note", "30"));
        assertThat(Extra.parse("x={\"a\":[1,2]}")).isEqualTo(new Extra("x", Map.of("a", List.of(1, 2))));
        assertThat(Extra.parse("formula=a=b")).isEqualTo(new Extra("formula", "a=b"));
    }

    @Test
    void brokenJsonIsNotMistakenForAString() {
        assertThatThrownBy(() -> Extra.parse("x={\"a\":")).hasMessageContaining("begins like JSON, but is not");
    }

    @Test
    void anOptionOfItsOwnIsNoExtra() {
        assertThatThrownBy(() -> Extra.parse("aspect_ratio=1:1")).hasMessageContaining("use --aspect-ratio");
    }
}
