package dev.darkroom.dialect;

import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.PartialResult;
import java.util.List;

/**
 * Reads one answer: payloads in, events out. Belongs to one attempt and is used by one thread at a time.
 *
 * <p>It ends in one of three ways: {@link #isComplete()} after an event which is a {@link ImageEvent.Completed}, an
 * {@link ImageException} from {@link #read(Payload)}, or an {@link ImageException} from {@link #end()}.
 */
public interface Reading {

    /**
     * Reads the next payload.
     *
     * @param payload one JSON text, or the data of an event which is none ({@link Payload#unreadable()}): throw what that says
     *     if the event matters
     * @return the events it means, often none; what is unknown means nothing
     * @throws ImageException if it says that the generation failed, or makes no sense
     */
    List<ImageEvent> read(Payload payload);

    /**
     * Whether the last event was read; nothing after it matters.
     *
     * @return true once a {@link ImageEvent.Completed} was returned
     */
    boolean isComplete();

    /**
     * The answer ended and was not complete.
     *
     * @return the failure which that means
     */
    ImageException end();

    /**
     * What has arrived so far.
     *
     * @return the last preview and the finished images
     */
    PartialResult partialResult();
}
