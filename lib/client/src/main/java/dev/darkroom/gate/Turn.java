package dev.darkroom.gate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The right to send one attempt. Its holder says what becomes of it, from any thread: perhaps that it was accepted, as soon
 * as that is known, and then how it ended, if not well. A second ending is ignored. Closing the ticket ends its turn; one of
 * which nothing was said is abandoned.
 */
public interface Turn {

    /** The server took the request: its answer has begun. It may still be refused, in the answer. */
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
