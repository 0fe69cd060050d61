package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.settings.Downloads;
import dev.darkroom.settings.Limits;
import dev.darkroom.settings.RateLimits;
import dev.darkroom.settings.Timeouts;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody at a shell is told to write Java. */
class ShellWordsTest {

    /** As the client's exceptions name what would help. */
    static Stream<String> settings() {
        return Stream.concat(
                Stream.of(Downloads.allowing("minio.internal"), Downloads.allowing("10.20.0.1")),
                Stream.of(Timeouts.class, Limits.class, Downloads.class, RateLimits.class)
                        .flatMap(type -> Arrays.stream(type.getFields()))
                        .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == String.class)
                        .map(ShellWordsTest::value));
    }

    private static String value(Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void noSettingIsSpeltInJava(String setting) {
        assertThat(ShellWords.of("it took too long; " + setting + " gives it more"))
                .doesNotContain("->", "(..)", "\"")
                .startsWith("it took too long; ");
    }

    @Test
    void theFlagStandsForTheSettingWhereThereIsOne() {
        assertThat(ShellWords.of("exceeds the maximum wait (" + RateLimits.MAX_WAIT + ") or the deadline"))
                .isEqualTo("exceeds the maximum wait (--timeout) or the deadline");
        assertThat(ShellWords.of("; " + Downloads.allowing("minio.internal") + " permits it"))
                .isEqualTo("; --download-from minio.internal permits it");
        assertThat(ShellWords.of("; " + Limits.IMAGE_BYTES + " raises it"))
                .isEqualTo("; the library's image bytes, for which there is no flag, raises it");
    }
}
