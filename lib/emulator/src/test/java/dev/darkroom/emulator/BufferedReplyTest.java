package dev.darkroom.emulator;

import static dev.darkroom.emulator.TestClient.FLUX;
import static dev.darkroom.emulator.TestClient.MINI;
import static dev.darkroom.emulator.TestClient.imageRequest;
import static dev.darkroom.emulator.TestClient.json;
import static dev.darkroom.emulator.TestClient.small;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.testsupport.NeedsMaterial;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BufferedReplyTest {

    private static RunningEmulator emulator;
    private static TestClient client;

    @BeforeAll
    static void start() {
        emulator = ImageEmulator.create().start();
        client = new TestClient(emulator);
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @Test
    void headersAreThoseOfTheRecording() {
        var answer = RawTestClient.post(emulator, small(MINI));

        assertThat(answer.head()).startsWith("HTTP/1.1 200 OK");
        assertThat(answer.headerLines())
                .contains("transfer-encoding: chunked", "Content-Type: application/json", "X-Provider-Name: OpenAI")
                .contains("Access-Control-Allow-Origin: *")
                .contains("access-control-expose-headers: X-Generation-Id,X-Provider-Name,request-id,cf-ray")
                .anyMatch(line -> line.matches("X-Generation-Id: gen-img-\\d{10}-[A-Za-z0-9]{20}"))
                .noneMatch(line -> line.regionMatches(true, 0, "content-length", 0, 14));
    }

    @Test
    @NeedsMaterial
    void theBodyIsThatOfTheRecordingFieldByField() {
        Recorded.file("openrouter-recorded/images-generate.recorded.json").ifPresent(recorded -> {
            var made = client.generate(imageRequest(FLUX).put("aspect_ratio", "1:1"));

            assertThat(Recorded.fields(made)).isEqualTo(Recorded.fields(recorded.path("response")));
            assertThat(made.path("usage").path("completion_tokens").intValue()).isEqualTo(4096);
            assertThat(made.path("usage").path("cost").decimalValue()).isEqualByComparingTo("0.014");
        });
    }

    @Test
    void fluxSaysThatItWasCreatedAtZeroAndSendsJpegUnasked() {
        var made = client.generate(imageRequest(FLUX));

        assertThat(made.path("created").intValue()).isZero();
        assertThat(made.path("data").path(0).path("media_type").stringValue()).isEqualTo("image/jpeg");
        assertThat(Pixels.decode(TestClient.decoded(made.path("data").path(0))).getWidth())
                .isEqualTo(1024);
    }

    @Test
    void aModelWhichCannotStreamIgnoresThatItWasAskedTo() {
        var response = client.post(imageRequest(FLUX).put("stream", true));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(json(response).path("data").size()).isEqualTo(1);
    }

    @Test
    void severalImagesAreDifferentPicturesUnderOneBill() {
        var one = client.generate(small(MINI));
        var three = client.generate(small(MINI).put("n", 3));

        assertThat(three.path("data").size()).isEqualTo(3);
        assertThat(three.path("data").valueStream().distinct().count()).isEqualTo(3);
        assertThat(three.path("data").path(0)).isEqualTo(one.path("data").path(0));
        assertThat(three.path("usage").path("total_tokens").intValue())
                .isEqualTo(3 * one.path("usage").path("total_tokens").intValue());
    }

    @Test
    void smallAmountsAreWrittenInExponentForm() {
        var body = client.post(small("darkroom/studio")).body();

        assertThat(body).containsPattern("\"upstream_inference_prompt_cost\":5e-08");
    }

    @Test
    void referencesCostAsRecorded() {
        var url = "https://example.org/circle.jpg";
        var made = client.generate(TestClient.referring(imageRequest(FLUX).put("aspect_ratio", "1:1"), url));

        assertThat(made.path("usage").path("cost").decimalValue()).isEqualByComparingTo("0.015");
        assertThat(made.path("usage").path("prompt_tokens").intValue()).isGreaterThanOrEqualTo(4096);
    }

    @Test
    void equalRequestsGetEqualImagesAndOtherSeedsOthers() {
        var first = client.image(small(MINI).put("seed", 7));

        assertThat(client.image(small(MINI).put("seed", 7))).isEqualTo(first);
        assertThat(client.image(small(MINI).put("seed", 8))).isNotEqualTo(first);
        assertThat(client.image(small(MINI).put("seed", 7).put("prompt", "a forest")))
                .isNotEqualTo(first);
    }

    @Test
    void theEmulatorsSeedChoosesWhereTheRequestDoesNot() {
        try (var other = ImageEmulator.create().seed(7).start()) {
            assertThat(new TestClient(other).image(small(MINI)))
                    .isEqualTo(client.image(small(MINI).put("seed", 7)));
        }
    }

    @Test
    void aPreflightLetsBrowsersAsk() {
        var response = client.options("/images");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Access-Control-Allow-Headers"))
                .isPresent();
        assertThat(response.headers().allValues("Access-Control-Allow-Origin")).isEqualTo(List.of("*"));
    }
}
