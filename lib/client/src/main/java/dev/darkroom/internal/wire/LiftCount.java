package dev.darkroom.internal.wire;

/** How many images were lifted out of one response, as far as they are told apart. Used by the thread that reads it. */
final class LiftCount {

    private int images;

    /** One more, or the end of the response. */
    void add(int most) {
        images++;
        if (images > most) {
            throw WireException.LimitExceeded.images(most);
        }
    }

    /** What was lifted turned out to be a piece of an image that counts already. */
    void giveBack() {
        images--;
    }
}
