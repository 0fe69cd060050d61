package dev.darkroom.livepreview;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.darkroom.image.ImageRequest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * All that a page need know of one generation, pictures left out: a few hundred bytes. Every notice stands for itself, so
 * that a later one of the same generation makes an earlier one superfluous, and a slow browser misses nothing by never
 * seeing it.
 *
 * @param id which generation of its page
 * @param asked what was asked for; only in the first notice of a generation on each connection
 * @param state how far it is
 * @param elapsed milliseconds since it was asked for, until its end
 * @param retryIn milliseconds until the next try, while it waits for a rate limit
 * @param refusals how often it was refused for now
 * @param images what can be seen of it, by index; images of which nothing can be seen yet are left out
 * @param failures images which are not coming
 * @param markup characters of markup so far, where an image is written as text
 * @param cost in US dollars, once it is known; null too where the gateway counts in something else
 * @param estimate what it is expected to cost at least, while that is not known
 * @param warnings what was done otherwise than asked for
 * @param problem why it failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Notice(
        int id,
        @Nullable Asked asked,
        State state,
        long elapsed,
        @Nullable Long retryIn,
        int refusals,
        List<Image> images,
        List<Missing> failures,
        @Nullable Long markup,
        @Nullable BigDecimal cost,
        @Nullable BigDecimal estimate,
        List<String> warnings,
        @Nullable Problem problem) {

    /** How far a generation is. */
    enum State {
        /** Asked for; nothing has come yet. */
        WAITING,
        /** Refused for now; it is tried again by itself. */
        THROTTLED,
        /** Something has come. */
        DEVELOPING,
        /** Every image is here, or known not to come. */
        DONE,
        /** It failed; what had come by then stays. */
        FAILED,
        /** Cancelled, by hand or because the browser went away. */
        CANCELLED;

        boolean isOver() {
            return this == DONE || this == FAILED || this == CANCELLED;
        }

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What was asked for, as far as a page shows it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Asked(
            String prompt,
            String model,
            int images,
            @Nullable String aspectRatio,
            int references) {

        static Asked of(ImageRequest request) {
            var ratio = request.aspectRatio();
            return new Asked(
                    request.prompt(),
                    request.model(),
                    request.n().orElse(1),
                    ratio == null ? null : ratio.value(),
                    request.references().size());
        }
    }

    /**
     * An image which is not coming, or not to be seen here.
     *
     * @param index which image
     * @param words what became of it
     */
    record Missing(int index, String words) {}

    /**
     * What can be seen of one image.
     *
     * @param index which image
     * @param version which picture of it; part of the picture's URL
     * @param last whether it is the final one
     * @param bytes its size
     * @param mediaType what it is encoded as
     */
    record Image(int index, int version, boolean last, long bytes, String mediaType) {

        static Image of(int index, Picture picture) {
            return new Image(index, picture.version(), picture.last(), picture.bytes(), picture.mediaType());
        }
    }
}
