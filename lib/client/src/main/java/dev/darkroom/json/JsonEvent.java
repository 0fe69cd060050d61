package dev.darkroom.json;

import dev.darkroom.gate.Throttled;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of a stream: an {@link ImageEvent}, the failure that ends it, a wait on the way, or, when read, something newer than
 * this version. {@link JsonEvents#write()} makes them of a generation, and {@link JsonEvents#read()} a generation of them.
 *
 * <p>Immutable. Written alone ({@link #of(ImageEvent)}) it has all there is to know; written in a stream it refers to the pictures
 * that were sent before it.
 */
public final class JsonEvent {

    private final String type;
    private final Object content;
    private final Sent sent;
    private final @Nullable ImageForm form;

    JsonEvent(String type, Object content, Sent sent, @Nullable ImageForm form) {
        this.type = type;
        this.content = content;
        this.sent = sent;
        this.form = form;
    }

    /**
     * An event by itself.
     *
     * @param event any event
     * @return written with all of its pictures
     */
    public static JsonEvent of(ImageEvent event) {
        return of(event, Sent.NOTHING, null);
    }

    static JsonEvent of(ImageEvent event, Sent sent, @Nullable ImageForm form) {
        return new JsonEvent(EventType.of(event).word(), event, sent, form);
    }

    /**
     * A failure by itself, which is the last event of its stream.
     *
     * @param failure how a generation ended
     * @return written with all of its pictures
     */
    public static JsonEvent failed(ImageException failure) {
        return failed(failure, Sent.NOTHING, null);
    }

    static JsonEvent failed(ImageException failure, Sent sent, @Nullable ImageForm form) {
        return new JsonEvent(EventType.FAILED.word(), failure, sent, form);
    }

    /**
     * A wait for the gateway, which a page may want to show. Never part of a generation: whoever reads one passes it over.
     *
     * @param throttled what a client told its listener; its host and its credential are not written
     * @return the event
     */
    public static JsonEvent throttled(Throttled throttled) {
        return new JsonEvent(EventType.THROTTLED.word(), throttled, Sent.NOTHING, null);
    }

    static JsonEvent unknown(String type, Map<String, @Nullable Object> members) {
        return new JsonEvent(type, Collections.unmodifiableMap(new LinkedHashMap<>(members)), Sent.NOTHING, null);
    }

    /**
     * The word for what it is, also the name of a Server-Sent Event that carries it.
     *
     * @return {@code partial}, {@code text_chunk}, {@code image_ready}, {@code image_failed}, {@code completed}, {@code failed},
     *     {@code throttled}, or, when read, a word which this version does not know
     */
    public String type() {
        return type;
    }

    /**
     * Whether its stream ends with it.
     *
     * @return true for {@code completed} and {@code failed}
     */
    public boolean isLast() {
        return content instanceof ImageEvent.Completed || content instanceof ImageException;
    }

    /**
     * The event of a generation. Pictures that were sent before it in its stream are not in one that was read;
     * {@link JsonEvents#read()} puts them back.
     *
     * @return empty if it is something else
     */
    public Optional<ImageEvent> event() {
        return as(ImageEvent.class);
    }

    /**
     * The failure that ends a stream.
     *
     * @return empty if it is something else
     */
    public Optional<ImageException> failure() {
        return as(ImageException.class);
    }

    /**
     * The wait.
     *
     * @return empty if it is something else
     */
    public Optional<Throttled> throttled() {
        return as(Throttled.class);
    }

    /**
     * What an event of an unknown type holds: numbers, strings, booleans, lists and maps by their names.
     *
     * @return empty for the types that are known
     */
    @SuppressWarnings("unchecked") // only such maps are put in
    public Map<String, @Nullable Object> members() {
        return content instanceof Map<?, ?> members ? (Map<String, @Nullable Object>) members : Map.of();
    }

    private <T> Optional<T> as(Class<T> kind) {
        return kind.isInstance(content) ? Optional.of(kind.cast(content)) : Optional.empty();
    }

    /** Which pictures came before it. */
    Sent sent() {
        return sent;
    }

    /** The form of pictures in its stream; null if that of the module. */
    @Nullable
    ImageForm form() {
        return form;
    }

    /** Neither pictures nor what a gateway says. */
    @Override
    public String toString() {
        return "JsonEvent[" + type + "]";
    }
}
