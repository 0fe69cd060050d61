package dev.darkroom.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.internal.gateway.openai.OpenAiDialect;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A base URL may carry a query, which goes along with every call and is shown to nobody. */
class BaseUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://h/v1,            /images,         https://h/v1/images",
        "https://h/v1/,           /images?limit=1, https://h/v1/images?limit=1",
        "https://h/v1?,           /images,         https://h/v1/images",
        "https://h/v1/?a=b,       /images,         https://h/v1/images?a=b",
        "https://h?a=b,           /images,         https://h/images?a=b",
        "https://h/?a=b,          /images,         https://h/images?a=b",
        "https://h/v1?a=b&c=d%20, /images?limit=1, https://h/v1/images?limit=1&a=b&c=d%20",
        "https://h/v1?a=/x/,      /images,         https://h/v1/images?a=/x/",
        "https://h/v1?a=b?c,      /images,         https://h/v1/images?a=b?c"
    })
    void itsQueryStandsBehindEachPathBesideThePathsOwn(String baseUrl, String path, String sent) {
        var access = new EndpointConfig(new OpenAiDialect()).at(BaseUrl.of(baseUrl));
        assertThat(access.call(new ApiCall("GET", path, Map.of(), List.of()), Map.of(), "")
                        .uri())
                .isEqualTo(URI.create(sent));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://h/v1?code=secret", "https://h?secret", "https://h/v1/?a=b&secret=secret"})
    void ofItsQueryNobodyIsShownMoreThanThatThereIsOne(String baseUrl) {
        assertThat(new EndpointConfig(new OpenAiDialect()).at(BaseUrl.of(baseUrl)))
                .asString()
                .contains("https://h")
                .contains("?…")
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://me:secret@h/v1?a=b",
                "https://h/v1?a=b#secret",
                "https://h/v1?a=secret word",
                "https://h/v1#secret?a=b",
                "ftp://h/v1?secret",
                "/v1?secret",
                "?secret",
                ""
            })
    void whatIsNoneIsRefusedWithoutBeingQuoted(String baseUrl) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BaseUrl.of(baseUrl))
                .withMessageContaining("[?query] without user and fragment")
                .withMessageNotContaining("secret")
                .withNoCause();
    }
}
