package dev.darkroom.image;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to generate. Immutable: each wither returns a copy, and a getter has the name of its wither.
 *
 * <pre>{@code
 * ImageRequest.of("openai/gpt-image-1-mini", "a lighthouse at dawn").size(Size.pixels(1024, 1024)).stream(true)
 * }</pre>
 *
 * <p>Withers refuse nothing but null and a deadline that is over: what can be known to be wrong is reported all at once, as a
 * {@link RejectedException}, when the request is subscribed to and before anything is sent.
 */
public final class ImageRequest {

    private final String model;
    private final String prompt;
    private final Map<ImageOption, Object> options;
    private final Map<String, @Nullable Object> extras;
    private final Delivery delivery;

    private ImageRequest(
            String model,
            String prompt,
            Map<ImageOption, Object> options,
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

    /**
     * The model.
     *
     * @return the gateway's id of it
     */
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

    /**
     * The prompt.
     *
     * @return what to paint
     */
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
     * @return 1 or more; most gateways take at most 10; null if not set
     */
    public @Nullable Integer n() {
        return (Integer) options.get(ImageOption.N);
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
        return (Size) options.get(ImageOption.SIZE);
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

    /**
     * Width to height.
     *
     * @return the ratio; null if not set
     */
    public @Nullable AspectRatio aspectRatio() {
        return (AspectRatio) options.get(ImageOption.ASPECT_RATIO);
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

    /**
     * How large, as a tier.
     *
     * @return the tier; null if not set
     */
    public @Nullable Resolution resolution() {
        return (Resolution) options.get(ImageOption.RESOLUTION);
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

    /**
     * How much effort to spend.
     *
     * @return the quality; null if not set
     */
    public @Nullable Quality quality() {
        return (Quality) options.get(ImageOption.QUALITY);
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

    /**
     * How to encode the image.
     *
     * @return the format; null if not set
     */
    public @Nullable OutputFormat outputFormat() {
        return (OutputFormat) options.get(ImageOption.OUTPUT_FORMAT);
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

    /**
     * How strongly to compress a JPEG or WebP.
     *
     * @return 0 to 100; null if not set
     */
    public @Nullable Integer outputCompression() {
        return (Integer) options.get(ImageOption.OUTPUT_COMPRESSION);
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

    /**
     * What is behind the subject; transparent needs PNG or WebP.
     *
     * @return the background; null if not set
     */
    public @Nullable Background background() {
        return (Background) options.get(ImageOption.BACKGROUND);
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

    /**
     * For the same picture again, where the model supports it.
     *
     * @return any number; null if not set
     */
    public @Nullable Long seed() {
        return (Long) options.get(ImageOption.SEED);
    }

    /**
     * Which providers a router may use.
     *
     * @param provider the routing
     * @return a copy
     */
    public ImageRequest provider(ProviderRouting provider) {
        return with(ImageOption.PROVIDER, provider);
    }

    /**
     * Which providers a router may use.
     *
     * @return the routing; null if not set
     */
    public @Nullable ProviderRouting provider() {
        return (ProviderRouting) options.get(ImageOption.PROVIDER);
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
        return (String) options.get(ImageOption.USER);
    }

    /**
     * Which requests belong together in the gateway's logs.
     *
     * @param sessionId at most 256 characters
     * @return a copy
     */
    public ImageRequest sessionId(String sessionId) {
        return with(ImageOption.SESSION_ID, sessionId);
    }

    /**
     * Which requests belong together in the gateway's logs.
     *
     * @return at most 256 characters; null if not set
     */
    public @Nullable String sessionId() {
        return (String) options.get(ImageOption.SESSION_ID);
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

    /**
     * Whether previews are wanted.
     *
     * @return false if not set
     */
    public boolean stream() {
        return Boolean.TRUE.equals(options.get(ImageOption.STREAM));
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

    /**
     * How many previews to send of each image.
     *
     * @return 0 to 3; null if not set
     */
    public @Nullable Integer partialImages() {
        return (Integer) options.get(ImageOption.PARTIAL_IMAGES);
    }

    /**
     * Whether the image comes as bytes or as a URL under which the gateway keeps it for some hours.
     *
     * @param responseFormat the form
     * @return a copy
     */
    public ImageRequest responseFormat(ResponseFormat responseFormat) {
        return with(ImageOption.RESPONSE_FORMAT, responseFormat);
    }

    /**
     * Whether the image comes as bytes or as a URL.
     *
     * @return the form; null if not set
     */
    public @Nullable ResponseFormat responseFormat() {
        return (ResponseFormat) options.get(ImageOption.RESPONSE_FORMAT);
    }

    /**
     * Whether to mark the image visibly as made by a machine. Gateways which know it mark by default.
     *
     * @param watermark false for none
     * @return a copy
     */
    public ImageRequest watermark(boolean watermark) {
        return with(ImageOption.WATERMARK, watermark);
    }

    /**
     * Whether to mark the image visibly as made by a machine.
     *
     * @return null if not set
     */
    public @Nullable Boolean watermark() {
        return (Boolean) options.get(ImageOption.WATERMARK);
    }

    /**
     * Lets the model make a group of images which belong together, as many as the prompt asks for. Those it made are
     * billed.
     *
     * @param most 1 to 15, references counted in
     * @return a copy
     */
    public ImageRequest sequentialImages(int most) {
        return with(ImageOption.SEQUENTIAL_IMAGES, most);
    }

    /**
     * How many images a group may have at most.
     *
     * @return 1 to 15; null if no group is wanted
     */
    public @Nullable Integer sequentialImages() {
        return (Integer) options.get(ImageOption.SEQUENTIAL_IMAGES);
    }

    /**
     * Lets the gateway rewrite the prompt before it paints.
     *
     * @param mode how thoroughly, in the gateway's words: {@code standard}, {@code fast}
     * @return a copy
     */
    public ImageRequest optimizePrompt(String mode) {
        return with(ImageOption.OPTIMIZE_PROMPT, mode);
    }

    /**
     * How thoroughly the gateway may rewrite the prompt.
     *
     * @return the gateway's word; null if not set
     */
    public @Nullable String optimizePrompt() {
        return (String) options.get(ImageOption.OPTIMIZE_PROMPT);
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

    /**
     * Images to send along.
     *
     * @return empty if not set
     */
    @SuppressWarnings("unchecked") // only references(..) puts it there
    public List<ImageReference> references() {
        return (List<ImageReference>) options.getOrDefault(ImageOption.REFERENCES, List.of());
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

    /**
     * Which part of the first reference may change.
     *
     * @return an image, transparent there; null if not set
     */
    public @Nullable ImageReference mask() {
        return (ImageReference) options.get(ImageOption.MASK);
    }

    /**
     * For the router's observability.
     *
     * @param trace JSON values by name; OpenRouter knows {@code trace_id}, {@code trace_name}, {@code span_name},
     *     {@code generation_name} and {@code parent_span_id}, and keeps any other
     * @return a copy
     */
    public ImageRequest trace(Map<String, ?> trace) {
        return with(ImageOption.TRACE, Ordered.deepCopyOf(trace));
    }

    /**
     * For the router's observability.
     *
     * @return empty if not set
     */
    @SuppressWarnings("unchecked") // only trace(..) puts it there
    public Map<String, ?> trace() {
        return (Map<String, ?>) options.getOrDefault(ImageOption.TRACE, Map.of());
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

    /**
     * Fields which this class does not know.
     *
     * @return JSON values by their name on the wire
     */
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

    /**
     * Headers for this request alone.
     *
     * @return values by name
     */
    public Map<String, String> headers() {
        return delivery.headers();
    }

    /**
     * Marks every attempt of this request as the same one, in the {@code Idempotency-Key} header. It helps only where
     * the gateway honours it, which none of those known promises for images.
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
        if (deadline.isZero() || deadline.isNegative()) {
            throw new IllegalArgumentException("deadline must be more than zero, not " + deadline);
        }
        return new ImageRequest(model, prompt, options, extras, delivery.deadline(deadline));
    }

    /**
     * How long the whole may take.
     *
     * @return null for as long as the client's limits allow
     */
    public @Nullable Duration deadline() {
        return delivery.deadline();
    }

    /**
     * Which options are set, so that a gateway can refuse those it does not know.
     *
     * @return the options, in the order of the enumeration
     */
    public Set<ImageOption> options() {
        return options.keySet();
    }

    /**
     * The request as if an option had never been set.
     *
     * @param option the option to leave out
     * @return a copy
     */
    public ImageRequest without(ImageOption option) {
        var rest = new EnumMap<ImageOption, Object>(ImageOption.class);
        rest.putAll(options);
        rest.remove(option);
        return new ImageRequest(model, prompt, Collections.unmodifiableMap(rest), extras, delivery);
    }

    private ImageRequest with(ImageOption option, Object value) {
        var all = new EnumMap<ImageOption, Object>(ImageOption.class);
        all.putAll(options);
        all.put(option, Objects.requireNonNull(value, option.toString()));
        return new ImageRequest(model, prompt, Collections.unmodifiableMap(all), extras, delivery);
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

    /** How it is sent, as opposed to what is asked for. */
    private record Delivery(
            Map<String, String> headers, @Nullable Duration deadline) {

        static final Delivery DEFAULT = new Delivery(Map.of(), null);

        Delivery header(String name, String value) {
            var all = new LinkedHashMap<>(headers);
            all.put(name, value);
            return new Delivery(Collections.unmodifiableMap(all), deadline);
        }

        Delivery deadline(Duration limit) {
            return new Delivery(headers, Objects.requireNonNull(limit, "deadline"));
        }
    }
}
