package dev.darkroom.emulator;

import static dev.darkroom.emulator.TestClient.fetch;
import static dev.darkroom.emulator.TestClient.input;
import static dev.darkroom.emulator.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.journal.Background;
import dev.darkroom.emulator.journal.ImageCounts;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.test.scheduler.VirtualTimeScheduler;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class DashScopeTest {

    private static final String SYNC = "/services/aigc/multimodal-generation/generation";
    private static final String ASYNC = "/services/aigc/image-generation/generation";
    private static final String OLD = "/services/aigc/text2image/image-synthesis";
    private static final String[] HEADER = {"X-DashScope-Async", "enable"};

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private RunningEmulator emulator;
    private TestClient client;

    @BeforeEach
    void start() {
        emulator = ImageEmulator.create().shrink(64).start();
        client = new TestClient(emulator.baseUrl("dashscope"), "sk-test");
    }

    /** Pictures take 40 s of a clock which the test owns. */
    private void slow() {
        emulator.close();
        emulator = ImageEmulator.create()
                .shrink(64)
                .time(time)
                .latency(Duration.ofSeconds(40))
                .start();
        client = new TestClient(emulator.baseUrl("dashscope"), "sk-test");
    }

    @AfterEach
    void stop() {
        emulator.close();
        time.dispose();
    }

    @Test
    void wanHasAChoiceForEachImageAndQwenOneForAll() {
        var wan = json(client.post(SYNC, input("wan2.7-image-pro", "a fox", 2)));
        var qwen = json(client.post(SYNC, input("qwen-image-3.0-pro", "a fox", 2)));

        assertThat(wan.path("output").path("choices").size()).isEqualTo(2);
        assertThat(wan.path("output").path("finished").booleanValue()).isTrue();
        assertThat(wan.path("usage").path("size").stringValue()).isEqualTo("2048*2048");
        assertThat(qwen.path("output").path("choices").size()).isEqualTo(1);
        assertThat(urls(qwen)).hasSize(2);
        assertThat(qwen.path("usage").path("width").intValue()).isEqualTo(2048);
        assertThat(fetch(urls(wan).get(0)).statusCode()).isEqualTo(200);
        assertThat(wan.path("request_id").isString()).isTrue();
    }

    @Test
    void anImageOfWansIsOneOfFourUnlessTheRequestSaysHowMany() {
        var body = input("wan2.7-image", "a fox", 1);
        ((ObjectNode) body.path("parameters")).remove("n");

        assertThat(urls(json(client.post(SYNC, body)))).hasSize(4);
    }

    @Test
    void aTaskWaitsRunsAndEndsWhetherOrNotSomebodyAsks() {
        slow();
        var created = json(client.post(ASYNC, input("wan2.7-image-pro", "a fox", 1), HEADER));
        var id = created.path("output").path("task_id").stringValue();
        assertThat(created.path("output").path("task_status").stringValue()).isEqualTo("PENDING");
        assertThat(status(id)).isEqualTo("PENDING");

        time.advanceTimeBy(Duration.ofSeconds(11));
        assertThat(status(id)).isEqualTo("RUNNING");
        assertThat(emulator.journal().billed()).isZero();

        time.advanceTimeBy(Duration.ofSeconds(30));
        Deadline.until(() -> emulator.journal().billed() == 1);
        var task = task(id);
        assertThat(task.path("output").path("task_status").stringValue()).isEqualTo("SUCCEEDED");
        assertThat(task.path("output").path("submit_time").stringValue()).hasSize(23);
        assertThat(urls(task)).hasSize(1).isEqualTo(urls(task(id)));
        assertThat(task.path("usage").path("image_count").intValue()).isEqualTo(1);
    }

    @Test
    void createsPollsAndCancelsAreCountedApart() {
        slow();
        var id = create();
        status(id);
        status(id);
        cancel(id);

        var journal = emulator.journal();
        assertThat(journal.accepted()).hasSize(1);
        assertThat(journal.lookups()).hasSize(2);
        assertThat(journal.cancellations()).hasSize(1);
    }

    @Test
    void aTaskIsGivenUpWhileItWaitsAndCostsNothing() {
        slow();
        var id = create();

        var first = client.post("/tasks/" + id + "/cancel", TestClient.JSON.createObjectNode());
        var second = client.post("/tasks/" + id + "/cancel", TestClient.JSON.createObjectNode());
        time.advanceTimeBy(Duration.ofMinutes(5));

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(json(first).propertyNames()).containsExactly("request_id");
        assertThat(second.statusCode()).isEqualTo(400);
        assertThat(status(id)).isEqualTo("CANCELED");
        var entry = emulator.journal().accepted().get(0);
        assertThat(entry.background()).isEqualTo(Background.CANCELLED);
        assertThat(entry.images()).isEqualTo(new ImageCounts(1, 0, 0));
    }

    @Test
    void aTaskThatRunsIsNotGivenUp() {
        slow();
        var id = create();
        time.advanceTimeBy(Duration.ofSeconds(15));

        var response = client.post("/tasks/" + id + "/cancel", TestClient.JSON.createObjectNode());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("code").stringValue()).isEqualTo("UnsupportedOperation");
        assertThat(status(id)).isEqualTo("RUNNING");
    }

    @Test
    void aTaskIsKnownToItsKeyAndForADay() {
        slow();
        var id = create();
        var stranger = json(client.withKey("sk-other").get("/tasks/" + id));
        assertThat(stranger.path("output").path("task_status").stringValue()).isEqualTo("UNKNOWN");

        time.advanceTimeBy(Duration.ofHours(25));

        assertThat(status(id)).isEqualTo("UNKNOWN");
    }

    @Test
    void aTaskGoesOnWhenTheAnswerToItsCreateIsLost() {
        emulator.enqueue(Fault.EMPTY_REPLY);
        RawTestClient.post(
                emulator,
                emulator.baseUrl("dashscope").getPath() + ASYNC,
                input("wan2.7-image-pro", "a fox", 1),
                HEADER);

        Deadline.until(() -> emulator.journal().billed() == 1);
    }

    @Test
    void whatFailsIsAStatusOfTheTaskAndAnErrorOfTheCall() {
        emulator.enqueue(Fault.IMAGE_FAILED, Fault.IMAGES_STOPPED, Fault.IMAGE_FAILED);
        var flagged = task(create()).path("output");
        var stopped = task(create()).path("output");
        var called = client.post(SYNC, input("qwen-image-max", "a fox", 1));

        assertThat(flagged.path("task_status").stringValue()).isEqualTo("FAILED");
        assertThat(flagged.path("code").stringValue()).isEqualTo("DataInspectionFailed");
        assertThat(stopped.path("code").stringValue()).isEqualTo("InternalError");
        assertThat(called.statusCode()).isEqualTo(400);
        assertThat(json(called).path("code").stringValue()).isEqualTo("DataInspectionFailed");
        assertThat(emulator.journal().awaitSettled(Deadline.LIMIT).billed()).isZero();
    }

    @Test
    void theOlderProtocolHasResultsAndToldOnesThatFailed() {
        emulator.enqueue(Fault.IMAGE_FAILED.after(1));
        var body = TestClient.JSON.createObjectNode().put("model", "wan2.2-t2i-flash");
        body.putObject("input").put("prompt", "a fox");
        body.putObject("parameters").put("n", 2).put("size", "1024*1024");

        var id = json(client.post(OLD, body, HEADER))
                .path("output")
                .path("task_id")
                .stringValue();

        var output = task(id).path("output");
        assertThat(output.path("task_status").stringValue()).isEqualTo("SUCCEEDED");
        assertThat(output.path("results").path(0).path("url").stringValue()).startsWith("http://");
        assertThat(output.path("results").path(1).path("code").stringValue()).isEqualTo("DataInspectionFailed");
        assertThat(output.path("task_metrics").path("FAILED").intValue()).isEqualTo(1);
    }

    @Test
    void aQuestionMeetsItsOwnFaults() {
        emulator.enqueueFollowUp(Fault.RATE_LIMIT.once(), Fault.NOT_FOUND.once(), Fault.SERVER_ERROR.once());
        var id = create();

        assertThat(client.get("/tasks/" + id).statusCode()).isEqualTo(429);
        assertThat(status(id)).isEqualTo("UNKNOWN");
        assertThat(client.get("/tasks/" + id).statusCode()).isEqualTo(500);
        assertThat(status(id)).isEqualTo("SUCCEEDED");
    }

    @Test
    void theHeaderBelongsToItsPathsAndToNoOther() {
        var without = client.post(ASYNC, input("wan2.7-image-pro", "a fox", 1));
        var with = client.post(SYNC, input("wan2.7-image-pro", "a fox", 1), HEADER);

        assertThat(without.statusCode()).isEqualTo(403);
        assertThat(json(without).path("message").stringValue()).contains("does not support synchronous calls");
        assertThat(with.statusCode()).isEqualTo(403);
        assertThat(json(with).path("message").stringValue()).contains("does not support asynchronous calls");
    }

    @Test
    void aReferenceIsAnImageOfTheMessage() {
        var body = input("wan2.7-image-pro", "night", 1);
        ((ArrayNode) body.path("input").path("messages").path(0).path("content"))
                .addObject()
                .put("image", "https://e.org/a.png");

        assertThat(client.post(SYNC, body).statusCode()).isEqualTo(200);
        body.put("model", "qwen-image-max");
        assertThat(client.post(SYNC, body).statusCode()).isEqualTo(400);
    }

    static Stream<Arguments> brokenRules() {
        return Stream.of(
                rule("another model", body -> body.put("model", "wan9"), "Model not exist"),
                rule("a model of another path", body -> body.put("model", "wan2.2-t2i-flash"), "url error"),
                rule("no input", body -> body.remove("input"), "input"),
                rule(
                        "a size with an x",
                        body -> body.putObject("parameters").put("size", "1024x1024"),
                        "size 1024x1024 is not supported"),
                rule(
                        "a small size",
                        body -> body.putObject("parameters").put("size", "256*256"),
                        "total pixels between"),
                rule("five images", body -> body.putObject("parameters").put("n", 5), "n must be in [1, 4]"),
                rule("a negative seed", body -> body.putObject("parameters").put("seed", -1), "seed must be in"),
                rule(
                        "a mark that is a word",
                        body -> body.putObject("parameters").put("watermark", "no"),
                        "watermark must be of type boolean"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenRules")
    void aBrokenRuleIsRefused(String what, Consumer<ObjectNode> change, String words) {
        var body = input("wan2.7-image-pro", "a fox", 1);
        change.accept(body);

        var response = client.post(SYNC, body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).propertyNames()).containsExactly("code", "message", "request_id");
        assertThat(json(response).path("message").stringValue()).contains(words);
    }

    private static Arguments rule(String what, Consumer<ObjectNode> change, String words) {
        return Arguments.of(what, change, words);
    }

    private String create() {
        return json(client.post(ASYNC, input("wan2.7-image-pro", "a fox", 1), HEADER))
                .path("output")
                .path("task_id")
                .stringValue();
    }

    private void cancel(String id) {
        client.post("/tasks/" + id + "/cancel", TestClient.JSON.createObjectNode());
    }

    private JsonNode task(String id) {
        return json(client.get("/tasks/" + id));
    }

    private String status(String id) {
        return task(id).path("output").path("task_status").stringValue();
    }

    private static List<String> urls(JsonNode answer) {
        return answer.path("output")
                .path("choices")
                .valueStream()
                .flatMap(choice -> choice.path("message").path("content").valueStream())
                .map(part -> part.path("image").stringValue())
                .toList();
    }
}
