package dev.darkroom.spring.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * What stands between the events of a stream. Where somebody asks for none of them in particular, the first is meant, as with any other
 * {@code Flux} that Spring writes.
 *
 * <p>An {@code EventSource} asks again when its stream ends, and that would be another picture, paid for once more. So the stream begins by
 * telling it to wait for twenty days, and with an id, which it would send along: {@link EventResponses} then says that there is nothing more.
 */
enum EventForm {
    JSON(MediaType.APPLICATION_JSON_VALUE, "[", "", "", "\n", "]"),
    SSE(MediaType.TEXT_EVENT_STREAM_VALUE, ":\nid:0\nretry:1728000000\n\n", "event:%s\ndata:", "\n\n", ":\n\n", ""),
    /** Blanks before a line are no line of their own, so that whoever reads line by line need not know of them. */
    NDJSON(MediaType.APPLICATION_NDJSON_VALUE, " ", "", "\n", " ", "");

    private final String mediaType;
    private final String head;
    private final String before;
    private final String after;
    private final String beat;
    private final String end;

    EventForm(String mediaType, String head, String before, String after, String beat, String end) {
        this.mediaType = mediaType;
        this.head = head;
        this.before = before;
        this.after = after;
        this.beat = beat;
        this.end = end;
    }

    static List<MediaType> mediaTypes() {
        return List.of(JSON.mediaType(), SSE.mediaType(), NDJSON.mediaType());
    }

    /** The form of a type, parameters aside; null if it is another. */
    static @Nullable EventForm of(@Nullable MediaType type) {
        for (var form : values()) {
            if (form.mediaType().equalsTypeAndSubtype(type)) {
                return form;
            }
        }
        return null;
    }

    MediaType mediaType() {
        return MediaType.parseMediaType(mediaType);
    }

    /** With which the head of the response leaves. */
    String head() {
        return head;
    }

    String before(String type, boolean first) {
        return (this == JSON && !first ? "," : "") + before.formatted(type);
    }

    String after() {
        return after;
    }

    /** What shows that the connection is alive, and means nothing. */
    String beat() {
        return beat;
    }

    /** Empty if there is none. */
    String end() {
        return end;
    }
}
