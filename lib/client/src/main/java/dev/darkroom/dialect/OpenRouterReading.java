package dev.darkroom.dialect;

import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.Salvage;
import dev.darkroom.image.Usage;
import dev.darkroom.wire.Blob;
import dev.darkroom.wire.Payload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads one answer of OpenRouter's Image API.
 *
 * <p>The hard case is several images in one stream: no event says which image it belongs to, and each image has a
 * completed event of its own. They are numbered in the order in which they complete; a preview belongs to the image
 * that completes next. The n-th completed event is the end, {@code [DONE]} is it with fewer.
 */
final class OpenRouterReading implements Reading {

    private final String gateway;
    private final int expected;
    private final Reply reply;
    private final List<GeneratedImage> images = new ArrayList<>();
    private final List<ImageFailure> failures = new ArrayList<>();
    private ImageEvent.@Nullable Partial lastPartial;
    private @Nullable Usage usage;
    private @Nullable Instant created;
    /** Whether there was any payload at all. */
    private boolean heard;
    /** Whether anything was said of an image, so that it was accepted. */
    private boolean begun;

    private boolean complete;

    OpenRouterReading(String gateway, ImageRequest request, Reply reply) {
        this.gateway = gateway;
        this.expected = Objects.requireNonNullElse(request.n(), 1);
        this.reply = reply;
    }

    @Override
    public List<ImageEvent> read(Payload payload) {
        heard |= !payload.isDone();
        return payload.isDone() ? done() : understand(payload);
    }

    private List<ImageEvent> understand(Payload payload) {
        var json = payload.json();
        var type =
                Objects.requireNonNullElse(Fields.text(json, "type"), Objects.requireNonNullElse(payload.event(), ""));
        if (json.path("data").isArray() && type.isEmpty()) {
            return document(payload); // also one that a gateway wraps in an event
        }
        var error = json.path("error");
        if (type.equals("error") || error.isObject() || error.isString()) {
            throw OpenRouterFailures.inBand(gateway, reply, payload, begun, salvage());
        }
        return switch (type) {
            case "image_generation.partial_image" -> partial(payload);
            case "image_generation.text_chunk" -> textChunk(payload);
            case "image_generation.completed" -> imageCompleted(payload);
            default -> List.of(); // news we do not know
        };
    }

    /** A preview that is too large or no image is passed over: the final image may still come. */
    private List<ImageEvent> partial(Payload payload) {
        begun = true;
        var index = images.size() + failures.size();
        var image = image(index, payload, payload.json());
        if (image == null) {
            return List.of();
        }
        var partialIndex = Fields.integer(payload.json(), "partial_image_index");
        var number = partialIndex == null ? 0 : (int) Math.max(0, Math.min(partialIndex, Integer.MAX_VALUE));
        lastPartial = new ImageEvent.Partial(index, number, image);
        return List.of(lastPartial);
    }

    private List<ImageEvent> textChunk(Payload payload) {
        begun = true;
        var text = payload.text(payload.json().path("text"));
        var phase = Objects.requireNonNullElse(Fields.text(payload.json(), "phase"), ImageEvent.TextChunk.CONTENT);
        return text == null ? List.of() : List.of(new ImageEvent.TextChunk(phase, text));
    }

    private List<ImageEvent> imageCompleted(Payload payload) {
        begun = true;
        var last = finish(payload, payload.json());
        account(payload.json());
        return images.size() + failures.size() < expected ? List.of(last) : completed();
    }

    /** An error beside images takes none of them away. */
    private List<ImageEvent> document(Payload payload) {
        for (JsonNode item : payload.json().path("data")) {
            begun = true;
            finish(payload, item);
        }
        account(payload.json());
        var error = payload.json().path("error");
        if (error.isObject() && images.isEmpty()) {
            throw OpenRouterFailures.inBand(gateway, reply, payload, begun, salvage());
        }
        if (error.isObject() && !error.isEmpty()) {
            failures.add(failure(images.size() + failures.size(), payload, payload.json()));
        }
        return completed();
    }

    private List<ImageEvent> done() {
        if (complete) {
            return List.of();
        }
        if (images.isEmpty() && failures.isEmpty()) {
            throw end();
        }
        return completed();
    }

    /** One image is final or is not coming; its siblings do not suffer. */
    private ImageEvent finish(Payload payload, JsonNode item) {
        var index = images.size() + failures.size();
        var image = image(index, payload, item);
        if (image != null) {
            images.add(image);
            return new ImageEvent.ImageReady(image);
        }
        var failure = failure(index, payload, item);
        failures.add(failure);
        return new ImageEvent.ImageFailed(failure);
    }

    private static @Nullable GeneratedImage image(int index, Payload payload, JsonNode item) {
        var told = Fields.text(item, "media_type");
        var blob = blob(payload, item);
        if (blob != null && blob.size() > 0) {
            return blob.isTooLarge()
                    ? null
                    : GeneratedImage.of(index, told == null ? blob.declaredMediaType() : told, blob.segments());
        }
        var url = Fields.httpUrl(item, "url");
        return url == null ? null : GeneratedImage.at(index, told, url);
    }

    /** The API knows {@code b64_json} only; some who speak it put a {@code data:} URL into {@code url}. */
    private static @Nullable Blob blob(Payload payload, JsonNode item) {
        var blob = payload.blob(item.path("b64_json"));
        var ofUrl = blob == null ? payload.blob(item.path("url")) : null;
        return ofUrl != null && ofUrl.declaredMediaType() != null ? ofUrl : blob;
    }

    private static ImageFailure failure(int index, Payload payload, JsonNode item) {
        var blob = blob(payload, item);
        if (blob != null && blob.isTooLarge()) {
            return new ImageFailure(index, ImageFailure.TOO_LARGE, null);
        }
        var error = item.path("error");
        return error.isObject()
                ? new ImageFailure(index, Fields.word(error, "code"), payload.text(error.path("message")))
                : new ImageFailure(index, ImageFailure.UNDECODABLE, null);
    }

    private List<ImageEvent> completed() {
        if (images.isEmpty() && failures.stream().anyMatch(failure -> isOurs(failure, ImageFailure.TOO_LARGE))) {
            throw unknown(
                    OutcomeUnknownException.Reason.TOO_LARGE,
                    "sent only images larger than the limit; raise it with maxImageBytes(..)");
        }
        if (images.isEmpty() && failures.stream().allMatch(failure -> isOurs(failure, ImageFailure.UNDECODABLE))) {
            throw unknown(OutcomeUnknownException.Reason.UNDECODABLE, "answered 200 without any image");
        }
        complete = true;
        return List.of(new ImageEvent.Completed(new ImageResult(
                images,
                failures,
                usage,
                created,
                reply.header(OpenRouterFailures.GENERATION_ID),
                reply.header(OpenRouterFailures.PROVIDER_NAME),
                List.of())));
    }

    private static boolean isOurs(ImageFailure failure, String code) {
        return code.equals(failure.code()) && failure.providerMessage() == null;
    }

    private void account(JsonNode json) {
        var at = Fields.instant(json, "created");
        created = at == null ? created : at;
        var node = json.path("usage");
        if (node.isObject()) {
            var more = new Usage(
                    Fields.integer(node, "prompt_tokens"),
                    Fields.integer(node, "completion_tokens"),
                    Fields.integer(node, "total_tokens"),
                    null,
                    Fields.number(node, "cost"),
                    Fields.map(node));
            usage = usage == null ? more : usage.plus(more);
        }
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public ImageException end() {
        return heard && !begun
                ? unknown(OutcomeUnknownException.Reason.UNDECODABLE, "answered 200 without any image")
                : unknown(OutcomeUnknownException.Reason.CUT, "ended the answer before the image was complete");
    }

    @Override
    public Salvage salvage() {
        return new Salvage(lastPartial, images);
    }

    private OutcomeUnknownException unknown(OutcomeUnknownException.Reason reason, String what) {
        FailureDetails details = OpenRouterFailures.head(reply);
        return new OutcomeUnknownException(reason, gateway + " " + what, details, salvage(), null);
    }
}
