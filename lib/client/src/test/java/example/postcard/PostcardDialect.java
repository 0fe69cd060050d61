package example.postcard;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.BodyPart;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Payload;
import dev.darkroom.dialect.Reading;
import dev.darkroom.dialect.Reply;
import dev.darkroom.dialect.toolkit.StatusTable;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A dialect of a gateway that nobody knows, as somebody else would write it: with what is public and nothing more. The
 * gateway takes a wish as plain text, with the value of its stamp as a header, and answers {@code {"sketch":"…"}} and then
 * {@code {"postcard":"…"}}, or {@code {"regret":"…"}}.
 */
public final class PostcardDialect implements Dialect {

    /** The value of the stamp, in cents, 1 to 500. */
    public static final ImageOption<Integer> STAMP =
            ImageOption.integer("postcard.stamp", "The value of the stamp, in cents, 1 to 500.");

    private static final int DEAREST = 500;

    @Override
    public String name() {
        return "postcard";
    }

    @Override
    public URI baseUrl() {
        return URI.create("https://postcard.example");
    }

    @Override
    public Map<ImageOption<?>, String> unsupported(ImageRequest request) {
        var refused = new LinkedHashMap<ImageOption<?>, String>();
        request.options().stream()
                .filter(option -> !option.equals(ImageOption.STREAM) && !option.equals(STAMP))
                .forEach(option -> refused.put(option, "it takes a wish, a stamp and nothing else"));
        return refused;
    }

    @Override
    public Optional<String> idempotencyHeader() {
        return Optional.of("X-Wish-Id");
    }

    @Override
    public Map.Entry<String, String> credentials(String apiKey) {
        return Map.entry("X-Sender", apiKey);
    }

    @Override
    public ApiCall generate(ImageRequest request) {
        var cents = request.get(STAMP).orElse(1);
        if (cents < 1 || cents > DEAREST) {
            throw new RejectedException(
                    RejectedException.Reason.REQUEST,
                    "not sent to postcard: " + STAMP + " must be 1 to " + DEAREST + ", not " + cents,
                    FailureDetails.NONE);
        }
        var wish = ByteBuffer.wrap(request.prompt().getBytes(StandardCharsets.UTF_8));
        return new ApiCall(
                "POST",
                "/wishes",
                Map.of("Content-Type", "text/plain", "X-Stamp", cents.toString()),
                List.of(new BodyPart.Literal(wish)));
    }

    @Override
    public ImageException failure(Reply reply, byte[] body) {
        if (reply.status() == 429) {
            return new RateLimitedException(
                    "postcard is busy",
                    FailureDetails.NONE.withStatus(429),
                    reply.receivedAt().plusSeconds(1));
        }
        return StatusTable.failure(name(), reply, body);
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
