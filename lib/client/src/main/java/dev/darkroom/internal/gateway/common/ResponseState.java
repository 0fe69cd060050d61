package dev.darkroom.internal.gateway.common;

import dev.darkroom.dialect.Payload;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.Usage;
import dev.darkroom.settings.Limits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What has arrived of one answer: previews, images, failures of single images, usage. It numbers images, as the gateway
 * does where it does, and makes the events of them.
 */
public final class ResponseState {

    private static final int MOST_IMAGES = 10_000;

    /** What has a method of its own, or is an image's and not the whole's. */
    private static final Set<String> PLACED = Set.of(
            "type",
            "data",
            "images",
            "b64_json",
            "partial_image_b64",
            "url",
            "image_url",
            "media_type",
            "revised_prompt",
            "image_index",
            "partial_image_index",
            "error",
            "usage",
            "svg_usage",
            "created",
            "created_at",
            "time",
            "request_id");

    private static final String NO_IMAGE = "answered 200 without any image";

    private final Origin origin;
    private final NavigableMap<Integer, GeneratedImage> images = new TreeMap<>();
    private final NavigableMap<Integer, ImageFailure> failures = new TreeMap<>();
    private ImageEvent.@Nullable Partial lastPartial;
    private @Nullable Usage usage;
    private @Nullable Usage svgUsage;
    private Map<String, Object> fields = Map.of();
    private @Nullable Instant created;
    private @Nullable String generationId;
    private @Nullable String provider;
    private @Nullable String text;
    private int next;
    private boolean begun;
    private boolean complete;

    public ResponseState(Origin origin) {
        this.origin = origin;
        this.generationId = origin.generationId();
        this.provider = origin.provider();
    }

    private ResponseState(ResponseState other) {
        this(other.origin);
        images.putAll(other.images);
        failures.putAll(other.failures);
        lastPartial = other.lastPartial;
        usage = other.usage;
        svgUsage = other.svgUsage;
        fields = other.fields;
        created = other.created;
        generationId = other.generationId;
        next = other.next;
        begun = other.begun;
        provider = other.provider;
        text = other.text;
    }

    /** What had arrived so far, for another answer to go on from; what this one reads afterwards is not in it. */
    public ResponseState copy() {
        return new ResponseState(this);
    }

    /** The gateway's handle, where it is told in the body. */
    public void named(String id) {
        generationId = id;
    }

    /** Something was said of an image, so the request was accepted. */
    public void begin() {
        begun = true;
    }

    public boolean hasBegun() {
        return begun;
    }

    /** How many images are final or are not coming. */
    public int count() {
        return images.size() + failures.size();
    }

    public boolean isComplete() {
        return complete;
    }

    public PartialResult partialResult() {
        return new PartialResult(lastPartial, List.copyOf(images.values()));
    }

    /** A preview of the image that is settled next; one that is too large or no image is passed over. */
    List<ImageEvent> preview(Payload payload, @Nullable Long number) {
        begin();
        var image = new ImageItem(payload, payload.json()).image(place(null));
        return image == null ? List.of() : preview(image, number);
    }

    /** A preview, which is of the image of its index. */
    List<ImageEvent> preview(GeneratedImage image, @Nullable Long number) {
        begin();
        var partialIndex = number == null ? 0 : (int) Math.max(0, Math.min(number, Integer.MAX_VALUE));
        lastPartial = new ImageEvent.Partial(image.index(), partialIndex, image);
        return List.of(lastPartial);
    }

    /**
     * One image is final or is not coming; its siblings do not suffer.
     *
     * @param number as the gateway counts from 0; null if it does not
     */
    ImageEvent settle(Payload payload, JsonNode node, @Nullable Long number) {
        begin();
        payload.admit(count() + 1);
        var index = place(number);
        var item = new ImageItem(payload, node);
        var image = item.image(index);
        return image == null ? fail(item.failure(index)) : ready(image);
    }

    /** A preview of an image whose number is known. */
    public ImageEvent preview(int index, int number, GeneratedImage image) {
        begin();
        lastPartial = new ImageEvent.Partial(index, number, image);
        return lastPartial;
    }

    /** An image is final, under its index. */
    public ImageEvent ready(GeneratedImage image) {
        begin();
        images.put(image.index(), image);
        return new ImageEvent.ImageReady(image);
    }

    /** An image is not coming. */
    public ImageEvent fail(ImageFailure failure) {
        begin();
        failures.put(failure.index(), failure);
        return new ImageEvent.ImageFailed(failure);
    }

    /** The gateway's number, unless it is none or is taken: what was paid for gets another then. */
    int place(@Nullable Long number) {
        if (number != null && number >= 0 && number < MOST_IMAGES && isFree(number.intValue())) {
            return number.intValue();
        }
        next = Math.max(next, count()); // none is ever given back, so those before stay taken
        while (!isFree(next)) {
            next++;
        }
        return next;
    }

    /** Whether an image is neither final nor failed. */
    public boolean isFree(int index) {
        return !images.containsKey(index) && !failures.containsKey(index);
    }

    /** Adds the usage, and takes the time and the handle, which a document or an event tells. */
    public void account(JsonNode json) {
        for (String name : List.of("created", "created_at", "time")) {
            var at = Fields.instant(json, name);
            created = at == null ? created : at;
        }
        var id = Fields.text(json, "request_id");
        generationId = id == null ? generationId : id;
        usage = Usages.sum(usage, Usages.read(json.path("usage"), origin.costUnit()));
        accountAuthor(json);
    }

    /** Adds what the model used that wrote an SVG; some tell it of each image. */
    public void accountAuthor(JsonNode json) {
        svgUsage = Usages.sum(svgUsage, Usages.read(json.path("svg_usage"), origin.costUnit()));
    }

    /** Takes what an answer says of itself as it goes on, where each word replaces the one before. */
    void about(@Nullable String id, @Nullable Instant at, @Nullable String renderedBy, JsonNode usedSoFar) {
        generationId = id == null ? generationId : id;
        created = at == null ? created : at;
        provider = renderedBy == null ? provider : renderedBy;
        var used = Usages.read(usedSoFar, origin.costUnit());
        usage = used == null ? usage : used;
    }

    @Nullable
    String generationId() {
        return generationId;
    }

    boolean hasUsage() {
        return usage != null;
    }

    /** Keeps what was said in words. */
    public void say(@Nullable String words) {
        text = words;
    }

    /** Keeps what the last word on the whole says beside all that. */
    void describe(JsonNode json) {
        describe(json, PLACED);
    }

    /** The same, without what has a place of its own. */
    public void describe(JsonNode json, Set<String> placed) {
        fields = Usages.others(json, placed);
    }

    /** The end, if there is anything to show for it; an error otherwise. */
    public ImageEvent.Completed completed() {
        if (images.isEmpty() && failures.values().stream().anyMatch(each -> isOurs(each, ImageFailure.TOO_LARGE))) {
            throw origin.unknown(
                    OutcomeUnknownException.Reason.TOO_LARGE,
                    "sent only images larger than the limit; " + Limits.IMAGE_BYTES + " raises it",
                    partialResult());
        }
        if (images.isEmpty() && failures.values().stream().allMatch(each -> isOurs(each, ImageFailure.UNDECODABLE))) {
            throw origin.unknown(OutcomeUnknownException.Reason.UNDECODABLE, NO_IMAGE, partialResult());
        }
        complete = true;
        return new ImageEvent.Completed(new ImageResult(
                        List.copyOf(images.values()),
                        List.copyOf(failures.values()),
                        usage,
                        created,
                        generationId,
                        provider,
                        List.of())
                .withText(text)
                .withSvgUsage(svgUsage)
                .withFields(fields));
    }

    private static boolean isOurs(ImageFailure failure, String code) {
        return code.equals(failure.code()) && failure.providerMessage() == null;
    }

    /** All was said, and no image was among it; what was said instead may explain it. */
    OutcomeUnknownException withoutImage(@Nullable String words) {
        var cause = origin.unknown(OutcomeUnknownException.Reason.UNDECODABLE, NO_IMAGE, partialResult());
        var details = generationId == null
                ? cause.details()
                : origin.withGenerationId(generationId).details();
        return new OutcomeUnknownException(
                cause.reason(),
                String.valueOf(cause.getMessage()),
                words == null ? details : details.withProviderMessage(words),
                cause.partialResult(),
                null);
    }

    /** The answer ended too early, or was none. */
    public OutcomeUnknownException cut(boolean heardAnything) {
        return heardAnything && !begun
                ? origin.unknown(OutcomeUnknownException.Reason.UNDECODABLE, NO_IMAGE, partialResult())
                : origin.unknown(
                        OutcomeUnknownException.Reason.CUT,
                        "ended the answer before the image was complete",
                        partialResult());
    }
}
