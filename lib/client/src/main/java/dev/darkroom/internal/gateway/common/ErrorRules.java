package dev.darkroom.internal.gateway.common;

import dev.darkroom.image.Billed;
import dev.darkroom.image.ImageException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one gateway words its failures, as far as {@link Failures} does not know by itself. Stateless and thread-safe. A gateway
 * that says nothing special has nothing to write here.
 */
public interface ErrorRules {

    /**
     * Whether an error is the gateway's own, and not that of something which stands before it: only the gateway can know what
     * became of a request.
     *
     * @return true if it has the shape in which the gateway writes its errors
     */
    default boolean isOwn(ErrorBody error) {
        return error.isWrapped();
    }

    /** Whether what is begun is finished and billed, whoever waits: then nothing but its own words is a refusal. */
    default boolean finishesWhatItBegan() {
        return false;
    }

    /** What the gateway counts costs in; null if nobody knows. */
    default @Nullable String costUnit() {
        return null;
    }

    /** The status that an error inside a 200 stands for, where it says none; 0 if its words do not tell either. */
    default int status(List<String> words) {
        return FailureWords.status(words);
    }

    /** Who told it, where the body knows better than the head. */
    default Origin origin(Origin head, ErrorBody error) {
        return head;
    }

    /** The gateway's sentence, where there is more to it. */
    default @Nullable String message(ErrorBody error) {
        return error.message();
    }

    /**
     * What the gateway's words mean, whatever the status.
     *
     * @return null if it is for the status to say
     */
    default @Nullable ImageException meaning(Failure failure) {
        return null;
    }

    /** The last word on an answer without success: what its head adds to the meaning. */
    default ImageException revised(Failure failure, ImageException meaning) {
        return meaning;
    }

    /**
     * Whether a generation that failed inside a 200 costs anything.
     *
     * @param begun whether anything was said of an image before
     * @param made how many images were finished
     */
    default Billed billed(boolean begun, int made) {
        return made > 0 ? Billed.YES : Billed.UNKNOWN;
    }
}
