package dev.darkroom.emulator.gateway.common;

import dev.darkroom.emulator.server.Reply;
import dev.darkroom.emulator.server.SseFrame.Event;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** How a gateway writes the outcome of a job. */
public interface ReplyFormat {

    /**
     * All of it.
     *
     * @param parts the images in the order in which they were finished, and those which are not coming
     * @param created Unix seconds
     * @return the document
     */
    ObjectNode document(List<RenderedPart> parts, long created);

    /**
     * The answer if images were asked for and none was made.
     *
     * @param why what happened to them
     * @return an error
     */
    Reply noImages(RenderedPart.Failed why);

    /** How a gateway writes it image by image. */
    interface Streaming extends ReplyFormat {

        /**
         * One image, or that it is not coming.
         *
         * @param part the image
         * @param created Unix seconds
         * @return the event
         */
        Event event(RenderedPart part, long created);

        /**
         * What comes after the last image.
         *
         * @param made how many there were
         * @param created Unix seconds
         * @return the event
         */
        Event summary(int made, long created);

        /**
         * How the stream ends.
         *
         * @return the ending
         */
        StreamEnding ending();
    }
}
