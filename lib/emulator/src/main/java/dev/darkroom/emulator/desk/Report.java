package dev.darkroom.emulator.desk;

import dev.darkroom.emulator.server.Frame.Event;
import dev.darkroom.emulator.server.Reply;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** How a dialect tells what came of a job. */
public interface Report {

    /**
     * All of it.
     *
     * @param shots the images in the order in which they were finished, and those which are not coming
     * @param created Unix seconds
     * @return the document
     */
    ObjectNode document(List<Shot> shots, long created);

    /**
     * The answer if images were asked for and none was made.
     *
     * @param why what happened to them
     * @return an error
     */
    Reply nothing(Shot.Missing why);

    /** How a dialect tells it image by image. */
    interface Series extends Report {

        /**
         * One image, or that it is not coming.
         *
         * @param shot the image
         * @param created Unix seconds
         * @return the event
         */
        Event event(Shot shot, long created);

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
        Ending ending();
    }
}
