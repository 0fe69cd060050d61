package dev.darkroom.gate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The right to send one attempt. Its holder says what became of it, from any thread; the first outcome counts, later ones
 * are ignored. A turn whose ticket is closed without an outcome is abandoned.
 */
public interface Turn {

    /** The server took the request: a stream has begun, or the answer is here. */
    void accepted();

    /**
     * The server refused the request because the quota is used up. Closes the gate for all.
     *
     * @param until when the server said to come back; null, or an instant which is past or more than a day ahead, counts as
     *     not said, and the gate closes for a while of its own choice
     */
    void refused(@Nullable Instant until);

    /** The server answered something else, which says nothing of the quota. */
    void answeredOtherwise();

    /** Nobody will know what became of it, or it was never sent. */
    void abandoned();
}
