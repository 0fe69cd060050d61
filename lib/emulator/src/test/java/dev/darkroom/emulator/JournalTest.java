package dev.darkroom.emulator;

import static dev.darkroom.emulator.TestClient.MINI;
import static dev.darkroom.emulator.TestClient.json;
import static dev.darkroom.emulator.TestClient.small;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.darkroom.emulator.journal.Entry;
import dev.darkroom.emulator.journal.Outcome;
import dev.darkroom.testsupport.NeedsMaterial;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JournalTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private RunningEmulator emulator;
    private TestClient client;

    @BeforeEach
    void start() {
        emulator = ImageEmulator.create().latency(Duration.ofMillis(1)).start();
        client = new TestClient(emulator);
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void anAcceptedRequestIsWrittenDown() {
        client.post(small(MINI).put("stream", true), "X-Title", "Test");

        var entry = first();
        assertThat(entry.number()).isEqualTo(1);
        assertThat(entry.method()).isEqualTo("POST");
        assertThat(entry.path()).isEqualTo("/openrouter/api/v1/images");
        assertThat(entry.header("x-title")).contains("Test");
        assertThat(entry.body().path("model").stringValue()).isEqualTo(MINI);
        assertThat(entry.status()).contains(200);
        assertThat(entry.outcome())
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.events()).isEqualTo(3));
    }

    @Test
    void whatIsClearedIsForgottenAlsoByThoseWhoAskLater() {
        client.post(small(MINI));
        var before = emulator.journal().settled();
        before.blockFirst(PATIENCE); // an answer may be read before it is written down

        emulator.journal().clear();

        assertThat(emulator.journal().entries()).isEmpty();
        assertThat(before.collectList().block(PATIENCE)).hasSize(1);
        client.post(small(MINI));
        assertThat(emulator.journal().settled().blockFirst(PATIENCE).number()).isEqualTo(2);
        assertThat(emulator.journal().entries()).hasSize(1);
    }

    @Test
    void whoeverWaitsForOutcomesSeesWhatWasBilledOfAllThatWasAsked() {
        assertThat(emulator.journal().awaitSettled(PATIENCE).billed()).isZero();
        client.post(small(MINI));
        client.post(small(MINI).put("stream", true));

        assertThat(emulator.journal().awaitSettled(PATIENCE).billed()).isEqualTo(2);
    }

    @Test
    void whoeverWaitsInVainIsToldHowManyAreUnderWay() throws Exception {
        try (var slow = ImageEmulator.create().latency(Duration.ofMinutes(5)).start();
                var socket = RawTestClient.open(slow, small(MINI))) {
            Deadline.until(() -> !slow.journal().entries().isEmpty());
            assertThat(socket.isConnected()).isTrue();

            assertThatIllegalStateException()
                    .isThrownBy(() -> slow.journal().awaitSettled(Duration.ofMillis(1)))
                    .withMessage("after PT0.001S, 1 of 1 requests are still under way");
        }
    }

    @Test
    void aRefusedRequestIsWrittenDownWithItsStatus() {
        client.post(small(MINI).put("n", 11));

        assertThat(first().outcome()).isInstanceOf(Outcome.Refused.class);
        assertThat(first().status()).contains(400);
    }

    @Test
    void keysAndImagesAreNotKept() {
        client.post(small(MINI).put("user", "u".repeat(5000)));

        var entry = first();
        assertThat(entry.toString()).doesNotContain("sk-test");
        assertThat(entry.header("authorization")).contains("REDACTED");
        assertThat(entry.key()).hasSize(8);
        assertThat(entry.body().path("user").stringValue())
                .startsWith("uuu")
                .contains("5000 characters")
                .hasSizeLessThan(100);
        assertThat(entry.bytes()).isGreaterThan(5000);
    }

    @Test
    void readingTheCatalogueIsWrittenDownToo() {
        client.withKey("").get("/images/models?x=1");

        assertThat(first().query()).isEqualTo("x=1");
        assertThat(first().key()).isNull();
        assertThat(first().body()).isNull();
    }

    @Test
    void aRequestThatCannotBeReadIsWrittenDownOnce() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), emulator.port())) {
            socket.getOutputStream()
                    .write("GET /openrouter/api/v1/images/models?x=%zz HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 400");
        }
        assertThat(first().status()).contains(400);
        assertThat(emulator.journal().entries()).hasSize(1);
    }

    @Test
    void aClientWhichHangsUpMidStreamIsNoticedAndDrawingStops() throws Exception {
        try (var slow = ImageEmulator.create()
                .latency(Duration.ofMinutes(5))
                .keepAlive(Duration.ofMillis(20))
                .start()) {
            String id;
            try (var socket = RawTestClient.open(slow, small(MINI).put("stream", true))) {
                id = generationId(new String(socket.getInputStream().readNBytes(600), StandardCharsets.UTF_8));
            }
            var entry = slow.journal().cancelled().block(PATIENCE);

            assertThat(entry.isCancelled()).isTrue();
            assertThat(entry.status()).isEmpty();
            var generation =
                    json(new TestClient(slow).get("/generation?id=" + id)).path("data");
            assertThat(generation.path("cancelled").booleanValue()).isTrue();
            assertThat(generation.path("total_cost").intValue()).isZero();
        }
    }

    @Test
    void aClientWhichHangsUpWhileItWaitsForADocumentIsNoticed() throws Exception {
        try (var slow = ImageEmulator.create().latency(Duration.ofMinutes(5)).start()) {
            try (var socket = RawTestClient.open(slow, small(MINI))) {
                slow.journal(); // the request is on its way
                Deadline.until(() -> !slow.journal().entries().isEmpty());
                assertThat(socket.isConnected()).isTrue();
            }

            assertThat(slow.journal().cancelled().block(PATIENCE).isCancelled()).isTrue();
        }
    }

    @Test
    void closingTheEmulatorEndsWhatIsPending() throws Exception {
        var slow = ImageEmulator.create().latency(Duration.ofMinutes(5)).start();
        try (var socket = RawTestClient.open(slow, small(MINI).put("stream", true))) {
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            slow.close();

            assertThat(socket.getInputStream().transferTo(OutputStream.nullOutputStream()))
                    .isPositive();
        }
        assertThat(slow.journal().settled().next().block(PATIENCE).isCancelled())
                .isTrue();
    }

    @Test
    @NeedsMaterial
    void aGenerationCanBeLookedUpInTheRecordedShape() {
        var response = client.post(TestClient.imageRequest("black-forest-labs/flux.2-klein-4b"));
        var id = response.headers().firstValue("X-Generation-Id").orElseThrow();
        first();
        var found = client.get("/generation?id=" + id);

        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(json(found).path("data").path("id").stringValue()).isEqualTo(id);
        Recorded.file("openrouter-recorded/generation-image.recorded.json").ifPresent(recorded -> {
            var known = Recorded.fields(recorded);
            known.remove("/data/_note: STRING");
            assertThat(Recorded.fields(json(found))).containsAll(known);
        });
        assertThat(client.get("/generation?id=gen-img-0-nothing").statusCode()).isEqualTo(404);
        assertThat(client.withKey("").get("/generation?id=" + id).statusCode()).isEqualTo(401);
    }

    private Entry first() {
        return emulator.journal().settled().next().block(PATIENCE);
    }

    private static String generationId(String head) {
        int start = head.indexOf("gen-img-");
        return head.substring(start, head.indexOf('\r', start));
    }
}
