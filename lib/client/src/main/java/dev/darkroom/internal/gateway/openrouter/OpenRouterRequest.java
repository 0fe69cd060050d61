package dev.darkroom.internal.gateway.openrouter;

import dev.darkroom.dialect.BodyPart;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ProviderRouting;
import dev.darkroom.image.ResponseFormat;
import dev.darkroom.internal.gateway.common.JsonBody;
import dev.darkroom.internal.gateway.common.OptionsTaken;
import dev.darkroom.internal.gateway.common.ReferencePart;
import dev.darkroom.internal.gateway.common.RequestCheck;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the body of {@code POST /images}. What can be known to be wrong is refused here; which values a model accepts
 * is the service's business.
 *
 * @see <a href="https://openrouter.ai/docs/guides/overview/multimodal/image-generation">OpenRouter image generation</a>
 */
final class OpenRouterRequest {

    private static final int MOST_IMAGES = 10;
    private static final int MOST_REFERENCES = 16;
    private static final int LONGEST_SESSION_ID = 256;

    /** Every field of the API; an extra of that name would contradict a wither. */
    private static final Set<String> FIELDS = Set.of(
            "model",
            "prompt",
            "n",
            "aspect_ratio",
            "background",
            "input_references",
            "output_compression",
            "output_format",
            "provider",
            "quality",
            "resolution",
            "seed",
            "size",
            "stream",
            "user",
            "session_id",
            "trace");

    private static final Set<ImageOption> TAKEN = EnumSet.of(
            ImageOption.N,
            ImageOption.SIZE,
            ImageOption.ASPECT_RATIO,
            ImageOption.RESOLUTION,
            ImageOption.QUALITY,
            ImageOption.OUTPUT_FORMAT,
            ImageOption.OUTPUT_COMPRESSION,
            ImageOption.BACKGROUND,
            ImageOption.SEED,
            ImageOption.REFERENCES,
            ImageOption.RESPONSE_FORMAT,
            ImageOption.PROVIDER,
            ImageOption.USER,
            ImageOption.SESSION_ID,
            ImageOption.TRACE);

    private final ImageRequest request;
    private final RequestCheck check;

    OpenRouterRequest(ImageRequest request, String gateway) {
        this.request = request;
        this.check = new RequestCheck(gateway);
    }

    /** The API sends the image itself and nothing else, so asking for that is asking for nothing. */
    static Map<ImageOption, String> unsupported(ImageRequest request) {
        return new OptionsTaken(request, TAKEN)
                .require(
                        ResponseFormat.BASE64.equals(request.responseFormat()),
                        ImageOption.RESPONSE_FORMAT,
                        "it always sends the image itself, " + ResponseFormat.BASE64)
                .refused();
    }

    List<BodyPart> body() {
        check.refuse(request, unsupported(request));
        check.range("n", request.n(), 1, MOST_IMAGES);
        check.range("output_compression", request.outputCompression(), 0, 100);
        check.references(request, MOST_REFERENCES);
        check.looks(request);
        check.texts(request, "author/slug", FIELDS);
        checkRouting();
        var references = ReferencePart.all(request, check, ReferencePart.Stored.NOWHERE);
        check.throwIfRefused();
        return write(references);
    }

    private void checkRouting() {
        var session = request.sessionId();
        check.require(
                session == null || session.length() <= LONGEST_SESSION_ID,
                "session_id must have at most " + LONGEST_SESSION_ID + " characters, not "
                        + (session == null ? 0 : session.length()));
        check.require(JsonBody.isWritable(request.trace()), "trace must hold JSON values");
        var provider = request.provider();
        check.require(
                provider == null || JsonBody.isWritable(provider.options()), "provider options must be JSON values");
    }

    private List<BodyPart> write(List<ReferencePart> references) {
        var body = new JsonBody();
        body.member("model", request.model());
        body.member("prompt", request.prompt());
        body.member("n", request.n());
        body.word("size", request.size());
        body.word("aspect_ratio", request.aspectRatio());
        body.word("resolution", request.resolution());
        body.word("quality", request.quality());
        body.word("output_format", request.outputFormat());
        body.member("output_compression", request.outputCompression());
        body.word("background", request.background());
        body.member("seed", request.seed());
        body.member("stream", request.options().contains(ImageOption.STREAM) ? request.stream() : null);
        var provider = request.provider();
        body.member("provider", provider == null ? null : routing(provider));
        body.member("user", request.user());
        body.member("session_id", request.sessionId());
        body.member("trace", request.trace().isEmpty() ? null : request.trace());
        request.extras().forEach(body::explicit);
        if (!references.isEmpty()) {
            body.images("input_references", references, JsonBody.Form.TYPED);
        }
        return body.finish();
    }

    private static Map<String, Object> routing(ProviderRouting routing) {
        var fields = new LinkedHashMap<String, Object>();
        put(fields, "only", routing.only());
        put(fields, "order", routing.order());
        put(fields, "ignore", routing.ignore());
        put(fields, "allow_fallbacks", routing.allowFallbacks());
        var partition = routing.partition();
        var sort = routing.sort();
        put(fields, "sort", sort == null || partition == null ? sort : Map.of("by", sort, "partition", partition));
        put(fields, "options", routing.options().isEmpty() ? null : routing.options());
        return fields;
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}
