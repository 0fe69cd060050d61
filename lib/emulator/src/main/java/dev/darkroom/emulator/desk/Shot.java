package dev.darkroom.emulator.desk;

import dev.darkroom.emulator.fault.Fault;

/** What comes of a job, piece by piece. */
public sealed interface Shot {

    /**
     * Which image this is of.
     *
     * @return its number, from 0
     */
    int image();

    /**
     * A preview.
     *
     * @param image which image
     * @param number which preview of it, from 0
     * @param file the preview
     */
    @SuppressWarnings("ArrayRecordComponent") // megabytes, made for one reader
    record Preview(int image, int number, byte[] file) implements Shot {}

    /**
     * Some of an image's markup, or what was thought about it.
     *
     * @param image which image
     * @param phase what kind of text
     * @param text the text
     */
    record Words(int image, String phase, String text) implements Shot {}

    /**
     * A finished image.
     *
     * @param image which image
     * @param print the picture
     * @param file its file, empty if the job is not delivered in files
     */
    @SuppressWarnings("ArrayRecordComponent") // megabytes, made for one reader
    record Finished(int image, Print print, byte[] file) implements Shot {}

    /**
     * An image which is not coming.
     *
     * @param image which image
     * @param why {@link Fault#IMAGE_FAILED}, or {@link Fault#IMAGES_STOPPED} if no later one is coming either
     */
    record Missing(int image, Fault why) implements Shot {

        /**
         * Whether it was flagged by moderation.
         *
         * @return false if the server failed
         */
        public boolean flagged() {
            return why == Fault.IMAGE_FAILED;
        }
    }
}
