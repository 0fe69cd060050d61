package dev.darkroom.springai;

import dev.darkroom.gateway.OpenAi;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.Size;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.image.ImageOptions;

/**
 * Everything that a request of ours can have, for a prompt or as the default of a model:
 *
 * <pre>{@code
 * new ImagePrompt("a lighthouse at dawn", DarkroomImageOptions.of(
 *         r -> r.model("openai/gpt-image-1-mini").quality(Quality.LOW).with(OpenRouter.SESSION_ID, "s-1")))
 * }</pre>
 *
 * <p>Immutable. Two are equal if they do the same to a request without options.
 */
public final class DarkroomImageOptions implements ImageOptions {

    private static final ImageRequest NOTHING = ImageRequest.of("", "");

    private final UnaryOperator<ImageRequest> change;
    private final ImageRequest shown;

    private DarkroomImageOptions(UnaryOperator<ImageRequest> change) {
        this.change = Objects.requireNonNull(change, "change");
        this.shown = change.apply(NOTHING);
    }

    /**
     * Options that are set on the request itself.
     *
     * @param change from a request to one with options; called for this object's getters now, and for each request later
     * @return the options
     */
    public static DarkroomImageOptions of(UnaryOperator<ImageRequest> change) {
        return new DarkroomImageOptions(change);
    }

    /**
     * These, and others besides.
     *
     * @param more from a request with these to one with more
     * @return a copy
     */
    public DarkroomImageOptions and(UnaryOperator<ImageRequest> more) {
        Objects.requireNonNull(more, "more");
        return new DarkroomImageOptions(request -> more.apply(change.apply(request)));
    }

    ImageRequest applyTo(ImageRequest request) {
        return change.apply(request);
    }

    @Override
    public @Nullable Integer getN() {
        return shown.n().isPresent() ? shown.n().getAsInt() : null;
    }

    @Override
    public @Nullable String getModel() {
        return shown.model().isEmpty() ? null : shown.model();
    }

    @Override
    public @Nullable Integer getWidth() {
        var size = pixels();
        return size == null ? null : size.width();
    }

    @Override
    public @Nullable Integer getHeight() {
        var size = pixels();
        return size == null ? null : size.height();
    }

    private @Nullable Size pixels() {
        var size = shown.size();
        return size == null || !size.isPixels() ? null : size;
    }

    /** {@return {@code url} or {@code b64_json}; null if not set} */
    @Override
    public @Nullable String getResponseFormat() {
        return shown.text(OpenAi.RESPONSE_FORMAT).orElse(null); // the same option at each gateway that has one
    }

    /** {@return null: no gateway takes one} */
    @Override
    public @Nullable String getStyle() {
        return null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DarkroomImageOptions that && shown.equals(that.shown);
    }

    @Override
    public int hashCode() {
        return shown.hashCode();
    }

    /** Names what is set, but no value other than the model. */
    @Override
    public String toString() {
        return "DarkroomImageOptions[model=" + shown.model() + ", options=" + shown.options() + ", extras="
                + shown.extras().keySet() + "]";
    }
}
