package example.postcard;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.BodyPart;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Payload;
import dev.darkroom.dialect.Reading;
import dev.darkroom.dialect.Reply;
import dev.darkroom.image.Billed;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A dialect of a gateway that nobody knows, as somebody else would write it: with what is public and nothing more. The
 * gateway takes a wish as plain text and answers {@code {"sketch":"…"}} and then {@code {"postcard":"…"}}, or
 * {@code {"regret":"…"}}.
 */
final class PostcardDialect implements Dialect {

    @Override
    public String name() {
        return "postcard";
    }

    @Override
    public URI baseUrl() {
        return URI.create("https://postcard.example");
    }

    @Override
    public Map<ImageOption, String> unsupported(ImageRequest request) {
        var refused = new EnumMap<ImageOption, String>(ImageOption.class);
        request.options().stream()
                .filter(option -> option != ImageOption.STREAM)
                .forEach(option -> refused.put(option, "it takes a wish and nothing else"));
        return refused;
    }

    @Override
    public Map.Entry<String, String> credentials(String apiKey) {
        return Map.entry("X-Stamp", apiKey);
    }

    @Override
    public ApiCall generate(ImageRequest request) {
        var wish = ByteBuffer.wrap(request.prompt().getBytes(StandardCharsets.UTF_8));
        return new ApiCall(
                "POST", "/wishes", Map.of("Content-Type", "text/plain"), List.of(new BodyPart.Literal(wish)));
    }

    @Override
    public ImageException failure(Reply reply, byte[] body) {
        var details = FailureDetails.NONE.withStatus(reply.status());
        return reply.status() == 429
                ? new RateLimitedException(
                        "postcard is busy", details, reply.receivedAt().plusSeconds(1))
                : new RejectedException(RejectedException.Reason.REQUEST, "postcard will not", details);
    }

    @Override
    public Reading reading(ImageRequest request, Reply reply) {
        return new PostcardReading();
    }

    private static final class PostcardReading implements Reading {

        private PartialResult partialResult = PartialResult.NOTHING;
        private boolean complete;

        @Override
        public List<ImageEvent> read(Payload payload) {
            var regret = payload.text(payload.json().path("regret"));
            if (regret != null) {
                throw new GenerationFailedException(
                        "postcard tried and failed",
                        FailureDetails.NONE.withProviderMessage(regret),
                        Billed.NO,
                        partialResult);
            }
            var sketch = payload.blob(payload.json().path("sketch"));
            if (sketch != null) {
                var partial = new ImageEvent.Partial(0, 0, GeneratedImage.of(0, null, sketch.segments()));
                partialResult = new PartialResult(partial, List.of());
                return List.of(partial);
            }
            var postcard = payload.blob(payload.json().path("postcard"));
            if (postcard == null) {
                return List.of();
            }
            complete = true;
            var image = GeneratedImage.of(0, null, postcard.segments());
            return List.of(new ImageEvent.Completed(ImageResult.of(List.of(image))));
        }

        @Override
        public boolean isComplete() {
            return complete;
        }

        @Override
        public ImageException end() {
            return new OutcomeUnknownException(
                    OutcomeUnknownException.Reason.CUT,
                    "postcard fell silent",
                    FailureDetails.NONE,
                    partialResult,
                    null);
        }

        @Override
        public PartialResult partialResult() {
            return partialResult;
        }
    }
}
