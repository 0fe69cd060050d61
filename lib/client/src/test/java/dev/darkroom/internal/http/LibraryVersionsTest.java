package dev.darkroom.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

class LibraryVersionsTest {

    @ParameterizedTest
    @ValueSource(strings = {"3.4.1", "3.6.99", "2.9.0", "3.4.1-SNAPSHOT"})
    void whatIsTooOldIsNamedWithWhatWouldDo(String version) {
        assertThat(LibraryVersions.fault("reactor-core", version, 3, 7))
                .contains("needs reactor-core 3.7 or later", version + " is on the class path", "BOM");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"3.7.0", "3.8.8", "3.10.0", "4.0.0", "3.7.0-M1", "", "unknown", "3", "99999999999.1.1"})
    void whatIsNewEnoughOrUnknownPasses(String version) {
        assertThat(LibraryVersions.fault("reactor-core", version, 3, 7)).isEmpty();
    }

    @Test
    void theVersionOfAnApplicationIntoWhoseJarTheLibraryWasPackedIsNotTheLibrarys() {
        assertThat(LibraryVersions.of(Mono.class, "reactor-core")).startsWith("3.");
        assertThat(LibraryVersions.of(Mono.class, "Darkroom :: Command line")).isNull();
    }

    @ParameterizedTest
    @MethodSource
    void eachLibraryIsKnownByTheTitleOfItsManifest(Class<?> type, String title) {
        assertThat(LibraryVersions.of(type, title)).isNotNull();
    }

    static Stream<Arguments> eachLibraryIsKnownByTheTitleOfItsManifest() {
        return Stream.of(
                Arguments.of(Mono.class, "reactor-core"),
                Arguments.of(HttpClient.class, "reactor-netty-http"),
                Arguments.of(HttpHeaders.class, "Netty/Codec/HTTP"),
                Arguments.of(JsonFormat.class, "Jackson-annotations"));
    }

    @Test
    void thisClassPathWillDo() {
        assertThatCode(LibraryVersions::check).doesNotThrowAnyException();
    }
}
