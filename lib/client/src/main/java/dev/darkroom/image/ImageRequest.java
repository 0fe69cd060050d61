package dev.darkroom.image;

import dev.darkroom.internal.json.Ordered;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * <p>Withers refuse nothing but null and a deadline that is over: what can be known to be wrong is reported all at once, as a
 * {@link RejectedException}, when the request is subscribed to and before anything is sent.
 *
 * <p>What is not set is null, except for numbers, which are an {@link OptionalInt} or {@link OptionalLong}, because a null would
 * become an exception where one is expected; and lists, which are empty. {@link #get(ImageOption)} is an {@link Optional} for the
 * same reason.
 */
public final class ImageRequest {

    private final String model;
    private final String prompt;
    private final Map<ImageOption<?>, Object> options;
    private final Map<String, @Nullable Object> extras;
    private final Delivery delivery;

    private ImageRequest(
            String model,
            String prompt,
            Map<ImageOption<?>, Object> options,
            Map<String, @Nullable Object> extras,
            Delivery delivery) {
        this.model = Objects.requireNonNull(model, "model");
        this.prompt = Objects.requireNonNull(prompt, "prompt");
        this.options = options;
        this.extras = extras;
        this.delivery = delivery;
    }

    /**
     * A request without options.
     *
     * @param model the gateway's id of the model, {@code author/slug} at a router
     * @param prompt what to paint; not blank
     * @return the request
     */
    public static ImageRequest of(String model, String prompt) {
        return new ImageRequest(model, prompt, Map.of(), Map.of(), Delivery.DEFAULT);
    }

    /** {@return the gateway's id of it} */
    public String model() {
        return model;
    }

    /**
     * Another model.
     *
     * @param model the gateway's id of it
     * @return a copy
     */
    public ImageRequest model(String model) {
        return new ImageRequest(model, prompt, options, extras, delivery);
    }

    /** {@return what to paint} */
    public String prompt() {
        return prompt;
    }

    /**
     * Another prompt.
     *
     * @param prompt what to paint
     * @return a copy
     */
    public ImageRequest prompt(String prompt) {
        return new ImageRequest(model, prompt, options, extras, delivery);
    }

    /**
     * How many images to make; a gateway may make fewer, and bills those it made.
     *
     * @param n 1 or more; most gateways take at most 10
     * @return a copy
     */
    public ImageRequest n(int n) {
        return with(ImageOption.N, n);
    }

    /**
     * How many images to make; a gateway may make fewer, and bills those it made.
     *
     * @return 1 or more; most gateways take at most 10; empty if not set
     */
    public OptionalInt n() {
        return number(ImageOption.N);
    }

    /**
     * How large; exact pixels win over resolution and aspect ratio and must not contradict them.
     *
     * @param size pixels or a tier
     * @return a copy
     */
    public ImageRequest size(Size size) {
        return with(ImageOption.SIZE, size);
    }

    /**
     * How large; exact pixels win over resolution and aspect ratio and must not contradict them.
     *
     * @return pixels or a tier; null if not set
     */
    public @Nullable Size size() {
        return get(ImageOption.SIZE).orElse(null);
    }

    /**
     * Width to height.
     *
     * @param aspectRatio the ratio
     * @return a copy
     */
    public ImageRequest aspectRatio(AspectRatio aspectRatio) {
        return with(ImageOption.ASPECT_RATIO, aspectRatio);
    }

    /** {@return width to height: the ratio; null if not set} */
    public @Nullable AspectRatio aspectRatio() {
        return get(ImageOption.ASPECT_RATIO).orElse(null);
    }

    /**
     * How large, as a tier.
     *
     * @param resolution the tier
     * @return a copy
     */
    public ImageRequest resolution(Resolution resolution) {
        return with(ImageOption.RESOLUTION, resolution);
    }

    /** {@return how large, as a tier: the tier; null if not set} */
    public @Nullable Resolution resolution() {
        return get(ImageOption.RESOLUTION).orElse(null);
    }

    /**
     * How much effort to spend.
     *
     * @param quality the quality
     * @return a copy
     */
    public ImageRequest quality(Quality quality) {
        return with(ImageOption.QUALITY, quality);
    }

    /** {@return how much effort to spend: the quality; null if not set} */
    public @Nullable Quality quality() {
        return get(ImageOption.QUALITY).orElse(null);
    }

    /**
     * How to encode the image.
     *
     * @param outputFormat the format
     * @return a copy
     */
    public ImageRequest outputFormat(OutputFormat outputFormat) {
        return with(ImageOption.OUTPUT_FORMAT, outputFormat);
    }

    /** {@return how to encode the image: the format; null if not set} */
    public @Nullable OutputFormat outputFormat() {
        return get(ImageOption.OUTPUT_FORMAT).orElse(null);
    }

    /**
     * How strongly to compress a JPEG or WebP.
     *
     * @param outputCompression 0 to 100
     * @return a copy
     */
    public ImageRequest outputCompression(int outputCompression) {
        return with(ImageOption.OUTPUT_COMPRESSION, outputCompression);
    }

    /** {@return how strongly to compress a JPEG or WebP: 0 to 100; empty if not set} */
    public OptionalInt outputCompression() {
        return number(ImageOption.OUTPUT_COMPRESSION);
    }

    /**
     * What is behind the subject; transparent needs PNG or WebP.
     *
     * @param background the background
     * @return a copy
     */
    public ImageRequest background(Background background) {
        return with(ImageOption.BACKGROUND, background);
    }

    /** {@return what is behind the subject; transparent needs PNG or WebP: the background; null if not set} */
    public @Nullable Background background() {
        return get(ImageOption.BACKGROUND).orElse(null);
    }

    /**
     * For the same picture again, where the model supports it.
     *
     * @param seed any number
     * @return a copy
     */
    public ImageRequest seed(long seed) {
        return with(ImageOption.SEED, seed);
    }

    /** {@return for the same picture again, where the model supports it: any number; empty if not set} */
    public OptionalLong seed() {
        var seed = get(ImageOption.SEED);
        return seed.isPresent() ? OptionalLong.of(seed.get()) : OptionalLong.empty();
    }

    /**
     * Who the end user is, for the gateway's abuse reports; send a hash, not a name.
     *
     * @param user an opaque id
     * @return a copy
     */
    public ImageRequest user(String user) {
        return with(ImageOption.USER, user);
    }

    /**
     * Who the end user is, for the gateway's abuse reports; send a hash, not a name.
     *
     * @return an opaque id; null if not set
     */
    public @Nullable String user() {
        return get(ImageOption.USER).orElse(null);
    }

    /**
     * Whether previews are wanted. A gateway that cannot stream answers with the end alone; that is no error.
     *
     * @param stream true for previews
     * @return a copy
     */
    public ImageRequest stream(boolean stream) {
        return with(ImageOption.STREAM, stream);
    }

    /** {@return whether previews are wanted: false if not set} */
    public boolean stream() {
        return get(ImageOption.STREAM).orElse(false);
    }

    /**
     * How many previews to send of each image, where {@link #stream(boolean)} is true. Each is billed: OpenAI counts 100
     * output tokens for one. Fewer come if the image is ready earlier.
     *
     * @param partialImages 0 to 3; 0 for the end alone
     * @return a copy
     */
    public ImageRequest partialImages(int partialImages) {
        return with(ImageOption.PARTIAL_IMAGES, partialImages);
    }

    /** {@return how many previews to send of each image: 0 to 3; empty if not set} */
    public OptionalInt partialImages() {
        return number(ImageOption.PARTIAL_IMAGES);
    }

    /**
     * Images to send along, instead of those set before.
     *
     * @param references in the order in which the prompt speaks of them
     * @return a copy
     */
    public ImageRequest references(ImageReference... references) {
        return references(List.of(references));
    }

    /**
     * Images to send along, instead of those set before.
     *
     * @param references in the order in which the prompt speaks of them
     * @return a copy
     */
    public ImageRequest references(List<ImageReference> references) {
        return with(ImageOption.REFERENCES, List.copyOf(references));
    }

    /** {@return images to send along: empty if not set} */
    public List<ImageReference> references() {
        return get(ImageOption.REFERENCES).orElse(List.of());
    }

    /**
     * Which part of the first reference may change.
     *
     * @param mask an image of the same size, transparent where something new may be painted
     * @return a copy
     */
    public ImageRequest mask(ImageReference mask) {
        return with(ImageOption.MASK, mask);
    }

    /** {@return which part of the first reference may change: an image, transparent there; null if not set} */
    public @Nullable ImageReference mask() {
        return get(ImageOption.MASK).orElse(null);
    }

    /**
     * A field of the request's JSON which this class does not know.
     *
     * @param field its name on the wire
     * @param value a JSON value: string, number, boolean, null, or a list or map of them
     * @return a copy
     */
    public ImageRequest extra(String field, @Nullable Object value) {
        var all = new LinkedHashMap<>(extras);
        all.put(Objects.requireNonNull(field, "field"), Ordered.deepCopyOf(value));
        return new ImageRequest(model, prompt, options, Collections.unmodifiableMap(all), delivery);
    }

    /** {@return JSON values by their name on the wire} */
    public Map<String, @Nullable Object> extras() {
        return extras;
    }

    /**
     * A header for this request alone. Never {@code Authorization}: the client's key goes there.
     *
     * @param name an RFC 9110 field name
     * @param value visible ASCII, spaces and tabs
     * @return a copy
     */
    public ImageRequest header(String name, String value) {
        return new ImageRequest(model, prompt, options, extras, delivery.header(name, value));
    }

    /** {@return values by name} */
    public Map<String, String> headers() {
        return delivery.headers();
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
        return new ImageRequest(model, prompt, options, extras, delivery.deadline(deadline));
    }

    /** {@return how long the whole may take: null for as long as the client's limits allow} */
    public @Nullable Duration deadline() {
        return delivery.deadline();
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
        return put(option, option.checked(value));
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
        return put(option, option.checked(option.read(text)));
    }

    /**
     * What an option is set to.
     *
     * @param option any
     * @param <T> the type of its values
     * @return its value; empty if it is not set
     */
    public <T> Optional<T> get(ImageOption<T> option) {
        return Optional.ofNullable(options.get(option)).map(option::cast);
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

    /**
     * Which options are set, so that a gateway can refuse those it does not know.
     *
     * @return the options, in the order in which they were set first
     */
    public Set<ImageOption<?>> options() {
        return options.keySet();
    }

    /**
     * The request as if an option had never been set.
     *
     * @param option the option to leave out
     * @return a copy
     */
    public ImageRequest without(ImageOption<?> option) {
        var rest = new LinkedHashMap<>(options);
        rest.remove(option);
        return new ImageRequest(model, prompt, Collections.unmodifiableMap(rest), extras, delivery);
    }

    private ImageRequest put(ImageOption<?> option, Object value) {
        var all = new LinkedHashMap<>(options);
        all.put(option, Objects.requireNonNull(Ordered.deepCopyOf(value)));
        return new ImageRequest(model, prompt, Collections.unmodifiableMap(all), extras, delivery);
    }

    private OptionalInt number(ImageOption<Integer> option) {
        var number = get(option);
        return number.isPresent() ? OptionalInt.of(number.get()) : OptionalInt.empty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ImageRequest that
                && model.equals(that.model)
                && prompt.equals(that.prompt)
                && options.equals(that.options)
                && extras.equals(that.extras)
                && delivery.equals(that.delivery);
    }

    @Override
    public int hashCode() {
        return Objects.hash(model, prompt, options, extras, delivery);
    }

    /** Names the model and the options set, but neither the prompt nor any value. */
    @Override
    public String toString() {
        return "ImageRequest[model=" + model + ", prompt of " + prompt.length() + " chars, options=" + options.keySet()
                + ", extras=" + extras.keySet() + "]";
    }
}
