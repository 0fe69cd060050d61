package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a:b", "a\r\nb", "ä", "a\0"})
    void refusesNamesThatNoHeaderMayHave(String name) {
        assertThat(HeaderRules.fault(name, "x")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\r\nInjected: 1", "a\n", "\ta", "a\0", "é", "a\u007f"})
    void refusesValuesThatWouldSplitOrBlurAHeaderAndDoesNotShowThem(String value) {
        assertThat(HeaderRules.fault("X-A", value)).isNotNull().doesNotContain("Injected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "host", "Content-Length", "transfer-encoding", "Accept-Encoding"})
    void keepsForTheClientWhatIsTheClients(String name) {
        assertThat(HeaderRules.fault(name, "x")).contains("set by the client itself");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a b", "a\tb", "Bearer sk-or-v1-0123", "\"quoted\"; q=1"})
    void acceptsVisibleAsciiWithBlanksInside(String value) {
        assertThat(HeaderRules.fault("X-A", value)).isNull();
    }
}
