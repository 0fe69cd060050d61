package dev.darkroom.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.SharedMaterial;
import dev.darkroom.testsupport.NeedsMaterial;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Retry hints as other clients' tests have them, read from the folder of the property {@code wire.vectors}. */
@NeedsMaterial
class RetryVectorsTest {

    private static final Duration CAP = Duration.ofMinutes(2);

    @TestFactory
    Stream<DynamicTest> retryAfterIsUnderstoodAsOtherClientsDo() {
        var vectors = SharedMaterial.json("wire.vectors", "retry/retry-after.json");
        var now = Instant.parse(vectors.path("now").stringValue());
        return vectors.path("cases")
                .valueStream()
                .map(each -> DynamicTest.dynamicTest(each.path("headers").toString(), () -> check(now, each)));
    }

    private static void check(Instant now, JsonNode each) {
        var headers = new HashMap<String, String>();
        each.path("headers")
                .properties()
                .forEach(h -> headers.put(h.getKey(), h.getValue().stringValue()));
        var at = RetryHint.of(new Reply(429, headers, now), null);
        var expected = each.path("expect");
        if (expected.has("delaySeconds")) {
            var millis = expected.path("delaySeconds")
                    .decimalValue()
                    .movePointRight(3)
                    .longValueExact();
            assertThat(Duration.between(now, at)).isEqualTo(Duration.ofMillis(millis));
        } else if (expected.has("exceedsCap120s")) {
            assertThat(Duration.between(now, at)).isGreaterThan(CAP);
        } else {
            assertThat(at).isNull();
        }
    }

    @TestFactory
    Stream<DynamicTest> allThreeFormsOfADateAreRead() {
        var now = Instant.parse("2026-11-20T10:00:00Z");
        return SharedMaterial.json("wire.vectors", "retry/http-date.json")
                .path("cases")
                .valueStream()
                .map(each -> DynamicTest.dynamicTest(
                        each.path("input").stringValue(),
                        () -> assertThat(HttpDate.parse(each.path("input").stringValue(), now))
                                .isEqualTo(each.path("instant").stringValue())));
    }

    @TestFactory
    Stream<DynamicTest> durationsAreReadAsGoReadsThem() {
        return SharedMaterial.json("wire.vectors", "retry/go-duration.json")
                .path("cases")
                .valueStream()
                .map(each -> DynamicTest.dynamicTest("'" + each.path("input").stringValue() + "'", () -> {
                    var duration = GoDuration.parse(each.path("input").stringValue());
                    if (each.has("nanos")) {
                        assertThat(duration)
                                .isEqualTo(Duration.ofNanos(each.path("nanos").longValue()));
                    } else {
                        assertThat(duration).isNull();
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> rateLimitFieldsAreReadOrIgnoredWhole() {
        return SharedMaterial.json("wire.vectors", "retry/ratelimit-fields.json")
                .path("cases")
                .valueStream()
                .map(each -> DynamicTest.dynamicTest(each.path("value").stringValue(), () -> {
                    var items = RateLimitField.parse(each.path("value").stringValue());
                    var expected = each.path("expect");
                    if (expected.isObject()) {
                        assertThat(items).isEmpty();
                        return;
                    }
                    assertThat(items).hasSize(expected.size());
                    for (int i = 0; i < items.size(); i++) {
                        var item = items.get(i);
                        assertThat(item.policy())
                                .isEqualTo(expected.path(i).path("policy").stringValue());
                        for (String number : new String[] {"r", "t", "q", "w"}) {
                            var node = expected.path(i).path(number);
                            assertThat(item.number(number)).isEqualTo(node.isMissingNode() ? null : node.longValue());
                        }
                    }
                }));
    }
}
