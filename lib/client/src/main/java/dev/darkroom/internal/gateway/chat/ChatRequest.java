package dev.darkroom.internal.gateway.chat;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.gateway.ChatCompletions;
import dev.darkroom.gateway.ProviderRouting;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.internal.gateway.common.JsonBody;
import dev.darkroom.internal.gateway.common.OptionsTaken;
import dev.darkroom.internal.gateway.common.ReferencePart;
import dev.darkroom.internal.gateway.common.RequestCheck;
import dev.darkroom.internal.json.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a request of {@code POST /chat/completions}. What can be known to be wrong is refused here; what a gateway does not know it
 * passes over or refuses itself.
 *
 * @see <a href="https://openrouter.ai/docs/guides/overview/multimodal/image-generation">OpenRouter image generation</a>
 */
final class ChatRequest {

    private static final int MOST_IMAGES = 10;
    private static final int MOST_REFERENCES = 100;

    /** Every field which this class writes; an extra of that name would contradict a wither. */
    private static final Set<String> FIELDS =
            Set.of("model", "messages", "modalities", "image_config", "n", "seed", "stream", "provider", "user");

    static final List<ImageOption<?>> TAKEN = List.of(
            ImageOption.N,
            ImageOption.ASPECT_RATIO,
            ImageOption.RESOLUTION,
            ImageOption.SEED,
            ImageOption.REFERENCES,
            ImageOption.USER,
            ChatCompletions.TEXT,
            ChatCompletions.IMAGE_CONFIG,
            ChatCompletions.ROUTING);

    private final ImageRequest request;
    private final RequestCheck check = new RequestCheck(ChatCompletions.NAME);

    ChatRequest(ImageRequest request) {
        this.request = request;
    }

    static Map<ImageOption<?>, String> unsupported(ImageRequest request) {
        return new OptionsTaken(request, TAKEN).refused();
    }

    ApiCall call() {
        check.refuse(request, unsupported(request));
        check.range(request, ImageOption.N, 1, MOST_IMAGES);
        check.references(request, MOST_REFERENCES);
        check.texts(request, "the id of a model that answers with images", FIELDS);
        request.get(ChatCompletions.IMAGE_CONFIG)
                .ifPresent(config -> check.require(JsonText.isWritable(config), "image_config must hold JSON values"));
        var references = ReferencePart.all(request, check, ReferencePart.Stored.NOWHERE);
        check.throwIfRefused();
        return write(references);
    }

    private ApiCall write(List<ReferencePart> references) {
        var body = new JsonBody();
        body.member("model", request.model());
        body.array(
                "messages",
                () -> body.element(() -> {
                    body.member("role", "user");
                    content(body, references);
                }));
        body.member(
                "modalities",
                request.get(ChatCompletions.TEXT).orElse(true) ? List.of("image", "text") : List.of("image"));
        var config = config();
        body.member("image_config", config.isEmpty() ? null : config);
        body.member("n", request.get(ImageOption.N).filter(n -> n > 1));
        body.member("seed", request.get(ImageOption.SEED));
        body.member("stream", request.options().contains(ImageOption.STREAM) ? request.stream() : null);
        if (request.stream() && !request.extras().containsKey("stream_options")) {
            body.member("stream_options", Map.of("include_usage", true));
        }
        body.member("provider", request.get(ChatCompletions.ROUTING).map(ProviderRouting::fields));
        body.member("user", request.user());
        request.extras().forEach(body::explicit);
        return new ApiCall(
                "POST",
                "/chat/completions",
                Map.of("Accept", ApiCall.accept(request), "Content-Type", "application/json"),
                body.finish());
    }

    /** Not every relay reads a list where there are words alone. */
    private void content(JsonBody body, List<ReferencePart> references) {
        if (references.isEmpty()) {
            body.member("content", request.prompt());
            return;
        }
        body.array("content", () -> {
            body.element(() -> {
                body.member("type", "text");
                body.member("text", request.prompt());
            });
            references.forEach(reference -> body.element(reference, JsonBody.Form.TYPED));
        });
    }

    private Map<String, Object> config() {
        var config = new LinkedHashMap<String, Object>(
                request.get(ChatCompletions.IMAGE_CONFIG).orElse(Map.of()));
        put(config, "aspect_ratio", request.aspectRatio());
        put(config, "image_size", request.resolution());
        return config;
    }

    private static void put(Map<String, Object> object, String name, @Nullable Object value) {
        if (value != null) {
            object.put(name, value.toString());
        }
    }
}
