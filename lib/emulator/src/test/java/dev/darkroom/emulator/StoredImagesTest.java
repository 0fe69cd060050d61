package dev.darkroom.emulator;

import static dev.darkroom.emulator.TestClient.fetch;
import static dev.darkroom.emulator.TestClient.imageRequest;
import static dev.darkroom.emulator.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.testsupport.NeedsMaterial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class StoredImagesTest {

    private static final String GENERATIONS = "/images/generations";

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private RunningEmulator emulator;
    private TestClient client;

    @BeforeEach
    void start() {
        emulator = ImageEmulator.create().shrink(32).time(time).start();
        client = new TestClient(emulator.token360BaseUrl(), "sk-test");
    }

    @AfterEach
    void stop() {
        emulator.close();
        time.dispose();
    }

    @Test
    @NeedsMaterial
    void anImageIsListedInThePrintedShape() {
        generate("a sunrise over calm water");
        var list = json(client.get("/images"));

        assertThat(list.path("data").size()).isEqualTo(1);
        var image = list.path("data").path(0);
        assertThat(image.path("status").stringValue()).isEqualTo("completed");
        assertThat(image.path("prompt").stringValue()).isEqualTo("a sunrise over calm water");
        assertThat(fetch(image.path("url").stringValue()).statusCode()).isEqualTo(200);
        Recorded.file("token360-documented/list-images.doc.json")
                .ifPresent(printed -> assertThat(Recorded.fields(list)).isEqualTo(Recorded.fields(printed)));
    }

    @Test
    void pagesFollowEachOtherInEitherDirection() {
        for (int i = 0; i < 5; i++) {
            generate("picture " + i);
        }
        var first = json(client.get("/images?limit=2"));
        var second =
                json(client.get("/images?limit=2&after=" + first.path("last_id").stringValue()));
        var third = json(
                client.get("/images?limit=2&after=" + second.path("last_id").stringValue()));
        var back = json(
                client.get("/images?limit=2&before=" + third.path("first_id").stringValue()));

        assertThat(prompts(first)).containsExactly("picture 4", "picture 3");
        assertThat(prompts(second)).containsExactly("picture 2", "picture 1");
        assertThat(prompts(third)).containsExactly("picture 0");
        assertThat(back).isEqualTo(withUrlsOf(second, back));
        assertThat(first.path("has_more").booleanValue()).isTrue();
        assertThat(third.path("has_more").booleanValue()).isFalse();
        assertThat(prompts(json(client.get("/images?order=asc&limit=1")))).containsExactly("picture 0");
    }

    @Test
    void wrongPagesAreRefused() {
        for (var query : List.of("limit=0", "limit=101", "limit=x", "order=up", "after=nothing", "before=nothing")) {
            assertThat(client.get("/images?" + query).statusCode()).as(query).isEqualTo(400);
        }
        assertThat(json(client.get("/images")).path("first_id").isNull()).isTrue();
    }

    @Test
    @NeedsMaterial
    void contentComesAsARedirectAUrlOrTheFile() {
        var id = generate("a fox");
        var redirect = client.get("/images/" + id + "/content");
        var url = json(client.get("/images/" + id + "/content?format=url"));
        var binary = client.get("/images/" + id + "/content?format=binary");

        assertThat(redirect.statusCode()).isEqualTo(302);
        assertThat(fetch(redirect.headers().firstValue("Location").orElseThrow())
                        .statusCode())
                .isEqualTo(200);
        assertThat(url.path("expires_in").intValue()).isEqualTo(3600);
        assertThat(url.path("image_id").stringValue()).isEqualTo(id);
        Recorded.file("token360-documented/download-url.doc.json")
                .ifPresent(printed -> assertThat(Recorded.fields(url)).isEqualTo(Recorded.fields(printed)));
        assertThat(binary.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(binary.headers().firstValue("Content-Disposition").orElseThrow())
                .contains(id + ".png");
        assertThat(client.get("/images/" + id + "/content?format=tiff").statusCode())
                .isEqualTo(400);
        assertThat(client.get("/images/nothing/content").statusCode()).isEqualTo(404);
    }

    @Test
    void aDeletedImageIsGone() {
        var id = generate("a fox");
        var deleted = json(client.delete("/images/" + id));

        assertThat(deleted.path("deleted").booleanValue()).isTrue();
        assertThat(deleted.path("object").stringValue()).isEqualTo("image");
        assertThat(client.delete("/images/" + id).statusCode()).isEqualTo(404);
        assertThat(json(client.get("/images")).path("data").isEmpty()).isTrue();
    }

    @Test
    void aKeySeesItsOwnImagesOnly() {
        var id = generate("a fox");
        var other = client.withKey("sk-other");

        assertThat(json(other.get("/images")).path("data").isEmpty()).isTrue();
        assertThat(other.get("/images/" + id + "/content").statusCode()).isEqualTo(404);
        assertThat(other.delete("/images/" + id).statusCode()).isEqualTo(404);
        assertThat(client.withKey("").get("/images").statusCode()).isEqualTo(401);
    }

    @Test
    @NeedsMaterial
    void aFailedGenerationIsListedAndNotReady() {
        emulator.enqueue(Fault.IMAGE_FAILED);
        assertThat(client.post(GENERATIONS, imageRequest("kling-image-o1")).statusCode())
                .isEqualTo(400);
        var image = json(client.get("/images")).path("data").path(0);
        var content = client.get("/images/" + image.path("id").stringValue() + "/content");

        assertThat(image.path("status").stringValue()).isEqualTo("failed");
        assertThat(image.path("error").path("message").isString()).isTrue();
        Recorded.file("token360-documented/download-not-ready.doc.json")
                .ifPresent(printed -> assertThat(json(content)).isEqualTo(printed));
    }

    @Test
    void aRequestWhoseAnswerWasLostIsFoundInTheListOnceItIsReady() throws Exception {
        try (var slow = ImageEmulator.create()
                .shrink(32)
                .time(time)
                .latency(Duration.ofMinutes(1))
                .start()) {
            var there = new TestClient(slow.token360BaseUrl(), "sk-test");
            try (var socket =
                    RawTestClient.open(slow, "/token360/v1/images/generations", imageRequest("kling-image-o1"))) {
                Deadline.until(() -> !slow.journal().accepted().isEmpty());
                assertThat(socket.isConnected()).isTrue();
            }
            var entry = slow.journal().cancelled().block(Duration.ofMinutes(3));
            assertThat(entry.images().billed()).isEqualTo(1);
            assertThat(json(there.get("/images")).path("data").isEmpty()).isTrue();
            time.advanceTimeBy(Duration.ofMinutes(1));

            var image = json(there.get("/images")).path("data").path(0);
            assertThat(image.path("status").stringValue()).isEqualTo("completed");
            assertThat(fetch(image.path("url").stringValue()).statusCode()).isEqualTo(200);
        }
    }

    private String generate(String prompt) {
        assertThat(client.post(GENERATIONS, imageRequest("kling-image-o1").put("prompt", prompt))
                        .statusCode())
                .isEqualTo(200);
        return json(client.get("/images")).path("first_id").stringValue();
    }

    private static List<String> prompts(JsonNode list) {
        return list.path("data")
                .valueStream()
                .map(image -> image.path("prompt").stringValue())
                .toList();
    }

    /** The expected list with the fresh URLs of the one received. */
    private static JsonNode withUrlsOf(JsonNode expected, JsonNode received) {
        var copy = (ObjectNode) expected.deepCopy();
        copy.set("has_more", received.path("has_more"));
        var fresh = new ArrayList<JsonNode>();
        received.path("data").forEach(fresh::add);
        for (int i = 0; i < copy.path("data").size(); i++) {
            ((ObjectNode) copy.path("data").path(i)).set("url", fresh.get(i).path("url"));
        }
        return copy;
    }
}
