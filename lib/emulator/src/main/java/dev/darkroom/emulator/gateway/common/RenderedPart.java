package dev.darkroom.emulator.gateway.common;

import dev.darkroom.emulator.fault.Fault;

/** What is rendered for a job, part by part. */
public sealed interface RenderedPart {

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
    record Preview(int image, int number, byte[] file) implements RenderedPart {}

    /**
     * Some of an image's markup, or of the reasoning before it.
     *
     * @param image which image
     * @param phase what kind of text
     * @param text the text
     */
    record Text(int image, String phase, String text) implements RenderedPart {}

    /**
     * A finished image.
     *
     * @param image which image
     * @param picture the picture
     * @param file its file, empty if the job is not delivered in files
     */
    @SuppressWarnings("ArrayRecordComponent") // megabytes, made for one reader
    record Finished(int image, LazyPicture picture, byte[] file) implements RenderedPart {}

    /**
     * An image which is not coming.
     *
     * @param image which image
     * @param why {@link Fault#IMAGE_FAILED}, or {@link Fault#IMAGES_STOPPED} if no later one is coming either
     */
    record Failed(int image, Fault why) implements RenderedPart {

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
