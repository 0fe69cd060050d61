package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    void thisClassPathWillDo() {
        assertThatCode(LibraryVersions::check).doesNotThrowAnyException();
    }
}
