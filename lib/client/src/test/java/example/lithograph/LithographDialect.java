package example.lithograph;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Begun;
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
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RejectedException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A dialect of a gateway that answers with a task, as somebody else would write it. {@code POST /prints} says
 * {@code {"id":"p1","poll":"…"}}, the URL under {@code poll} says {@code {"state":"printing"}} for a while, then
 * {@code {"state":"failed","why":"…"}} or {@code {"state":"printed","at":"…"}}, and the URL under {@code at} says
 * {@code {"sheet":"<base64>"}}. {@code DELETE /prints/p1} stops the press. It polls at a quarter of a second.
 */
public final class LithographDialect implements Dialect {

    private static final String GATEWAY = "lithograph";
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Map<String, String> JSON = Map.of("Accept", "application/json");

    @Override
    public String name() {
        return GATEWAY;
    }

    @Override
    public URI baseUrl() {
        return URI.create("https://api.lithograph.example");
    }

    @Override
    public boolean speaksAt(URI url) {
        return url.getHost().endsWith(".lithograph.example");
    }

    @Override
    public ApiCall generate(ImageRequest request) {
        var prompt = ByteBuffer.wrap(request.prompt().getBytes(StandardCharsets.UTF_8));
        return new ApiCall(
                "POST", "/prints", Map.of("Content-Type", "text/plain"), List.of(new BodyPart.Literal(prompt)));
    }

    @Override
    public ImageException failure(Reply reply, byte[] body) {
        return StatusTable.failure(GATEWAY, reply, body);
    }

    @Override
    public Reading reading(ImageRequest request, Reply reply) {
        return new PrintReading(null);
    }

    /** The name of a print is enough to ask for it. */
    @Override
    public Optional<Begun> begun() {
        return Optional.of(id -> new Print(named(id), "/prints/" + id, PAUSE));
    }

    private static String named(String id) {
        if (!id.matches("[a-z0-9]{1,40}")) {
            throw new RejectedException(
                    RejectedException.Reason.REQUEST, "not sent: no print is called so", FailureDetails.NONE);
        }
        return id;
    }

    /** Where the print is asked for, and by which name it is called off. */
    private record Print(String id, String url, Duration pause) implements Reading.Handle {

        @Override
        public ApiCall ask() {
            return new ApiCall("GET", url, JSON, List.of());
        }

        @Override
        public Reading reading(Reply reply) {
            return new PrintReading(this);
        }

        @Override
        public Optional<ImageException> verdict(Reply reply, byte[] body) {
            return reply.status() == 410
                    ? Optional.of(new GenerationFailedException(
                            "lithograph threw the print away",
                            FailureDetails.NONE.withStatus(410).withGenerationId(id),
                            Billed.YES,
                            PartialResult.NOTHING))
                    : Optional.empty();
        }

        @Override
        public Optional<ApiCall> cancel() {
            return Optional.of(new ApiCall("DELETE", "/prints/" + id, JSON, List.of()));
        }
    }

    private static final class PrintReading implements Reading {

        private Optional<Handle> handle;
        private boolean complete;

        PrintReading(Reading.Handle before) {
            this.handle = Optional.ofNullable(before);
        }

        @Override
        public List<ImageEvent> read(Payload payload) {
            var json = payload.json();
            if (json.path("state").asString("").equals("failed")) {
                throw new GenerationFailedException(
                        "lithograph broke the stone",
                        FailureDetails.NONE.withProviderMessage(payload.text(json.path("why"))),
                        Billed.NO,
                        PartialResult.NOTHING);
            }
            var sheet = payload.blob(json.path("sheet"));
            if (sheet != null) {
                complete = true;
                return List.of(new ImageEvent.Completed(
                        ImageResult.of(List.of(GeneratedImage.of(0, null, sheet.segments())))));
            }
            if (json.has("at")) {
                handle = Optional.of(
                        new Print(handle.orElseThrow().id(), json.path("at").asString(), Duration.ZERO));
            } else if (json.path("id").asString("").matches("[a-z0-9]{1,40}")) {
                handle = Optional.of(
                        new Print(json.path("id").asString(), json.path("poll").asString(""), PAUSE));
            }
            return List.of();
        }

        @Override
        public Optional<Handle> handle() {
            return handle;
        }

        @Override
        public boolean isComplete() {
            return complete;
        }

        @Override
        public ImageException end() {
            return new OutcomeUnknownException(
                    OutcomeUnknownException.Reason.CUT,
                    "lithograph fell silent",
                    FailureDetails.NONE,
                    PartialResult.NOTHING,
                    null);
        }

        @Override
        public PartialResult partialResult() {
            return PartialResult.NOTHING;
        }
    }
}
