package dev.darkroom.internal.http;

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
    @ValueSource(
            strings = {
                "sk-1",
                " sk-1",
                "sk-1 ",
                "sk-1\n",
                "\r\n\tsk-1\r\n",
                "sk-1\u00a0",
                "\ufeffsk-1",
                "sk-1\u200b",
                "sk-1\u2003"
            })
    void whatStandsAroundAKeyIsNoPartOfIt(String pasted) {
        assertThat(HeaderRules.trimmed(pasted)).isEqualTo("sk-1");
        assertThat(HeaderRules.keyFault(HeaderRules.trimmed(pasted))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sk 1", "sk\t1", "sk\n1", "sk\u00001", "sk\u007f1", "sk\u00e41", "sk\u200b1"})
    void refusesAKeyWithAnythingElseInItAndDoesNotShowIt(String key) {
        assertThat(HeaderRules.keyFault(key)).startsWith("the API key").doesNotContain("sk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a b", "a\tb", "Bearer sk-or-v1-0123", "\"quoted\"; q=1"})
    void acceptsVisibleAsciiWithBlanksInside(String value) {
        assertThat(HeaderRules.fault("X-A", value)).isNull();
    }
}
