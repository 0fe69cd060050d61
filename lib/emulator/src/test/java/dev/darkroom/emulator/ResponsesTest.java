package dev.darkroom.emulator;

import static dev.darkroom.emulator.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.testsupport.NeedsMaterial;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ResponsesTest {

    private static final String ROUTE = "/responses";

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
    }

    static ObjectNode body(String model) {
        var body = TestClient.JSON.createObjectNode().put("model", model).put("input", "a lighthouse at dawn");
        body.putArray("tools").addObject().put("type", "image_generation");
        return body;
    }

    private static ObjectNode tool(ObjectNode body) {
        return (ObjectNode) body.path("tools").path(0);
    }

    private static ObjectNode streamed(int partials) {
        var body = body("gpt-5").put("stream", true);
        tool(body).put("partial_images", partials);
        return body;
    }

    private List<JsonNode> events(ObjectNode body) {
        return TestClient.data(client.post(ROUTE, body).body()).stream()
                .map(TestClient::parse)
                .toList();
    }

    private static List<String> types(List<JsonNode> events) {
        return events.stream()
                .map(event -> event.path("type").stringValue())
                .filter(type -> !type.equals("response.output_text.delta"))
                .toList();
    }

    private static JsonNode item(JsonNode response) {
        return response.path("output")
                .valueStream()
                .filter(item -> item.path("type").stringValue().equals("image_generation_call"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aDocumentHasItsPictureInAnItemOfTheOutput() throws Exception {
        var answer = client.post(ROUTE, body("gpt-5"));
        var response = json(answer);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(response.path("status").stringValue()).isEqualTo("completed");
        assertThat(response.path("id").stringValue()).startsWith("resp_");
        assertThat(item(response).path("status").stringValue()).isEqualTo("completed");
        var file = Base64.getDecoder().decode(item(response).path("result").stringValue());
        assertThat(ImageIO.read(new ByteArrayInputStream(file)).getWidth()).isEqualTo(16);
        assertThat(item(response).path("revised_prompt").stringValue()).startsWith("a lighthouse");
        assertThat(response.path("tool_usage")
                        .path("image_gen")
                        .path("total_tokens")
                        .intValue())
                .isPositive();
    }

    @Test
    void aStreamHasEveryEventOfTheRealOneNumberedFromZero() {
        var events = events(streamed(2));

        assertThat(types(events))
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.image_generation_call.in_progress",
                        "response.image_generation_call.generating",
                        "response.image_generation_call.partial_image",
                        "response.image_generation_call.partial_image",
                        "response.image_generation_call.completed",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.completed");
        assertThat(events)
                .extracting(event -> event.path("sequence_number").intValue())
                .containsExactlyElementsOf(
                        IntStream.range(0, events.size()).boxed().toList());
        assertThat(item(events.get(events.size() - 1).path("response"))
                        .path("result")
                        .stringValue())
                .isEqualTo(item(json(client.post(ROUTE, body("gpt-5"))))
                        .path("result")
                        .stringValue());
    }

    /** What was added to the API since it was recorded may stand beside. */
    @ParameterizedTest
    @NeedsMaterial
    @CsvSource({
        "openai-responses, gpt-5, vercel-openai-image-generation-tool.1.chunks.txt",
        "azure, gpt-4.1-mini, vercel-azure-image-generation-tool.1.chunks.txt"
    })
    void aStreamHasTheRecordedEventsInTheirOrderWithEachOfTheirFields(String gateway, String model, String file) {
        var request = body(model).put("stream", true);
        tool(request).put("model", "gpt-image-1.5");
        tool(request).put("partial_images", 1).put("output_format", gateway.equals("azure") ? "png" : "webp");
        var answer = new TestClient(emulator.baseUrl(gateway), "sk-test").post(ROUTE, request);
        var events = withoutWords(TestClient.data(answer.body()).stream());
        var recorded = withoutWords(
                Recorded.text("openai-responses-recorded/" + file).orElseThrow().lines());

        assertThat(types(events)).isEqualTo(types(recorded));
        for (int i = 0; i < events.size(); i++) {
            assertThat(Recorded.fields(events.get(i))).containsAll(Recorded.fields(recorded.get(i)));
        }
    }

    private static List<JsonNode> withoutWords(Stream<String> lines) {
        return lines.filter(line -> !line.isBlank() && !line.contains("response.output_text.delta"))
                .map(TestClient::parse)
                .toList();
    }

    @Test
    void aPreviewSaysWhichItIsAndOfWhat() {
        var previews = events(streamed(3)).stream()
                .filter(event -> event.has("partial_image_b64"))
                .toList();

        assertThat(previews)
                .extracting(event -> event.path("partial_image_index").intValue())
                .containsExactly(0, 1, 2);
        assertThat(previews.get(0).path("item_id").stringValue()).startsWith("ig_");
        assertThat(previews.get(0).path("output_index").intValue()).isEqualTo(1);
        assertThat(previews.get(0).path("size").stringValue()).isEqualTo("1024x1024");
        assertThat(previews.get(0).path("partial_image_b64").stringValue()).isNotEmpty();
    }

    @Test
    void severalPicturesAreSeveralItems() {
        var response = json(client.post(ROUTE, body("gpt-4.1").put("input", "3 pictures of a fox")));

        assertThat(response.path("output"))
                .extracting(item -> item.path("type").stringValue())
                .containsExactly("image_generation_call", "image_generation_call", "image_generation_call", "message");
        assertThat(emulator.journal().awaitSettled(Deadline.LIMIT).billed()).isEqualTo(3);
    }

    @Test
    void anItemWhichFailsSaysWhyAndTheResponseIsWhole() {
        emulator.enqueue(Fault.IMAGE_FAILED);
        var response = json(client.post(ROUTE, body("gpt-5")));

        assertThat(response.path("status").stringValue()).isEqualTo("completed");
        assertThat(item(response).path("status").stringValue()).isEqualTo("failed");
        assertThat(item(response).path("result").isNull()).isTrue();
        assertThat(item(response).path("error").path("code").stringValue()).isEqualTo("moderation_blocked");
        assertThat(item(response)
                        .path("error")
                        .path("moderation_details")
                        .path("moderation_stage")
                        .stringValue())
                .isEqualTo("output");
    }

    @ParameterizedTest
    @CsvSource({
        "IMAGES_STOPPED, failed, error, server_error",
        "INCOMPLETE, incomplete, incomplete_details, content_filter"
    })
    void aResponseWhichFailsAsAWholeSaysSoInItsLastEventAndInItsDocument(
            Fault fault, String status, String field, String word) {
        emulator.enqueue(fault, fault);
        var events = events(streamed(1));
        var last = events.get(events.size() - 1);
        var document = json(client.post(ROUTE, body("gpt-5")));

        assertThat(last.path("type").stringValue()).isEqualTo("response." + status);
        for (var response : List.of(last.path("response"), document)) {
            assertThat(response.path("status").stringValue()).isEqualTo(status);
            assertThat(response.path(field).toString()).contains(word);
        }
        assertThat(types(events)).doesNotContain("response.completed");
    }

    @Test
    void anErrorOfTheStreamComesPlainOrNestedAsItsSourcesSay() {
        emulator.enqueue(Fault.ERROR_EVENT.after(3), Fault.RATE_LIMIT_EVENT.after(3));
        var plain = events(streamed(1));
        var nested = events(streamed(1));

        assertThat(plain).hasSize(4);
        assertThat(plain.get(3).path("code").stringValue()).isEqualTo("server_error");
        assertThat(nested.get(3).path("error").path("code").stringValue()).isEqualTo("rate_limit_exceeded");
    }

    @Test
    void itIsRefusedInOpenAisWords() {
        assertRefused(body("nobody"), 404, "model_not_found", "model");
        assertRefused(body("gpt-5").put("size", "1024x1024"), 400, "unknown_parameter", "size");
        assertRefused(body("gpt-5").put("input", "gore"), 400, "moderation_blocked", null);
        assertRefused(with("quality", "best"), 400, "invalid_value", "tools[0].quality");
        assertRefused(with("n_images", "2"), 400, "unknown_parameter", "tools[0].n_images");
        assertRefused(with("model", "dall-e-3"), 404, "model_not_found", "model");
        assertRefused(with("action", "edit"), 400, "invalid_value", "tools[0].action");
        assertRefused(body("gpt-5").put("background", true).put("store", false), 400, "invalid_value", "store");
        assertRefused(
                body("gpt-5").put("previous_response_id", "resp_1"),
                400,
                "previous_response_not_found",
                "previous_response_id");
        assertThat(emulator.journal().accepted()).isEmpty();
    }

    @Test
    void whatAMovingPictureCannotHaveIsRefused() {
        var previews = with("output_format", "gif");
        tool(previews).put("partial_images", 1);
        var compressed = with("output_format", "gif");
        tool(compressed).put("output_compression", 50);
        var masked = with("output_format", "gif");
        tool(masked).putObject("input_image_mask").put("file_id", "file-1");
        assertRefused(previews, 400, "invalid_value", "tools[0].partial_images");
        assertRefused(compressed, 400, "invalid_value", "tools[0].output_compression");
        assertRefused(masked, 400, "invalid_value", "tools[0].input_image_mask");
        assertThat(item(json(client.post(ROUTE, with("output_format", "gif"))))
                        .path("output_format")
                        .stringValue())
                .isEqualTo("gif");
    }

    private static ObjectNode with(String name, String value) {
        var body = body("gpt-5");
        tool(body).put(name, value);
        return body;
    }

    private void assertRefused(ObjectNode body, int status, String code, String param) {
        var answer = client.post(ROUTE, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).path("error").path("code").asString(null)).isEqualTo(code);
        assertThat(json(answer).path("error").path("param").asString(null)).isEqualTo(param);
    }

    @Test
    void anEditGoesOnFromAPreviousResponseOrAnItemOfIt() {
        var first = json(client.post(ROUTE, body("gpt-5")));
        var id = first.path("id").stringValue();
        var next =
                json(client.post(ROUTE, body("gpt-5").put("input", "at night").put("previous_response_id", id)));
        var body = body("gpt-5");
        var input = body.putArray("input");
        input.addObject()
                .put("type", "image_generation_call")
                .put("id", item(first).path("id").stringValue());
        input.addObject().put("role", "user").put("content", "at night");

        assertThat(next.path("previous_response_id").stringValue()).isEqualTo(id);
        assertThat(item(next).path("action").stringValue()).isEqualTo("edit");
        assertThat(item(json(client.post(ROUTE, body))).path("result").stringValue())
                .isEqualTo(item(next).path("result").stringValue())
                .isNotEqualTo(item(first).path("result").stringValue());
    }

    @Test
    void picturesOfAMessageAreReferences() {
        var picture =
                item(json(client.post(ROUTE, body("gpt-5")))).path("result").stringValue();
        var body = body("gpt-5");
        var content = body.putArray("input").addObject().put("role", "user").putArray("content");
        content.addObject().put("type", "input_text").put("text", "at night");
        content.addObject().put("type", "input_image").put("image_url", "data:image/png;base64," + picture);

        assertThat(item(json(client.post(ROUTE, body))).path("action").stringValue())
                .isEqualTo("edit");
        ((ObjectNode) content.path(1)).put("image_url", "nonsense");
        assertRefused(body, 400, "invalid_value", "input[0].content[1].image_url");
    }

    @Test
    void whatIsKeptIsRetrievedAndDeletedAndWhatIsNotIsNot() {
        var kept = json(client.post(ROUTE, body("gpt-5")));
        var unkept = json(client.post(ROUTE, body("gpt-5").put("store", false)));
        var id = ROUTE + "/" + kept.path("id").stringValue();

        assertThat(json(client.get(id))).isEqualTo(kept);
        assertThat(client.get(ROUTE + "/" + unkept.path("id").stringValue()).statusCode())
                .isEqualTo(404);
        assertThat(json(client.delete(id)).path("deleted").booleanValue()).isTrue();
        assertThat(client.get(id).statusCode()).isEqualTo(404);
        assertThat(client.delete(id).statusCode()).isEqualTo(404);
        assertThat(json(client.get(id)).path("error").path("message").stringValue())
                .contains("not found");
    }

    @Test
    void azureSaysItInItsOwnWay() {
        var azure = new TestClient(emulator.baseUrl("azure"), "sk-test");
        var body = body("gpt-4.1-mini").put("stream", true);
        var events = TestClient.data(azure.post(ROUTE, body).body()).stream()
                .map(TestClient::parse)
                .toList();
        var whole = events.get(events.size() - 1).path("response");

        assertThat(types(events))
                .startsWith("response.created", "response.in_progress", "response.output_item.added")
                .doesNotContain("response.image_generation_call.completed");
        assertThat(item(whole).path("status").stringValue()).isEqualTo("generating");
        assertThat(whole.has("content_filters")).isTrue();
        assertThat(azure.get(ROUTE + "/" + whole.path("id").stringValue()).statusCode())
                .isEqualTo(200);
    }
}
