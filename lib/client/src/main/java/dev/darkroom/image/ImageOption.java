package dev.darkroom.image;

import dev.darkroom.internal.json.JsonText;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something a request can say beside its model and prompt: a name, a type, and how a value is read from text and written as
 * text, so that command lines, properties and prompt files can carry it. Those below have withers of their own; what one gateway
 * alone knows is a constant of its class in {@code dev.darkroom.gateway}, and a dialect of somebody else's adds more with the
 * factories here:
 *
 * <pre>{@code
 * static final ImageOption<Integer> STAMP = ImageOption.integer("postcard.stamp", "The value of the stamp, in cents.");
 * …
 * request.with(STAMP, 85)
 * }</pre>
 *
 * <p>A gateway either takes an option or refuses the request before it is sent; none is dropped silently. The only exception is
 * {@link #STREAM}, a wish which any gateway may answer with the end alone.
 *
 * <p>Two are equal if their names and their types are: a constant that is loaded twice, or that several gateways share, is one
 * option, and {@link ImageRequest#get(ImageOption)} never meets a value of another type. Prefix the name of an option of your own
 * with that of its gateway. Immutable and thread-safe.
 *
 * @param <T> the type of its values; immutable, with an {@code equals} of its own
 */
public final class ImageOption<T> {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_.-]{0,63}");

    private static final Function<Object, String> TEXT = Object::toString;

    /** How many images, 1 or more; most gateways take at most 10. */
    public static final ImageOption<Integer> N = integer("n", "How many images; most gateways take at most 10.");

    /** Pixels or a tier. */
    public static final ImageOption<Size> SIZE =
            shown("size", Size.class, Size::of, "Pixels or a tier: 1536x1024, 2K.");

    /** Width to height. */
    public static final ImageOption<AspectRatio> ASPECT_RATIO =
            shown("aspect_ratio", AspectRatio.class, AspectRatio::of, "Width to height: 1:1, 16:9, 2:3, …");

    /** A tier. */
    public static final ImageOption<Resolution> RESOLUTION =
            shown("resolution", Resolution.class, Resolution::of, "How large, as a tier: 512, 1K, 2K, 4K.");

    /** Effort. */
    public static final ImageOption<Quality> QUALITY =
            shown("quality", Quality.class, Quality::of, "How much effort: auto, low, medium, high, …");

    /** Encoding. */
    public static final ImageOption<OutputFormat> OUTPUT_FORMAT = shown(
            "output_format",
            OutputFormat.class,
            OutputFormat::of,
            "How to encode the image: png, jpeg, webp, gif, svg, …");

    /** The encoder's compression, 0 to 100. */
    public static final ImageOption<Integer> OUTPUT_COMPRESSION =
            integer("output_compression", "How strongly to compress a JPEG or WebP, 0 to 100.");

    /** Transparent or not. */
    public static final ImageOption<Background> BACKGROUND = shown(
            "background", Background.class, Background::of, "What is behind the subject: auto, transparent, opaque.");

    /** For the same picture again. */
    public static final ImageOption<Long> SEED = shown(
            "seed",
            Long.class,
            text -> OptionText.number(text, Long::valueOf),
            "Any whole number; the same picture again, where a model can.");

    /** Images sent along, in the order in which the prompt speaks of them; never left out. */
    public static final ImageOption<List<ImageReference>> REFERENCES = listOf(
            "references",
            ReferenceText::read,
            ReferenceText::write,
            "Images to send along, one a line: a file, a URL, asset://ID, or data:image/….");

    /** Which part of the first reference may change; never left out. */
    public static final ImageOption<ImageReference> MASK =
            image("mask", "An image, transparent where the first reference may change.");

    /** Previews wanted. */
    public static final ImageOption<Boolean> STREAM = flag("stream", "Whether previews are wanted.");

    /** How many previews of each image. */
    public static final ImageOption<Integer> PARTIAL_IMAGES =
            integer("partial_images", "How many previews of each image, 0 to 3; each is billed.");

    /** The end user, for abuse reports. */
    public static final ImageOption<String> USER =
            text("user", "Who the end user is, for abuse reports; a hash, no name.");

    private static final List<ImageOption<?>> COMMON = List.of(
            N,
            SIZE,
            ASPECT_RATIO,
            RESOLUTION,
            QUALITY,
            OUTPUT_FORMAT,
            OUTPUT_COMPRESSION,
            BACKGROUND,
            SEED,
            REFERENCES,
            MASK,
            STREAM,
            PARTIAL_IMAGES,
            USER);

    private final String name;
    private final Class<?> type;
    private final Function<String, ? extends T> reader;
    private final Function<? super T, String> writer;
    private final String description;
    private final List<String> words;

    private ImageOption(
            String name,
            Class<?> type,
            Function<String, ? extends T> reader,
            Function<? super T, String> writer,
            String description,
            List<String> words) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("the name of an option is " + NAME + ", not '" + name + "'");
        }
        this.name = name;
        this.type = Objects.requireNonNull(type, "type");
        this.reader = Objects.requireNonNull(reader, "reader");
        this.writer = Objects.requireNonNull(writer, "writer");
        this.description = Objects.requireNonNull(description, "description");
        this.words = List.copyOf(words);
    }

    /**
     * The options that have withers of their own on {@link ImageRequest}, and mean the same everywhere.
     *
     * @return them, in the order of the withers
     */
    public static List<ImageOption<?>> common() {
        return COMMON;
    }

    /**
     * An option of any type.
     *
     * @param name lower-case letters, digits, {@code . _ -}; at most 64, beginning with a letter
     * @param type of its values
     * @param reader from text; an {@link IllegalArgumentException} says what would be right
     * @param writer to text which the reader reads as an equal value; refuses with {@link IllegalArgumentException} what has none
     * @param description for people, one sentence
     * @param <T> the type of its values
     * @return the option
     * @throws IllegalArgumentException if the name cannot be one
     */
    public static <T> ImageOption<T> of(
            String name, Class<T> type, Function<String, T> reader, Function<T, String> writer, String description) {
        return new ImageOption<>(name, type, reader, writer, description, List.of());
    }

    /**
     * An option that is any text.
     *
     * @param name as in {@link #of(String, Class, Function, Function, String)}
     * @param description for people, one sentence
     * @return the option
     */
    public static ImageOption<String> text(String name, String description) {
        return of(name, String.class, Function.identity(), Function.identity(), description);
    }

    /**
     * An option that is one of a few words, and no other: for what an API will not extend.
     *
     * @param name as in {@link #of(String, Class, Function, Function, String)}
     * @param description for people, one sentence
     * @param words all that may be said
     * @return the option
     */
    public static ImageOption<String> oneOf(String name, String description, String... words) {
        var all = List.of(words);
        return new ImageOption<>(
                name, String.class, text -> OptionText.word(text, all), Function.identity(), description, all);
    }

    /**
     * An option that is yes or no, {@code true} or {@code false} in text.
     *
     * @param name as in {@link #of(String, Class, Function, Function, String)}
     * @param description for people, one sentence
     * @return the option
     */
    public static ImageOption<Boolean> flag(String name, String description) {
        var words = List.of("true", "false");
        return new ImageOption<>(
                name, Boolean.class, text -> OptionText.word(text, words).equals("true"), TEXT, description, words);
    }

    /**
     * An option that is a whole number.
     *
     * @param name as in {@link #of(String, Class, Function, Function, String)}
     * @param description for people, one sentence, with its range
     * @return the option
     */
    public static ImageOption<Integer> integer(String name, String description) {
        return shown(name, Integer.class, text -> OptionText.number(text, Integer::valueOf), description);
    }

    /**
     * An option that is a number, perhaps with a fraction.
     *
     * @param name as in {@link #of(String, Class, Function, Function, String)}
     * @param description for people, one sentence, with its range
     * @return the option; its values read from text are finite
     */
    public static ImageOption<Double> decimal(String name, String description) {
        return shown(name, Double.class, OptionText::decimal, description);
    }

    /**
     * An option that is a few words, in text with commas between them.
     *
     * @param name as in {@link #of(String, Class, Function, Function, String)}
     * @param description for people, one sentence
     * @return the option
     */
    public static ImageOption<List<String>> texts(String name, String description) {
        return listOf(name, OptionText::words, words -> String.join(",", words), description);
    }

    /**
     * An option that is an image sent along, in text a file, a URL, {@code asset://} and an id, or a {@code data:} URL. Like
     * {@link #REFERENCES} and {@link #MASK} it is never left out, because another picture would be painted without it.
     *
     * @param name as in {@link #of(String, Class, Function, Function, String)}
     * @param description for people, one sentence
     * @return the option
     */
    public static ImageOption<ImageReference> image(String name, String description) {
        return of(name, ImageReference.class, ReferenceText::readOne, ReferenceText::writeOne, description);
    }

    /**
     * An option that is a JSON object.
     *
     * @param name as in {@link #of(String, Class, Function, Function, String)}
     * @param description for people, one sentence
     * @return the option; values hold texts, numbers, booleans, nulls, lists and maps of them by text
     */
    public static ImageOption<Map<String, ?>> json(String name, String description) {
        return new ImageOption<>(name, Map.class, JsonText::read, JsonText::write, description, List.of());
    }

    private static <T> ImageOption<T> shown(
            String name, Class<T> type, Function<String, T> reader, String description) {
        return new ImageOption<>(name, type, reader, TEXT, description, List.of());
    }

    private static <E> ImageOption<List<E>> listOf(
            String name, Function<String, List<E>> reader, Function<List<E>, String> writer, String description) {
        return new ImageOption<>(name, List.class, reader, writer, description, List.of());
    }

    /**
     * What messages, properties and command lines call it.
     *
     * @return its name, {@code output_format}
     */
    public String name() {
        return name;
    }

    /**
     * What its values are.
     *
     * @return the class, of lists and maps without that of their elements
     */
    public Class<?> type() {
        return type;
    }

    /**
     * What it is for.
     *
     * @return one sentence, for people
     */
    public String description() {
        return description;
    }

    /**
     * All that may be said, where that is closed.
     *
     * @return the words; empty if the gateway decides
     */
    public List<String> words() {
        return words;
    }

    /**
     * Reads a value.
     *
     * @param text as {@link #write(Object)} gives it
     * @return the value
     * @throws IllegalArgumentException if it is none; the message names the option
     */
    public T read(String text) {
        try {
            return Objects.requireNonNull(reader.apply(text), "it has no value");
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    /**
     * Writes a value.
     *
     * @param value of a request
     * @return text which {@link #read(String)} reads as an equal value
     * @throws IllegalArgumentException if it has none, as a reference that is bytes in memory
     */
    public String write(T value) {
        return writer.apply(value);
    }

    /** What a request keeps of a value that is said to be one of this option's. */
    Object checked(@Nullable Object value) {
        return type.cast(Objects.requireNonNull(value, name));
    }

    /** The value which a request keeps, as what it was when it was given. */
    @SuppressWarnings("unchecked") // checked(..) let it in
    T cast(Object value) {
        return (T) type.cast(value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ImageOption<?> that && name.equals(that.name) && type == that.type;
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** {@return its name} */
    @Override
    public String toString() {
        return name;
    }
}
