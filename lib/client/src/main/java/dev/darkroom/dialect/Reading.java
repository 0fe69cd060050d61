package dev.darkroom.dialect;

import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.PartialResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads one answer: payloads in, events out. Belongs to one attempt and is used by one thread at a time.
 *
 * <p>It ends in one of three ways: {@link #isComplete()} after an event which is a {@link ImageEvent.Completed}, an
 * {@link ImageException} from {@link #read(Payload)}, or an {@link ImageException} from {@link #end()}. Where the gateway has
 * named something by which the rest can be asked for, a {@link #handle()}, an unknown outcome is not the end: the client asks.
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
     * Asked when the answer has ended, however it did, and is not complete: what there is to tell if its last word had come, and
     * only something that may stand behind it, usage perhaps, was waited for. Then its last is a {@link ImageEvent.Completed}.
     *
     * @return nothing, unless overridden
     */
    default List<ImageEvent> ended() {
        return List.of();
    }

    /**
     * The answer ended and was not complete.
     *
     * @return the failure which that means; with a {@link #handle()} it is told only if asking fails as well
     */
    ImageException end();

    /**
     * What has arrived so far.
     *
     * @return the last preview and the finished images
     */
    PartialResult partialResult();

    /**
     * By what the rest can be asked for, as far as it has been read: the id of a task, of a response that is made in the
     * background, a URL to poll. Once there is one, an answer that ends, breaks off or cannot be read leaves no unknown outcome:
     * the client waits for {@link Handle#pause()}, sends {@link Handle#ask()}, and reads on with what
     * {@link Handle#reading(Reply)} gives, which may name another. The request itself is never sent a second time then.
     *
     * <p>Asked when an answer ends or is cancelled, and not for every payload.
     *
     * @return the handle as it is now; empty, unless overridden, and where the gateway has named none yet
     */
    default Optional<Handle> handle() {
        return Optional.empty();
    }

    /**
     * A second call by which a generation that was begun is followed: it reads on, asks again, or fetches what was made; and a
     * third that ends it. Immutable: what was read before is in it as it was when it was made, whatever its reading reads
     * afterwards, half a payload perhaps.
     *
     * <pre>{@code
     * POST /jobs            {"id":"j1","status":"queued"}       handle: ask GET /jobs/j1, pause 1 s
     * GET  /jobs/j1         {"status":"running"}                handle: the same
     * GET  /jobs/j1         {"status":"done","result":"/r/j1"}  handle: ask GET /r/j1, pause 0
     * GET  /r/j1            {"images":[…]}                      Completed
     * }</pre>
     *
     * <p>Asking costs nothing and passes no gate. An ask that does not get through, or is refused for now, is repeated: by the
     * gateway's hint or after a growing pause, within the request's deadline, {@code timeouts(t -> t.total(..))}, and, as long as
     * there is nothing new, {@code timeouts(t -> t.firstByte(..))}. An {@link dev.darkroom.image.OutcomeUnknownException} is left
     * for when that runs out, when it fails several times on end, or when the gateway refuses to be asked.
     */
    interface Handle {

        /**
         * What the gateway calls it; failures have it as their generation id.
         *
         * @return the id, as it was named
         */
        String id();

        /**
         * Asks. Without a body or with one, the same bytes however often it is sent; its path may be an absolute URL which the
         * gateway named, see {@link Dialect#speaksAt(java.net.URI)}. An id in a path must be checked or encoded: it comes from
         * outside.
         *
         * @return the call
         */
        ApiCall ask();

        /**
         * Begins to read the answer to {@link #ask()}.
         *
         * @param reply the head of an answer with success (2xx)
         * @return what goes on reading: its result holds what had arrived before, too, and it names this handle, or a later one,
         *     for as long as there is something to ask. A preview or a finished image which was told before, by its indices, is
         *     not told again, whatever it returns
         */
        Reading reading(Reply reply);

        /**
         * How long to wait before it is asked, if the answer before it came to an end.
         *
         * @return zero, unless overridden: at once. Asked for the same thing again, the client waits for a quarter of a second at least
         */
        default Duration pause() {
            return Duration.ZERO;
        }

        /**
         * Whether an answer to {@link #ask()} without success (other than 2xx) is the gateway's last word on the generation. Most
         * say no more than that the asking failed.
         *
         * @param reply its head
         * @param body the first bytes of its body; perhaps not JSON, perhaps empty
         * @return the failure of the generation; empty, unless overridden, if only the asking failed
         */
        default Optional<ImageException> verdict(Reply reply, byte[] body) {
            return Optional.empty();
        }

        /**
         * Another way to ask, for when the gateway refuses this one for good (400, 405 and their like): for the whole instead of
         * the rest, perhaps.
         *
         * @return a handle that is asked at once; empty, unless overridden
         */
        default Optional<Handle> otherwise() {
            return Optional.empty();
        }

        /**
         * Tells the gateway that nobody wants it any more. Sent once, when the subscriber cancels or the request's time is over, and
         * nobody waits for its answer.
         *
         * @return the call; empty, unless overridden, if it cannot be told
         */
        default Optional<ApiCall> cancel() {
            return Optional.empty();
        }
    }
}
