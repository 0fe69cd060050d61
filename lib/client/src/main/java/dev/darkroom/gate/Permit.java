package dev.darkroom.gate;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The right to send one attempt. Its holder says what becomes of it, from any thread: perhaps that it was accepted, or that
 * its answer looks like a refusal, as soon as that is known, and then how it ended, if not well. A second ending is ignored.
 * Closing the ticket ends its permit; one of which nothing was said is abandoned.
 */
public interface Permit {

    /** The server took the request: its answer has begun. It may still be refused, in the answer. */
    void accepted();

    /**
     * The head of an answer looks like a refusal, and its body is being read. Until the permit ends, nobody else is sent; what
     * the body says is said by ending the permit, and a hold alone teaches the gate nothing.
     *
     * <p>A gate which does nothing here goes on sending until the body is read.
     *
     * @param atMost after which the hold is over, whatever became of the permit
     */
    default void held(Duration atMost) {}

    /**
     * The server refused the request because the quota is used up. Closes the gate for all, or, where refusals have proved not
     * to depend on what is sent, makes only this request wait.
     *
     * @param until when the server said to come back; null, or an instant which is past, counts as not said, and the gate
     *     closes for a while of its own choice. However far away it is, it is what those hear who ask meanwhile. The gate of
     *     the memory lets a first request find out after 31 days: longer than any quota lasts, so that one absurd hint does
     *     not close a quota for good
     */
    void refused(@Nullable Instant until);

    /** The server answered something else, which says nothing of the quota. */
    void answeredOtherwise();

    /** Nobody will know what became of it, or it was never sent. */
    void abandoned();
}
