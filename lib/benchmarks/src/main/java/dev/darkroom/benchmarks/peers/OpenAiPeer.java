package dev.darkroom.benchmarks.peers;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.images.ImageGenStreamEvent;
import com.openai.models.images.ImageGenerateParams;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

/** openai-java with its blocking stream, on the thread that asks; it brings OkHttp, so no transport can be looked at. */
final class OpenAiPeer implements Peer {

    private static final ImageGenerateParams REQUEST = ImageGenerateParams.builder()
            .model("gpt-image-1-mini")
            .prompt("a lighthouse at dawn")
            .partialImages(3)
            .build();

    private final OpenAIClient client;

    OpenAiPeer(URI base) {
        this.client = OpenAIOkHttpClient.builder()
                .apiKey("sk-nobody")
                .baseUrl(base.toString())
                .maxRetries(0)
                .build();
    }

    @Override
    public void read(Consumer<List<ByteBuffer>> images) {
        try (var events = client.images().generateStreaming(REQUEST)) {
            events.stream()
                    .map(OpenAiPeer::base64)
                    .forEach(base64 -> images.accept(
                            List.of(ByteBuffer.wrap(Base64.getDecoder().decode(base64)))));
        }
    }

    private static String base64(ImageGenStreamEvent event) {
        return event.isGenerationPartialImage()
                ? event.asGenerationPartialImage().b64Json()
                : event.asGenerationCompleted().b64Json();
    }

    @Override
    public void close() {
        client.close();
    }
}
