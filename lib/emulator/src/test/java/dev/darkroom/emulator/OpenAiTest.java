package dev.darkroom.emulator;

import static dev.darkroom.emulator.TestClient.data;
import static dev.darkroom.emulator.TestClient.decoded;
import static dev.darkroom.emulator.TestClient.json;
import static dev.darkroom.emulator.TestClient.parse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.testsupport.NeedsMaterial;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class OpenAiTest {

    private static final String GENERATIONS = "/images/generations";
    private static final String EDITS = "/images/edits";

    private static RunningEmulator emulator;
    private static TestClient client;
    private static byte[] picture;

    @BeforeAll
    static void start() {
        emulator = ImageEmulator.create().shrink(16).start();
        client = new TestClient(emulator.openAiBaseUrl(), "sk-test");
        picture = decoded(json(client.post(GENERATIONS, studio().put("size", "1024x512")))
                .path("data")
                .path(0));
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @Test
    @NeedsMaterial
    void aGenerationHasTheRecordedShapeAndHeaders() {
        var response = client.post(
                GENERATIONS, imageRequest("gpt-image-1-mini").put("n", 2).put("size", "1024x1024"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("x-request-id")).isPresent();
        assertThat(response.headers().firstValue("Content-Length")).isPresent();
        var body = json(response);
        assertThat(body.propertyNames())
                .containsExactly("created", "background", "data", "output_format", "quality", "size", "usage");
        assertThat(body.path("data").size()).isEqualTo(2);
        assertThat(body.path("size").stringValue()).isEqualTo("1024x1024");
        assertThat(Pixels.decode(decoded(body.path("data").path(0))).getWidth()).isEqualTo(64);
        Recorded.file("openai-recorded/dotnet-GenerationOfMultipleImagesWorks.json")
                .ifPresent(recording -> {
                    var recorded = recording.path("Entries").path(0).path("ResponseBody");
                    assertThat(Recorded.fields(body)).isEqualTo(Recorded.fields(recorded));
                    assertThat(body.path("usage").path("output_tokens"))
                            .isEqualTo(recorded.path("usage").path("output_tokens"));
                });
    }

    @Test
    @NeedsMaterial
    void aStreamHasTheObservedEvents() {
        var response = client.post(
                GENERATIONS,
                imageRequest("gpt-image-2")
                        .put("stream", true)
                        .put("partial_images", 2)
                        .put("quality", "high"));

        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
        assertThat(names(response))
                .containsExactly(
                        "image_generation.partial_image",
                        "image_generation.partial_image",
                        "image_generation.completed");
        var events = events(response);
        assertThat(events).extracting(event -> event.path("type").stringValue()).isEqualTo(names(response));
        assertThat(events.get(1).path("partial_image_index").intValue()).isEqualTo(1);
        assertThat(events.get(2).path("usage").path("output_tokens").intValue()).isEqualTo(4160 + 2 * 100);
        assertThat(response.body()).doesNotContain("[DONE]");
        Recorded.text("openai-observed/images-stream.observed-shapes.sse.txt").ifPresent(observed -> {
            var known = data(observed).stream().map(TestClient::parse).toList();
            assertThat(List.copyOf(events.get(0).propertyNames()))
                    .isEqualTo(List.copyOf(known.get(0).propertyNames()));
            assertThat(List.copyOf(events.get(2).propertyNames()))
                    .isEqualTo(List.copyOf(known.get(1).propertyNames()));
            assertThat(Recorded.fields(events.get(2))).isEqualTo(Recorded.fields(known.get(1)));
        });
    }

    @Test
    void noPreviewsComeUnasked() {
        assertThat(names(client.post(GENERATIONS, studio().put("stream", true))))
                .containsExactly("image_generation.completed");
        assertThat(names(client.post(GENERATIONS, studio().put("stream", true).put("partial_images", 0))))
                .containsExactly("image_generation.completed");
    }

    @Test
    void severalStreamedImagesAreTellableByTheirCompletedEventsOnly() {
        var events = events(client.post(
                GENERATIONS,
                studio().put("stream", true).put("partial_images", 1).put("n", 2)));

        assertThat(events)
                .extracting(event -> event.path("type").stringValue())
                .containsExactly(
                        "image_generation.partial_image",
                        "image_generation.completed",
                        "image_generation.partial_image",
                        "image_generation.completed");
        assertThat(events.get(1).path("b64_json")).isNotEqualTo(events.get(3).path("b64_json"));
        assertThat(events.get(1).has("usage")).isTrue();
    }

    @Test
    @NeedsMaterial
    void anEditTakesFilesAndAnswersInTheRecordedShape() {
        var form = edit().field("n", "1").field("size", "1536x1024").file("image", "room.png", "image/png", picture);
        var response = client.post(EDITS, form);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(json(response)
                        .path("usage")
                        .path("input_tokens_details")
                        .path("image_tokens")
                        .intValue())
                .isEqualTo(194);
        Recorded.file("openai-recorded/dotnet-GenerateImageEditWorks.trimmed-request.json")
                .ifPresent(recording -> assertThat(Recorded.fields(json(response)))
                        .isEqualTo(Recorded.fields(
                                recording.path("Entries").path(0).path("ResponseBody"))));
    }

    @Test
    void anEditTakesSeveralFilesAndTheShapeOfTheFirst() {
        var form = edit().file("image[]", "a.png", "image/png", picture).file("image[]", "b.png", "image/png", picture);

        var body = json(client.post(EDITS, form));
        assertThat(body.path("size").stringValue()).isEqualTo("1536x1024");
        assertThat(body.path("usage")
                        .path("input_tokens_details")
                        .path("image_tokens")
                        .intValue())
                .isEqualTo(2 * 194);
    }

    @Test
    void anEditStreamsUnderItsOwnName() {
        var form = edit().field("stream", "true")
                .field("partial_images", "1")
                .file("image", "a.png", "image/png", picture);

        assertThat(names(client.post(EDITS, form))).containsExactly("image_edit.partial_image", "image_edit.completed");
    }

    @Test
    void anEditTakesJsonWithUrlsAndFileIds() {
        var body = studio();
        var images = body.putArray("images");
        images.addObject().put("image_url", "https://example.org/a.png");
        images.addObject().put("file_id", "file-abc123");

        assertThat(client.post(EDITS, body).statusCode()).isEqualTo(200);
    }

    @Test
    void aMaskLetsTheNewPictureThroughWhereItIsTransparent() throws Exception {
        var white = png(512, 512, 0xffffffff, 0xffffffff);
        var form = new Multipart()
                .field("model", "darkroom-studio")
                .field("prompt", "a fox at night")
                .field("size", "512x512")
                .file("image", "white.png", "image/png", white)
                .file("mask", "mask.png", "image/png", png(512, 512, 0xff000000, 0x00000000));
        var image = Pixels.decode(
                decoded(json(client.post(EDITS, form)).path("data").path(0)));

        assertThat(image.getRGB(2, 16) & 0xffffff).as("left: kept").isEqualTo(0xffffff);
        assertThat(image.getRGB(image.getWidth() - 3, 16) & 0xffffff)
                .as("right: new")
                .isNotEqualTo(0xffffff);
    }

    @Test
    void aMaskMustFitItsImage() throws Exception {
        var image = png(64, 64, 0xffffffff, 0xffffffff);
        var opaque = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "png", opaque);

        for (var wrong : List.of(png(32, 64, 0xff000000, 0), opaque.toByteArray())) {
            var response = client.post(
                    EDITS, edit().file("image", "a.png", "image/png", image).file("mask", "m.png", "image/png", wrong));
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(json(response).path("error").path("code").stringValue()).isEqualTo("invalid_mask_image_format");
        }
        var jpeg = edit().file("image", "a.png", "image/png", image).file("mask", "m.jpg", "image/jpeg", image);
        assertThat(client.post(EDITS, jpeg).body()).contains("unsupported_file_mimetype");
    }

    @Test
    void theJournalKeepsAFormWithoutItsFiles() {
        client.post(EDITS, edit().file("image", "room.png", "image/png", picture));

        var entries = emulator.journal().entries();
        var body = entries.get(entries.size() - 1).body();
        assertThat(body.path("prompt").stringValue()).isEqualTo("make it night");
        assertThat(body.path("image").path("filename").stringValue()).isEqualTo("room.png");
        assertThat(body.path("image").path("bytes").intValue()).isEqualTo(picture.length);
    }

    @Test
    void modelsAreListedAsTheSdkExpects() {
        var list = json(client.get("/models"));

        assertThat(list.path("object").stringValue()).isEqualTo("list");
        assertThat(list.path("data").valueStream().map(model -> model.path("id").stringValue()))
                .contains("gpt-image-2", "gpt-image-1-mini")
                .doesNotContain("dall-e-3", "gpt-image-1");
        assertThat(json(client.get("/models/gpt-image-2")).path("object").stringValue())
                .isEqualTo("model");
        assertThat(client.get("/models/gpt-image-1").statusCode()).isEqualTo(404);
        assertThat(client.withKey("").get("/models").statusCode()).isEqualTo(401);
    }

    @Test
    @NeedsMaterial
    void anErrorEventIsTheObservedOne() {
        emulator.enqueue(Fault.ERROR_EVENT.after(1));
        var response = client.post(GENERATIONS, studio().put("stream", true).put("partial_images", 2));

        assertThat(names(response)).containsExactly("image_generation.partial_image", "error");
        Recorded.text("openai-observed/images-stream-error.observed.sse.txt")
                .ifPresent(observed -> assertThat(events(response).get(1))
                        .isEqualTo(parse(data(observed).get(0))));
    }

    @Test
    void aFlaggedPictureFailsAfterItWasAccepted() {
        emulator.enqueue(Fault.IMAGE_FAILED, Fault.IMAGE_FAILED, Fault.IMAGE_FAILED);
        var document = client.post(GENERATIONS, studio());
        var stream = events(client.post(GENERATIONS, studio().put("stream", true)));
        var three = json(client.post(GENERATIONS, studio().put("n", 3)));

        assertThat(document.statusCode()).isEqualTo(400);
        assertThat(json(document).path("error").path("code").stringValue()).isEqualTo("moderation_blocked");
        assertThat(stream).hasSize(1);
        assertThat(stream.get(0).path("error").path("type").stringValue()).isEqualTo("image_generation_user_error");
        assertThat(three.path("data").size()).isEqualTo(2);
    }

    @Test
    void fieldsCanBeOddInBothKindsOfReply() {
        for (boolean streaming : List.of(true, false)) {
            var body = studio().put("stream", streaming);
            emulator.enqueue(Fault.DATA_URL, Fault.NO_USAGE, Fault.UNKNOWN_FIELDS, Fault.CREATED_ZERO);

            assertThat(client.post(GENERATIONS, body).body()).contains("\"b64_json\":\"data:image/png;base64,iVBOR");
            assertThat(client.post(GENERATIONS, body).body()).doesNotContain("usage");
            assertThat(client.post(GENERATIONS, body).body()).contains("telemetry");
            assertThat(client.post(GENERATIONS, body).body()).containsPattern("\"created(_at)?\":0[,}]");
        }
    }

    @Test
    void eventLinesCanBeMissing() {
        emulator.enqueue(Fault.NO_EVENT_LINES, Fault.WITH_DONE);

        assertThat(client.post(GENERATIONS, studio().put("stream", true)).body())
                .startsWith("data: {");
        assertThat(client.post(GENERATIONS, studio().put("stream", true)).body())
                .endsWith("data: [DONE]\n\n");
    }

    static ObjectNode studio() {
        return imageRequest("darkroom-studio").put("size", "512x512");
    }

    private static ObjectNode imageRequest(String model) {
        return TestClient.imageRequest(model);
    }

    private static Multipart edit() {
        return new Multipart().field("model", "gpt-image-1.5").field("prompt", "make it night");
    }

    private static List<String> names(HttpResponse<String> response) {
        return response.body()
                .lines()
                .filter(line -> line.startsWith("event: "))
                .map(line -> line.substring("event: ".length()))
                .toList();
    }

    private static List<JsonNode> events(HttpResponse<String> response) {
        return data(response.body()).stream().map(TestClient::parse).toList();
    }

    /** An image in two colours, side by side. */
    private static byte[] png(int width, int height, int left, int right) throws IOException {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, x < width / 2 ? left : right);
            }
        }
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}
