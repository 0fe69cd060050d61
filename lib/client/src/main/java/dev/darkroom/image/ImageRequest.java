package dev.darkroom.image;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to generate. Immutable: each wither returns a copy, and a getter has the name of its wither. What nearly every gateway
 * takes has a wither here; anything else is an {@link ImageOption}, of a gateway's class in {@code dev.darkroom.gateway} or of
 * somebody else's: {@code request.with(OpenRouter.SESSION_ID, "s-1")}.
 *
 * <pre>{@code
 * ImageRequest.of("openai/gpt-image-1-mini", "a lighthouse at dawn").size(Size.pixels(1024, 1024)).stream(true)
 * }</pre>
 *
 * <p>Withers refuse nothing but null and a deadline that is not positive: what can be known to be wrong is reported all at once,
 * as a {@link RejectedException}, when the request is subscribed to and before anything is sent.
 *
 * <p>What is not set is null, except for numbers, which are an {@link OptionalInt} or {@link OptionalLong}, because a null would
 * become an exception where one is expected; and lists, which are empty. {@link #get(ImageOption)} is an {@link Optional} for the
 * same reason.
 */
public final class ImageRequest {

    private final RequestContent content;

    private ImageRequest(RequestContent content) {
        this.content = content;
    }

    /**
     * A request without options.
     *
     * @param model the gateway's id of the model, {@code author/slug} at a router; empty where the application has a default one
     *     ({@code darkroom.model} in Spring Boot), and refused before anything is sent where it has none
     * @param prompt what to paint; not blank
     * @return the request
     */
    public static ImageRequest of(String model, String prompt) {
        return new ImageRequest(RequestContent.of(model, prompt));
    }

    /** {@return the gateway's id of the model} */
    public String model() {
        return content.model();
    }

    /**
     * {@return a copy for another model}
     * @param model the gateway's id of it
     */
    public ImageRequest model(String model) {
        return new ImageRequest(content.model(model));
    }

    /** {@return what to paint} */
    public String prompt() {
        return content.prompt();
    }

    /**
     * {@return a copy with another prompt}
     * @param prompt what to paint
     */
    public ImageRequest prompt(String prompt) {
        return new ImageRequest(content.prompt(prompt));
    }

    /**
     * {@return a copy for a number of images; a gateway may make fewer, and bills those it made}
     * @param n 1 or more; most gateways take at most 10
     */
    public ImageRequest n(int n) {
        return with(ImageOption.N, n);
    }

    /** {@return how many images to make, 1 or more; empty if not set} */
    public OptionalInt n() {
        return content.integer(ImageOption.N);
    }

    /**
     * {@return a copy for images of a size; exact pixels win over resolution and aspect ratio, and must not contradict them}
     * @param size pixels or a tier
     */
    public ImageRequest size(Size size) {
        return with(ImageOption.SIZE, size);
    }

    /** {@return how large, in pixels or as a tier; null if not set} */
    public @Nullable Size size() {
        return content.orNull(ImageOption.SIZE);
    }

    /**
     * {@return a copy for images of a shape}
     * @param aspectRatio width to height
     */
    public ImageRequest aspectRatio(AspectRatio aspectRatio) {
        return with(ImageOption.ASPECT_RATIO, aspectRatio);
    }

    /** {@return width to height; null if not set} */
    public @Nullable AspectRatio aspectRatio() {
        return content.orNull(ImageOption.ASPECT_RATIO);
    }

    /**
     * {@return a copy for images of a tier}
     * @param resolution how large
     */
    public ImageRequest resolution(Resolution resolution) {
        return with(ImageOption.RESOLUTION, resolution);
    }

    /** {@return how large, as a tier; null if not set} */
    public @Nullable Resolution resolution() {
        return content.orNull(ImageOption.RESOLUTION);
    }

    /**
     * {@return a copy with another quality}
     * @param quality how much effort to spend
     */
    public ImageRequest quality(Quality quality) {
        return with(ImageOption.QUALITY, quality);
    }

    /** {@return how much effort to spend; null if not set} */
    public @Nullable Quality quality() {
        return content.orNull(ImageOption.QUALITY);
    }

    /**
     * {@return a copy with another output format}
     * @param outputFormat how to encode the image
     */
    public ImageRequest outputFormat(OutputFormat outputFormat) {
        return with(ImageOption.OUTPUT_FORMAT, outputFormat);
    }

    /** {@return how to encode the image; null if not set} */
    public @Nullable OutputFormat outputFormat() {
        return content.orNull(ImageOption.OUTPUT_FORMAT);
    }

    /**
     * {@return a copy with another compression of a JPEG or WebP}
     * @param outputCompression 0 to 100, as the gateway understands it
     */
    public ImageRequest outputCompression(int outputCompression) {
        return with(ImageOption.OUTPUT_COMPRESSION, outputCompression);
    }

    /** {@return how to compress a JPEG or WebP, 0 to 100; empty if not set} */
    public OptionalInt outputCompression() {
        return content.integer(ImageOption.OUTPUT_COMPRESSION);
    }

    /**
     * {@return a copy with another background}
     * @param background what is behind the subject; transparent needs PNG or WebP
     */
    public ImageRequest background(Background background) {
        return with(ImageOption.BACKGROUND, background);
    }

    /** {@return what is behind the subject; null if not set} */
    public @Nullable Background background() {
        return content.orNull(ImageOption.BACKGROUND);
    }

    /**
     * {@return a copy for the same picture again, where the model supports it}
     * @param seed any number
     */
    public ImageRequest seed(long seed) {
        return with(ImageOption.SEED, seed);
    }

    /** {@return the seed of the picture; empty if not set} */
    public OptionalLong seed() {
        return content.number(ImageOption.SEED);
    }

    /**
     * {@return a copy that names the end user, for the gateway's abuse reports}
     * @param user an opaque id; send a hash, not a name
     */
    public ImageRequest user(String user) {
        return with(ImageOption.USER, user);
    }

    /** {@return the opaque id of the end user; null if not set} */
    public @Nullable String user() {
        return content.orNull(ImageOption.USER);
    }

    /**
     * {@return a copy with previews, or without} A gateway that cannot stream answers with the end alone; that is no error.
     * @param stream true for previews
     */
    public ImageRequest stream(boolean stream) {
        return with(ImageOption.STREAM, stream);
    }

    /** {@return whether previews are wanted; false if not set} */
    public boolean stream() {
        return get(ImageOption.STREAM).orElse(false);
    }

    /**
     * {@return a copy with a number of previews of each image, where {@link #stream(boolean)} is true} Each is billed: OpenAI
     * counts 100 output tokens for one. Fewer come if the image is ready earlier.
     * @param partialImages 0 to 3; 0 for the end alone
     */
    public ImageRequest partialImages(int partialImages) {
        return with(ImageOption.PARTIAL_IMAGES, partialImages);
    }

    /** {@return how many previews to send of each image, 0 to 3; empty if not set} */
    public OptionalInt partialImages() {
        return content.integer(ImageOption.PARTIAL_IMAGES);
    }

    /**
     * {@return a copy with images to send along, instead of those set before}
     * @param references in the order in which the prompt speaks of them
     */
    public ImageRequest references(ImageReference... references) {
        return references(List.of(references));
    }

    /**
     * {@return a copy with images to send along, instead of those set before}
     * @param references in the order in which the prompt speaks of them
     */
    public ImageRequest references(List<ImageReference> references) {
        return with(ImageOption.REFERENCES, List.copyOf(references));
    }

    /** {@return images to send along; empty if not set} */
    public List<ImageReference> references() {
        return get(ImageOption.REFERENCES).orElse(List.of());
    }

    /**
     * {@return a copy that lets a part of the first reference change, and no other}
     * @param mask an image of the same size, transparent where something new may be painted
     */
    public ImageRequest mask(ImageReference mask) {
        return with(ImageOption.MASK, mask);
    }

    /** {@return an image, transparent where the first reference may change; null if not set} */
    public @Nullable ImageReference mask() {
        return content.orNull(ImageOption.MASK);
    }

    /**
     * {@return a copy with a field in the request's JSON that this class does not know}
     * @param field its name on the wire
     * @param value a JSON value: string, number, boolean, null, or a list or map of them
     */
    public ImageRequest extra(String field, @Nullable Object value) {
        return new ImageRequest(content.extra(field, value));
    }

    /** {@return JSON values by their name on the wire} */
    public Map<String, @Nullable Object> extras() {
        return content.extras();
    }

    /**
     * {@return a copy with a header of its own} Never {@code Authorization}: the client's key goes there.
     * @param name an RFC 9110 field name
     * @param value visible ASCII, spaces and tabs
     */
    public ImageRequest header(String name, String value) {
        return new ImageRequest(content.header(name, value));
    }

    /** {@return values by name} */
    public Map<String, String> headers() {
        return content.headers();
    }

    /**
     * Marks every attempt of this request as the same one, in the {@code Idempotency-Key} header. It helps only where
     * the gateway honours it, which none of those known promises for images; where one documents it
     * ({@code Dialect.idempotencyHeader()}), each subscription has a key of its own without this.
     *
     * @param key unique to this request, visible ASCII
     * @return a copy
     */
    public ImageRequest idempotencyKey(String key) {
        return header("Idempotency-Key", key);
    }

    /**
     * How long the whole may take, from the first demand on: preparing, waiting for a rate limit and waiting for the
     * server. What cannot be done in time fails at once. Time in which your subscriber wants nothing, or is busy, does not
     * count once the request was sent.
     *
     * @param deadline more than zero
     * @return a copy
     * @throws IllegalArgumentException if it is not
     */
    public ImageRequest deadline(Duration deadline) {
        return new ImageRequest(content.deadline(deadline));
    }

    /** {@return how long the whole may take; null for as long as the client's limits allow} */
    public @Nullable Duration deadline() {
        return content.deadline();
    }

    /**
     * Sets an option.
     *
     * @param option of {@link ImageOption} itself, of a gateway's class in {@code dev.darkroom.gateway}, or of somebody else's
     * @param value its value, instead of one set before; lists and maps are copied
     * @param <T> the type of its values
     * @return a copy
     * @throws ClassCastException if the value was smuggled past the compiler and is of another type
     */
    public <T> ImageRequest with(ImageOption<T> option, T value) {
        return new ImageRequest(content.with(option, value));
    }

    /**
     * Sets an option by text, as a property, a command line or a file has it.
     *
     * @param option any
     * @param text what {@link ImageOption#read(String)} reads
     * @return a copy
     * @throws IllegalArgumentException if that is no value of it; the message names the option and says what would be right
     */
    public ImageRequest withText(ImageOption<?> option, String text) {
        return new ImageRequest(content.with(option, option.read(text)));
    }

    /**
     * What an option is set to.
     *
     * @param option any
     * @param <T> the type of its values
     * @return its value; empty if it is not set
     */
    public <T> Optional<T> get(ImageOption<T> option) {
        return content.get(option);
    }

    /**
     * What an option is set to, as text that {@link #withText(ImageOption, String)} takes.
     *
     * @param option any
     * @param <T> the type of its values
     * @return its value; empty if it is not set
     * @throws IllegalArgumentException if the value has no text, as a reference that is bytes in memory
     */
    public <T> Optional<String> text(ImageOption<T> option) {
        return get(option).map(option::write);
    }

    /** {@return the options which are set, in the order in which they were set first; a gateway refuses others than its own} */
    public Set<ImageOption<?>> options() {
        return content.options().keySet();
    }

    /**
     * {@return a copy as if an option had never been set}
     * @param option the option to leave out
     */
    public ImageRequest without(ImageOption<?> option) {
        return new ImageRequest(content.without(option));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ImageRequest that && content.equals(that.content);
    }

    @Override
    public int hashCode() {
        return content.hashCode();
    }

    /** Names the model and the options set, but neither the prompt nor any value. */
    @Override
    public String toString() {
        return "ImageRequest" + content;
    }
}
