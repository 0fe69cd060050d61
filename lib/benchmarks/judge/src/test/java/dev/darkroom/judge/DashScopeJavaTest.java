package dev.darkroom.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.alibaba.dashscope.aigc.imagegeneration.ImageGeneration;
import com.alibaba.dashscope.aigc.imagegeneration.ImageGenerationMessage;
import com.alibaba.dashscope.aigc.imagegeneration.ImageGenerationParam;
import com.alibaba.dashscope.exception.ApiException;
import com.alibaba.dashscope.protocol.Protocol;
import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** DashScope's own Java client must find in what the emulator says all that it looks for: images, tasks, errors. */
class DashScopeJavaTest {

    private static final String KEY = "sk-judge";

    private RunningEmulator emulator;
    private ImageGeneration client;

    @BeforeEach
    void start() {
        listen(Duration.ZERO);
    }

    private void listen(Duration latency) {
        emulator = ImageEmulator.create().shrink(64).latency(latency).start();
        client = new ImageGeneration(
                Protocol.HTTP.getValue(), emulator.baseUrl("dashscope").toString());
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void imagesOfOneCallArrive() throws Exception {
        var result = client.call(request("wan2.6-t2i", "a fox", KEY));

        assertThat(result.getOutput().getChoices())
                .hasSize(2)
                .allSatisfy(choice -> assertThat(
                                choice.getMessage().getContent().get(0).get("image"))
                        .asString()
                        .startsWith("http://"));
        assertThat(result.getUsage().getImageCount()).isEqualTo(2);
        assertThat(result.getRequestId()).isNotBlank();
    }

    @Test
    void aTaskIsCreatedAndAskedAfter() throws Exception {
        var created = client.asyncCall(request("wan2.7-image-pro", "a fox", KEY));
        var asked = client.fetch(created, KEY);

        assertThat(created.getOutput().getTaskStatus()).isEqualTo("PENDING");
        assertThat(asked.getOutput().getTaskId()).isEqualTo(created.getOutput().getTaskId());
        assertThat(asked.getOutput().getTaskStatus()).isEqualTo("SUCCEEDED");
        assertThat(asked.getOutput().getChoices()).hasSize(2);
    }

    @Test
    void aTaskIsGivenUpOnce() throws Exception {
        emulator.close();
        listen(Duration.ofMinutes(10));
        var created = client.asyncCall(request("wan2.7-image-pro", "a fox", KEY));

        assertThat(client.cancel(created, KEY).getStatusCode()).isEqualTo(200);

        assertThat(client.fetch(created, KEY).getOutput().getTaskStatus()).isEqualTo("CANCELED");
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> client.cancel(created, KEY))
                .satisfies(e -> assertThat(e.getStatus().getCode()).isEqualTo("UnsupportedOperation"));
    }

    @Test
    void aTaskNobodyKnowsHasAStatus() throws Exception {
        assertThat(client.fetch("nothing", KEY).getOutput().getTaskStatus()).isEqualTo("UNKNOWN");
    }

    @Test
    void errorsAreUnderstood() {
        assertRefused(request("wan9", "a fox", KEY), 400, "InvalidParameter");
        assertRefused(request("wan2.6-t2i", "a fox", "nonsense"), 401, "InvalidApiKey");
        assertRefused(request("wan2.6-t2i", "gore", KEY), 400, "DataInspectionFailed");
    }

    private void assertRefused(ImageGenerationParam request, int status, String code) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> client.call(request))
                .satisfies(e -> assertThat(e.getStatus().getStatusCode()).isEqualTo(status))
                .satisfies(e -> assertThat(e.getStatus().getCode()).isEqualTo(code));
    }

    private static ImageGenerationParam request(String model, String prompt, String key) {
        var message = ImageGenerationMessage.builder()
                .role("user")
                .content(List.of(Map.of("text", prompt)))
                .build();
        return ImageGenerationParam.builder()
                .apiKey(key)
                .model(model)
                .n(2)
                .messages(List.of(message))
                .build();
    }
}
