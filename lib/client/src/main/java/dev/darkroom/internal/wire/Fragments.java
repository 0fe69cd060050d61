package dev.darkroom.internal.wire;

import org.jspecify.annotations.Nullable;

/** What a framing hands on: the text of one payload after another, in fragments cut anywhere. */
interface Fragments {

    /**
     * The fast lane: takes the base64 characters which stand here if an image is passing, and nothing otherwise. None of
     * them can end a line, so a framing need not look at them: most bytes of a response are looked at only once.
     *
     * @return where the first byte stands that was not taken
     */
    int image(byte[] bytes, int from, int to);

    /** The next bytes of the payload's text. */
    void text(byte[] bytes, int from, int to);

    /** The next bytes of a text which is a document, and ends with its first value. */
    default void document(byte[] bytes, int from, int to) {
        text(bytes, from, to);
    }

    /** The text so far was the data of an event; the next fragment belongs to another. */
    void completeEvent(@Nullable String type);

    /** The text so far is the data of an event that was not closed, in a body which is known to be all there. */
    default void completePending(@Nullable String type) {
        completeEvent(type);
    }

    /** The text so far was a document, and the only one. */
    void completeDocument();
}
