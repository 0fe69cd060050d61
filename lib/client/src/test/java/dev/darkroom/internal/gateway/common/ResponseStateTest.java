package dev.darkroom.internal.gateway.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.dialect.Reply;
import dev.darkroom.image.ImageResult;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResponseStateTest {

    private final ResponseState arrivals = new ResponseState(new Origin(
            "gate", new Reply(200, Map.of(), Instant.parse("2026-11-20T10:00:00Z")), "id-of-head", null, null));

    private void settle(Long number, String url) {
        var payload = Payloads.document("{\"url\":\"https://example.com/" + url + "\"}");
        arrivals.settle(payload, payload.json(), number);
    }

    private ImageResult result() {
        return arrivals.completed().result();
    }

    @Test
    void imagesStandInTheOrderOfTheirNumberHoweverTheyCome() {
        settle(2L, "two");
        settle(0L, "zero");
        settle(1L, "one");
        assertThat(result().images()).extracting(image -> image.index()).containsExactly(0, 1, 2);
        assertThat(result().images())
                .extracting(image -> image.url().getPath())
                .containsExactly("/zero", "/one", "/two");
    }

    @Test
    void anImageWhoseNumberIsTakenOrNoneIsNotLost() {
        settle(0L, "a");
        settle(0L, "b");
        settle(-1L, "c");
        settle(Long.MAX_VALUE, "d");
        settle(null, "e");
        assertThat(result().images()).extracting(image -> image.index()).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void theBodyKnowsTheHandleBetterThanTheHead() {
        settle(null, "a");
        assertThat(result().generationId()).isEqualTo("id-of-head");
        arrivals.account(Payloads.document("{\"request_id\":\"id-of-body\",\"created_at\":1761112880}")
                .json());
        assertThat(result().generationId()).isEqualTo("id-of-body");
        assertThat(result().created()).isEqualTo(Instant.ofEpochSecond(1761112880));
    }

    @Test
    void usageIsReadUnderEveryNameOfIt() {
        settle(null, "a");
        arrivals.account(Payloads.document(
                        "{\"usage\":{\"input_tokens\":7,\"output_tokens\":4460,\"total_tokens\":4467,\"generated_images\":3}}")
                .json());
        var usage = result().usage();
        assertThat(usage.inputTokens()).isEqualTo(7);
        assertThat(usage.outputTokens()).isEqualTo(4460);
        assertThat(usage.totalTokens()).isEqualTo(4467);
        assertThat(usage.images()).isEqualTo(3);
        assertThat(usage.cost()).isNull();
    }
}
