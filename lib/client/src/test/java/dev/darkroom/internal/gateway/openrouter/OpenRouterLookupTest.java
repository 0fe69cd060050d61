package dev.darkroom.internal.gateway.openrouter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.darkroom.dialect.Lookup;
import dev.darkroom.dialect.Lookup.Sought;
import dev.darkroom.image.GenerationRecord;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RejectedException;
import dev.darkroom.internal.gateway.common.Payloads;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenRouterLookupTest {

    private static final Lookup LOOKUP = new OpenRouterDialect().lookup().orElseThrow();
    private static final Sought SOUGHT = new Sought("gen-img-1-aB", null, null);

    private static GenerationRecord read(String json) {
        return LOOKUP.read(SOUGHT, Payloads.document(json));
    }

    @Test
    void itIsAskedByTheHandleAlone() {
        var call = LOOKUP.ask(SOUGHT).orElseThrow();
        assertThat(call.method()).isEqualTo("GET");
        assertThat(call.path()).isEqualTo("/generation?id=gen-img-1-aB");
        assertThat(LOOKUP.ask(new Sought(null, ImageRequest.of("a/b", "p"), Instant.EPOCH)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a&b=c", "a#b", "a/../b", "a%20b", "ä"})
    void whatWouldAskForSomethingElseIsNoId(String id) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> LOOKUP.ask(new Sought(id, null, null)))
                .withMessageStartingWith("not sent to openrouter: ");
    }

    @Test
    void aPictureThatWasMadeHasACostAndIsNotInIt() {
        var record = read("""
                {"data":{"id":"gen-img-1-aB","created_at":"2026-11-29T08:25:52.374Z","model":"a/b","streamed":true,
                 "cancelled":false,"finish_reason":"complete","tokens_prompt":19,"tokens_completion":4096,
                 "num_media_completion":1,"total_cost":3e-05,"usage":3e-05,"provider_name":"Some Labs","upstream_id":null,
                 "provider_responses":[{"status":429},{"status":200,"provider_name":"Some Labs"}]}}
                """);
        assertThat(record.status()).isEqualTo(GenerationRecord.Status.MADE);
        assertThat(record.isFinal()).isTrue();
        assertThat(record.generationId()).isEqualTo("gen-img-1-aB");
        assertThat(record.provider()).isEqualTo("Some Labs");
        assertThat(record.created()).isEqualTo(Instant.parse("2026-11-29T08:25:52.374Z"));
        assertThat(record.usage().cost()).isEqualByComparingTo("0.00003");
        assertThat(record.usage().costUnit()).isEqualTo("USD");
        assertThat(record.usage().outputTokens()).isEqualTo(4096);
        assertThat(record.usage().images()).isEqualTo(1);
        assertThat(record.usage().fields()).containsEntry("streamed", true).doesNotContainKey("upstream_id");
        assertThat(record.pictures()).isEmpty();
        assertThat(record).hasToString("GenerationRecord[MADE, gen-img-1-aB, 0.00003 USD, 0 kept]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"cancelled\":true,\"total_cost\":0.01,\"finish_reason\":null | CANCELLED",
                "\"cancelled\":true,\"provider_responses\":[{\"status\":500}] | CANCELLED",
                "\"cancelled\":false,\"provider_responses\":[{\"status\":429},{\"status\":502}] | FAILED",
                "\"finish_reason\":\"error\",\"total_cost\":0 | FAILED",
                "\"finish_reason\":\"content_filter\" | FAILED",
                "\"finish_reason\":\"stop\",\"provider_responses\":null | MADE",
                "\"total_cost\":0.01 | MADE",
                "\"provider_responses\":[{\"status\":200}] | MADE",
                "\"cancelled\":null,\"total_cost\":0 | RUNNING",
                "\"created_at\":\"yesterday\",\"tokens_prompt\":\"many\",\"num_media_completion\":-1 | RUNNING"
            })
    void whatBecameOfItIsToldByItsEnd(String members, GenerationRecord.Status status) {
        assertThat(read("{\"data\":{\"id\":\"gen-1\"," + members + "}}").status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"data\":[]}", "{\"data\":{}}", "[]", "{\"data\":{\"id\":7}}"})
    void whatIsNoRecordMakesNoSense(String json) {
        assertThatIllegalArgumentException().isThrownBy(() -> read(json));
    }
}
