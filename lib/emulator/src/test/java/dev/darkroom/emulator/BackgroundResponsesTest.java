package dev.darkroom.emulator;

import static dev.darkroom.emulator.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.journal.Background;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.test.scheduler.VirtualTimeScheduler;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Responses which go on without their connection. */
class BackgroundResponsesTest {

    private static final String ROUTE = "/responses";

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private RunningEmulator emulator;
    private TestClient client;

    @BeforeEach
    void start() {
        emulator = ImageEmulator.create().shrink(64).start();
        client = new TestClient(emulator.baseUrl("openai-responses"), "sk-test");
    }

    @AfterEach
    void stop() {
        emulator.close();
        time.dispose();
    }

    private void slow() {
        emulator.close();
        emulator = ImageEmulator.create()
                .shrink(64)
                .time(time)
                .latency(Duration.ofMinutes(1))
                .start();
        client = new TestClient(emulator.baseUrl("openai-responses"), "sk-test");
    }

    private static ObjectNode body(boolean stream) {
        var body = ResponsesTest.body("gpt-5").put("background", true).put("stream", stream);
        ((ObjectNode) body.path("tools").path(0)).put("partial_images", 2);
        return body;
    }

    private static List<JsonNode> events(String body) {
        return TestClient.data(body).stream().map(TestClient::parse).toList();
    }

    @Test
    void aResponseIsQueuedThenThereAndCountsOnceHoweverOftenOneAsks() {
        slow();
        var created = json(client.post(ROUTE, body(false)));
        var id = ROUTE + "/" + created.path("id").stringValue();

        assertThat(created.path("status").stringValue()).isEqualTo("queued");
        assertThat(created.path("background").booleanValue()).isTrue();
        Deadline.until(() -> status(id).equals("in_progress"));
        assertThat(emulator.journal().billed()).isZero();
        assertThat(emulator.journal().entries().get(0).background()).isEqualTo(Background.RUNNING);
        Deadline.until(() -> {
            time.advanceTimeBy(Duration.ofSeconds(10));
            return status(id).equals("completed");
        });
        assertThat(emulator.journal().accepted()).hasSize(1);
        assertThat(emulator.journal().lookups()).hasSizeGreaterThan(1);
        assertThat(emulator.journal().cancellations()).isEmpty();
        Deadline.until(() -> emulator.journal().entries().get(0).background() == Background.FINISHED);
        assertThat(emulator.journal().awaitSettled(Deadline.LIMIT).billed()).isEqualTo(1);
    }

    private String status(String id) {
        return json(client.get(id)).path("status").stringValue();
    }

    @Test
    void aStreamIsReadOnBehindEachOfItsNumbers() {
        var whole = client.post(ROUTE, body(true)).body();
        var events = events(whole);
        var id = ROUTE + "/" + events.get(0).path("response").path("id").stringValue();

        assertThat(events.get(1).path("type").stringValue()).isEqualTo("response.queued");
        for (int i = -1; i < events.size(); i++) {
            var rest =
                    events(client.get(id + "?stream=true&starting_after=" + i).body());
            assertThat(rest).isEqualTo(events.subList(i + 1, events.size()));
        }
        assertThat(client.get(id + "?stream=true").body()).isEqualTo(whole);
        assertThat(emulator.journal().awaitSettled(Deadline.LIMIT).billed()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CUT", "RESET", "TRUNCATED", "ERROR_EVENT", "NO_TERMINAL", "EMPTY_REPLY"})
    void whateverBecomesOfItsConnectionItIsMadeAndBilledOnce(Fault fault) {
        emulator.enqueue(fault.after(3));
        var created = RawTestClient.post(
                emulator, emulator.baseUrl("openai-responses").getPath() + ROUTE, body(true));

        Deadline.until(() -> emulator.journal().entries().get(0).background() == Background.FINISHED);
        assertThat(emulator.journal().awaitSettled(Deadline.LIMIT).billed()).isEqualTo(1);
        assertThat(created.text()).doesNotContain("response.completed");
    }

    @Test
    void whoHangsUpFindsItLater() throws Exception {
        slow();
        var path = emulator.baseUrl("openai-responses").getPath() + ROUTE;
        try (var socket = RawTestClient.open(emulator, path, body(true))) {
            Deadline.until(() -> !emulator.journal().accepted().isEmpty());
            assertThat(socket.isConnected()).isTrue();
        }
        var entry = emulator.journal().cancelled().block(Deadline.LIMIT);

        assertThat(entry.background()).isEqualTo(Background.RUNNING);
        Deadline.until(() -> {
            time.advanceTimeBy(Duration.ofSeconds(10));
            return emulator.journal().billed() == 1;
        });
    }

    @Test
    void whatIsCancelledBeforeItsEndIsNotMadeAndNobodyReadsOn() {
        slow();
        var id = ROUTE + "/" + json(client.post(ROUTE, body(false))).path("id").stringValue();
        var cancelled = json(client.post(id + "/cancel", TestClient.JSON.createObjectNode()));

        assertThat(cancelled.path("status").stringValue()).isEqualTo("cancelled");
        assertThat(status(id)).isEqualTo("cancelled");
        assertThat(json(client.post(id + "/cancel", TestClient.JSON.createObjectNode()))
                        .path("status")
                        .stringValue())
                .isEqualTo("cancelled");
        assertThat(emulator.journal().cancellations()).hasSize(2);
        assertThat(emulator.journal().entries().get(0).background()).isEqualTo(Background.CANCELLED);
        assertThat(emulator.journal().awaitSettled(Deadline.LIMIT).billed()).isZero();
    }

    @Test
    void aCancellationBehindTheEndChangesNothing() {
        var events = events(client.post(ROUTE, body(true)).body());
        var id = ROUTE + "/" + events.get(0).path("response").path("id").stringValue();

        assertThat(json(client.post(id + "/cancel", TestClient.JSON.createObjectNode()))
                        .path("status")
                        .stringValue())
                .isEqualTo("completed");
        assertThat(emulator.journal().entries().get(0).background()).isEqualTo(Background.FINISHED);
    }

    @Test
    void whatIsNotInTheBackgroundIsNeitherCancelledNorReadOn() {
        var id = ROUTE + "/"
                + json(client.post(ROUTE, ResponsesTest.body("gpt-5")))
                        .path("id")
                        .stringValue();
        var queued =
                ROUTE + "/" + json(client.post(ROUTE, body(false))).path("id").stringValue();

        assertThat(client.post(id + "/cancel", TestClient.JSON.createObjectNode())
                        .statusCode())
                .isEqualTo(400);
        assertThat(client.get(id + "?stream=true").statusCode()).isEqualTo(400);
        assertThat(client.get(queued + "?stream=true").statusCode()).isEqualTo(400);
    }

    @Test
    void requestsByIdMeetFaultsOfTheirOwn() {
        var events = events(client.post(ROUTE, body(true)).body());
        var id = ROUTE + "/" + events.get(0).path("response").path("id").stringValue();
        emulator.enqueue(Fault.SERVER_ERROR);
        emulator.enqueueFollowUp(
                Fault.NOT_FOUND.once(), Fault.RATE_LIMIT.once(), Fault.NO_TERMINAL.once(), Fault.UNAVAILABLE.once());

        assertThat(client.get(id).body()).contains("Response with id");
        assertThat(client.get(id).statusCode()).isEqualTo(429);
        assertThat(client.get(id + "?stream=true").body()).doesNotContain("event: response.completed");
        assertThat(client.post(id + "/cancel", TestClient.JSON.createObjectNode())
                        .statusCode())
                .isEqualTo(503);
        assertThat(client.get(id).statusCode()).isEqualTo(200);
        assertThat(emulator.remainingFaults()).isEqualTo(1);
    }
}
