package dev.darkroom.image;

import dev.darkroom.internal.json.Ordered;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All there is to know of one request at its end. Immutable and thread-safe; equal when all of it is. Gateways add to what they
 * say of a result: what has no method here yet is in {@link #fields()}.
 */
public final class ImageResult {

    private final List<GeneratedImage> images;
    private final List<ImageFailure> failures;
    private final @Nullable Usage usage;
    private final @Nullable Usage svgUsage;
    private final @Nullable Instant created;
    private final @Nullable String generationId;
    private final @Nullable String provider;
    private final List<String> warnings;
    private final @Nullable String text;
    private final Map<String, Object> fields;

    /**
     * A result without {@link #svgUsage()} and {@link #fields()}; copies the lists.
     *
     * @param images the final images, in the order of their index; empty only if every image failed
     * @param failures the images which did not come, in the order of their index
     * @param usage what was used and what it cost, where the gateway says
     * @param created when the gateway says it was made; null if it does not say (some send 0)
     * @param generationId the gateway's handle for this generation, for its support and its logs; null if it gave none
     * @param provider who rendered, where a router says; null otherwise
     * @param warnings what was done otherwise than asked for, each a sentence: an option that was left out
     *     because the gateway does not take it
     */
    public ImageResult(
            List<GeneratedImage> images,
            List<ImageFailure> failures,
            @Nullable Usage usage,
            @Nullable Instant created,
            @Nullable String generationId,
            @Nullable String provider,
            List<String> warnings) {
        this(
                List.copyOf(images),
                List.copyOf(failures),
                usage,
                null,
                created,
                generationId,
                provider,
                List.copyOf(warnings),
                null,
                Map.of());
    }

    private ImageResult(
            List<GeneratedImage> images,
            List<ImageFailure> failures,
            @Nullable Usage usage,
            @Nullable Usage svgUsage,
            @Nullable Instant created,
            @Nullable String generationId,
            @Nullable String provider,
            List<String> warnings,
            @Nullable String text,
            Map<String, Object> fields) {
        this.images = images;
        this.failures = failures;
        this.usage = usage;
        this.svgUsage = svgUsage;
        this.created = created;
        this.generationId = generationId;
        this.provider = provider;
        this.warnings = warnings;
        this.text = text;
        this.fields = fields;
    }

    /**
     * A result of images alone; for fakes and tests.
     *
     * @param images the final images
     * @return the result
     */
    public static ImageResult of(List<GeneratedImage> images) {
        return new ImageResult(images, List.of(), null, null, null, null, List.of());
    }

    /**
     * What was made.
     *
     * @return the final images, in the order of their index; empty only if every image failed
     */
    public List<GeneratedImage> images() {
        return images;
    }

    /**
     * What was not.
     *
     * @return the images which did not come, in the order of their index
     */
    public List<ImageFailure> failures() {
        return failures;
    }

    /**
     * What was used and what it cost.
     *
     * @return as far as the gateway says; null if it does not
     */
    public @Nullable Usage usage() {
        return usage;
    }

    /**
     * What a model that wrote an SVG used; billed beside {@link #usage()}, and no part of it.
     *
     * @return the gateway's {@code svg_usage}, in tokens; null if it sent none
     */
    public @Nullable Usage svgUsage() {
        return svgUsage;
    }

    /**
     * When it was made.
     *
     * @return by the gateway's clock; null if it does not say (some send 0)
     */
    public @Nullable Instant created() {
        return created;
    }

    /**
     * The gateway's handle for this generation, for its support and its logs.
     *
     * @return null if it gave none
     */
    public @Nullable String generationId() {
        return generationId;
    }

    /**
     * Who rendered, where a router says.
     *
     * @return null otherwise
     */
    public @Nullable String provider() {
        return provider;
    }

    /**
     * What was done otherwise than asked for.
     *
     * @return each a sentence: an option that was left out because the gateway does not take it
     */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * What a model that answers in words and pictures said in words; in a stream, the {@link ImageEvent.TextChunk}s of phase
     * {@link ImageEvent.TextChunk#MESSAGE}, joined.
     *
     * @return the text without its pictures; null if it said nothing
     */
    public @Nullable String text() {
        return text;
    }

    /**
     * What else the gateway said of the whole, by its own names: {@code size}, {@code quality}, {@code background},
     * {@code safety_identifier}, and whatever it adds tomorrow. Of a stream, what its last event said.
     *
     * @return numbers, texts, booleans, lists and maps of them; without what has a method here, without nulls, and empty where it
     *     is more than a hundred names or 16,000 characters
     */
    public Map<String, Object> fields() {
        return fields;
    }

    /**
     * The result with further warnings.
     *
     * @param more sentences, behind those it has
     * @return a copy
     */
    public ImageResult withWarnings(List<String> more) {
        var all = Stream.concat(warnings.stream(), more.stream()).toList();
        return new ImageResult(images, failures, usage, svgUsage, created, generationId, provider, all, text, fields);
    }

    /**
     * The same result with other images.
     *
     * @param images instead of the final images
     * @return a copy
     */
    public ImageResult withImages(List<GeneratedImage> images) {
        return new ImageResult(
                List.copyOf(images),
                failures,
                usage,
                svgUsage,
                created,
                generationId,
                provider,
                warnings,
                text,
                fields);
    }

    /**
     * The same result with what a model used that wrote an SVG.
     *
     * @param svgUsage in tokens; null for none
     * @return a copy
     */
    public ImageResult withSvgUsage(@Nullable Usage svgUsage) {
        return new ImageResult(
                images, failures, usage, svgUsage, created, generationId, provider, warnings, text, fields);
    }

    /**
     * The same result with what else the gateway said.
     *
     * @param fields by the gateway's names, instead of those there are
     * @return a copy
     */
    public ImageResult withFields(Map<String, Object> fields) {
        return new ImageResult(
                images,
                failures,
                usage,
                svgUsage,
                created,
                generationId,
                provider,
                warnings,
                text,
                Ordered.copyOf(fields));
    }

    /**
     * The first final image.
     *
     * @return the image with the lowest index
     * @throws NoSuchElementException if every image failed; {@link #failures()} says why
     */
    public GeneratedImage first() {
        if (images.isEmpty()) {
            throw new NoSuchElementException("no image was made; " + failures.size() + " failed: " + failures);
        }
        return images.get(0);
    }

    /**
     * The same result with what was said in words.
     *
     * @param text null for nothing
     * @return a copy
     */
    public ImageResult withText(@Nullable String text) {
        return new ImageResult(
                images, failures, usage, svgUsage, created, generationId, provider, warnings, text, fields);
    }

    private List<@Nullable Object> parts() {
        return Arrays.asList(
                images, failures, usage, svgUsage, created, generationId, provider, warnings, text, fields);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ImageResult that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    /** Of what the gateway said in its own words the names alone: a prompt may be among it. */
    @Override
    public String toString() {
        return "ImageResult[images=" + images + ", failures=" + failures + ", usage=" + usage + ", svgUsage=" + svgUsage
                + ", created=" + created + ", generationId=" + generationId + ", provider=" + provider + ", warnings="
                + warnings + ", text=" + (text == null ? "none" : text.length() + " chars") + ", fields="
                + fields.keySet() + "]";
    }
}
