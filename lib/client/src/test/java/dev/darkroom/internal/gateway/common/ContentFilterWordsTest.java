package dev.darkroom.internal.gateway.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Reply;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RejectedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Azure's content filter says is moderation at every gateway, for many of them hand Azure's answers on. */
class ContentFilterWordsTest {

    private static final List<String> BODIES = List.of(
            "{\"error\":{\"code\":\"contentFilter\",\"message\":\"m\"}}",
            "{\"created\":1,\"error\":{\"code\":\"contentFilter\",\"message\":\"m\"}}",
            "{\"error\":{\"code\":\"content_filter\",\"message\":\"m\"}}",
            "{\"error\":{\"code\":\"content_policy_violation\",\"message\":\"m\"}}",
            "{\"error\":{\"message\":\"m\",\"inner_error\":{\"code\":\"ResponsibleAIPolicyViolation\"}}}");

    static Stream<Arguments> everywhere() {
        return Dialects.all().flatMap(dialect -> BODIES.stream().map(body -> Arguments.of(dialect, body)));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aFilteredPromptIsModerationAtEveryGatewayAlsoInsideA200(Dialect dialect, String body) {
        assertThat(dialect.failure(
                        new Reply(400, Map.of(), DialectContract.NOW), body.getBytes(StandardCharsets.UTF_8)))
                .satisfies(ContentFilterWordsTest::isModeration);
        var reading = dialect.reading(ImageRequest.of("a/b", "p"), new Reply(200, Map.of(), DialectContract.NOW));
        assertThatThrownBy(() -> reading.read(Payloads.document(body))).satisfies(ContentFilterWordsTest::isModeration);
    }

    private static void isModeration(Throwable failure) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(RejectedException.Reason.MODERATION));
    }
}
