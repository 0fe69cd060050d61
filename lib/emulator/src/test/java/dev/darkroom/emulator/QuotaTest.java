package dev.darkroom.emulator;

import static dev.darkroom.emulator.TestClient.MINI;
import static dev.darkroom.emulator.TestClient.json;
import static dev.darkroom.emulator.TestClient.small;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.testsupport.NeedsMaterial;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

class QuotaTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final ImageEmulator settings = ImageEmulator.create().time(time).quota(2, Duration.ofSeconds(10));

    @AfterEach
    void stopTheClock() {
        time.dispose();
    }

    @Test
    void oneTooManyIsRefusedUntilThePermitIsBack() {
        try (var emulator = settings.start()) {
            var client = new TestClient(emulator);

            assertThat(client.post(small(MINI)).statusCode()).isEqualTo(200);
            assertThat(client.post(small(MINI)).statusCode()).isEqualTo(200);
            assertThat(client.post(small(MINI)).statusCode()).isEqualTo(429);
            time.advanceTimeBy(Duration.ofMillis(4999));
            assertThat(client.post(small(MINI)).statusCode()).isEqualTo(429);
            time.advanceTimeBy(Duration.ofMillis(1));
            assertThat(client.post(small(MINI)).statusCode()).isEqualTo(200);
            assertThat(client.post(small(MINI)).statusCode()).isEqualTo(429);
            time.advanceTimeBy(Duration.ofSeconds(60));
            assertThat(client.post(small(MINI)).statusCode()).isEqualTo(200);
            assertThat(client.post(small(MINI)).statusCode()).isEqualTo(200);
            assertThat(client.post(small(MINI)).statusCode()).isEqualTo(429);
        }
    }

    @Test
    void theRouterSaysWhenInWholeSecondsRoundedUp() {
        try (var emulator = settings.start()) {
            var refused = exhausted(emulator);

            assertThat(refused.headers().firstValue("Retry-After")).contains("5");
            assertThat(refused.headers().firstValue("X-RateLimit-Limit")).contains("2");
            assertThat(refused.headers().firstValue("X-RateLimit-Remaining")).contains("0");
            assertThat(refused.headers().firstValue("X-RateLimit-Reset")).contains("5000");
            time.advanceTimeBy(Duration.ofMillis(4001));
            assertThat(new TestClient(emulator).post(small(MINI)).headers().firstValue("Retry-After"))
                    .contains("1");
        }
    }

    @Test
    @NeedsMaterial
    void aProvidersHintIsInTheMetadataOnly() {
        try (var emulator = settings.refuseQuotaWith(Fault.RATE_LIMIT_UPSTREAM).start()) {
            var refused = exhausted(emulator);
            var error = json(refused).path("error");

            assertThat(refused.headers().firstValue("Retry-After")).isEmpty();
            assertThat(error.path("message").stringValue()).isEqualTo("Provider returned error");
            assertThat(error.path("metadata").path("retry_after_seconds").intValue())
                    .isEqualTo(5);
            assertThat(error.path("metadata")
                            .path("headers")
                            .path("Retry-After")
                            .stringValue())
                    .isEqualTo("5");
            Recorded.file("openrouter-recorded/error-429-upstream-2.recorded.json")
                    .ifPresent(recorded ->
                            assertThat(Recorded.fields(json(refused))).isEqualTo(Recorded.fields(recorded)));
        }
    }

    @Test
    void theAvailabilityShapeHasNoCodeAndItsHintInside() {
        try (var emulator =
                settings.refuseQuotaWith(Fault.RATE_LIMIT_AVAILABILITY).start()) {
            var error = json(exhausted(emulator)).path("error");

            assertThat(error.has("code")).isFalse();
            assertThat(error.path("http_status").intValue()).isEqualTo(429);
            assertThat(error.path("availability").path("retry_after").intValue())
                    .isEqualTo(5);
            assertThat(error.path("availability").path("retryable").booleanValue())
                    .isTrue();
        }
    }

    @Test
    void theSilentShapeHasNoHintAtAll() {
        try (var emulator = settings.refuseQuotaWith(Fault.RATE_LIMIT_SILENT).start()) {
            var refused = exhausted(emulator);

            assertThat(refused.headers().map().keySet())
                    .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("retry"));
            assertThat(refused.body()).doesNotContain("etry_after").doesNotContain("Retry-After");
        }
    }

    @Test
    void aDateIsNeverEarlierThanThePermit() {
        try (var emulator = settings.refuseQuotaWith(Fault.RATE_LIMIT_DATE).start()) {
            time.advanceTimeTo(Instant.ofEpochMilli(1_700_000_000_500L));
            var refused = exhausted(emulator);

            assertThat(refused.headers().firstValue("Retry-After")).contains("Tue, 14 Nov 2023 22:13:26 GMT");
            assertThat(refused.headers().firstValue("Date")).contains("Tue, 14 Nov 2023 22:13:20 GMT");
        }
    }

    @Test
    void eachKeyHasItsOwnAccount() {
        try (var emulator = settings.start()) {
            exhausted(emulator);

            assertThat(new TestClient(emulator)
                            .withKey("sk-other")
                            .post(small(MINI))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void invalidRequestsAndRefusalsCostNothing() {
        try (var emulator = settings.start()) {
            var client = new TestClient(emulator);
            for (int i = 0; i < 5; i++) {
                client.post(small(MINI).put("n", 99));
            }

            assertThat(client.post(small(MINI)).statusCode()).isEqualTo(200);
            assertThat(client.get("/images/models").statusCode()).isEqualTo(200);
            assertThat(client.post(small(MINI)).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aBurstLargerThanTheQuotaIsTakenAtOnce() {
        try (var emulator = settings.quota(1, Duration.ofSeconds(1), 4).start()) {
            var client = new TestClient(emulator);
            for (int i = 0; i < 4; i++) {
                assertThat(client.post(small(MINI)).statusCode()).isEqualTo(200);
            }
            assertThat(client.post(small(MINI)).statusCode()).isEqualTo(429);
        }
    }

    @Test
    void settingsAreCheckedAndCopied() {
        var plain = ImageEmulator.create();

        assertThat(plain.port(1234)).isNotSameAs(plain);
        assertThat(plain.toString()).contains("port=0");
        assertThat(plain.port(1234).toString()).contains("port=1234");
        assertThatIllegalArgumentException().isThrownBy(() -> plain.port(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> plain.partials(21));
        assertThatIllegalArgumentException().isThrownBy(() -> plain.maxBody(0));
        assertThatIllegalArgumentException().isThrownBy(() -> plain.quota(0, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> plain.quota(1, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> plain.latency(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> plain.keepAlive(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> plain.refuseQuotaWith(Fault.CREDITS));
    }

    private static HttpResponse<String> exhausted(RunningEmulator emulator) {
        var client = new TestClient(emulator);
        client.post(small(MINI));
        client.post(small(MINI));
        return client.post(small(MINI));
    }
}
