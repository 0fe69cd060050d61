package dev.darkroom.internal.wire;

import dev.darkroom.settings.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of one response into payloads, as they arrive.
 *
 * <p>Made for one response, and fed by whoever reads it, one call at a time; it remembers no buffer it was given. What a
 * payload costs is its decoded images and a few kilobytes.
 *
 * <p>The hard case is an error behind a payload in the same chunk: that payload was paid for and must not be lost. The
 * call returns what is complete, and the next call throws; from then on, every call does.
 */
public final class PayloadReader {

    /** What is copied at once. Chunks off the wire are seldom larger. */
    private static final int STAGE = 8192;

    /** One for all readers of an event loop: whoever waits for the rest of an answer, as ten thousand may, needs none. */
    private static final FastThreadLocal<byte[]> STAGES = new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
            return new byte[STAGE];
        }
    };

    private final BiFunction<Fragments, Decoding, Framing> framings;
    private final Decoding decoding;
    private final ImageLifter lifter;
    private Framing framing;
    private List<LiftedPayload> complete = List.of();
    private @Nullable WireException failure;
    private long received;
    private boolean ended;

    PayloadReader(BiFunction<Fragments, Decoding, Framing> framings, Decoding decoding) {
        this.framings = framings;
        this.decoding = decoding;
        this.lifter = new ImageLifter(decoding, this::add);
        this.framing = new ByteOrderMark(framings.apply(lifter, decoding));
    }

    /**
     * Reads Server-Sent Events: a payload for each event which has data other than white space.
     *
     * @param limits what the response may cost
     * @return a reader for one response
     */
    public static PayloadReader stream(Limits limits) {
        return of(ServerSentEvents::new, limits);
    }

    /**
     * Reads one JSON document: one payload, at the {@link #end()}.
     *
     * @param limits what the response may cost
     * @return a reader for one response
     */
    public static PayloadReader document(Limits limits) {
        return of((payload, decoding) -> new Document(payload), limits);
    }

    /**
     * Reads what the first bytes say: a stream or a document. The content type is heard where they leave it open; its
     * parameters are ignored: both are UTF-8. The reader is {@link #lenient()}.
     *
     * @param contentType the header's value; null if there was none
     * @param limits what the response may cost
     * @return a reader for one response, which throws {@link WireException.UnsupportedContent} as soon as the first bytes can
     *     be neither
     */
    public static PayloadReader detect(@Nullable String contentType, Limits limits) {
        return of(
                        (payload, decoding) -> new Detection(
                                contentType, new ServerSentEvents(payload, decoding), new Document(payload)),
                        limits)
                .lenient();
    }

    private static PayloadReader of(BiFunction<Fragments, Decoding, Framing> framings, Limits limits) {
        return new PayloadReader(framings, new Decoding(limits));
    }

    /**
     * The same reader at its start, which understands base64 in the URL-safe alphabet too.
     *
     * @return a new reader for one response
     */
    public PayloadReader urlSafe() {
        return new PayloadReader(framings, decoding.alsoUrlSafe());
    }

    /**
     * The same reader at its start, to which what is wrong beside an image is no reason to throw the image away: something
     * behind a document, bytes that are no UTF-8, an escape or a control character in a string that JSON does not have, a
     * missing blank line between two events. Data of an event that is no JSON becomes a payload that says so
     * ({@link LiftedPayload#unreadable()}).
     *
     * @return a new reader for one response
     */
    public PayloadReader lenient() {
        return new PayloadReader(framings, decoding.alsoLenient());
    }

    /**
     * The same reader at its start, for a request that keeps other things as well.
     *
     * @param budget from which is taken what its payloads keep until they are {@linkplain LiftedPayload#letGo() let go}
     * @return a new reader for one response
     */
    public PayloadReader within(HeapBudget budget) {
        return new PayloadReader(framings, decoding.within(budget));
    }

    /**
     * Reads the next bytes of the response.
     *
     * @param chunk all readable bytes of it are read; it is neither retained nor released
     * @return the payloads which these bytes completed, in order; mostly none
     * @throws WireException if the bytes before, or these before they completed a payload, cannot be read
     */
    public List<LiftedPayload> feed(ByteBuf chunk) {
        begin();
        try {
            if (chunk.hasArray()) {
                read(chunk.array(), chunk.arrayOffset() + chunk.readerIndex(), chunk.readableBytes());
            } else {
                readStaged(chunk);
            }
        } catch (WireException e) {
            fail(e);
        }
        chunk.skipBytes(chunk.readableBytes());
        return completed();
    }

    private void readStaged(ByteBuf chunk) {
        var stage = STAGES.get();
        while (chunk.isReadable()) {
            int length = Math.min(chunk.readableBytes(), stage.length);
            chunk.readBytes(stage, 0, length);
            read(stage, 0, length);
        }
    }

    /**
     * Reads the next bytes of the response.
     *
     * @param bytes holds the bytes, and is not remembered
     * @param offset where they begin
     * @param length how many there are
     * @return as {@link #feed(ByteBuf)}
     * @throws WireException as {@link #feed(ByteBuf)}
     */
    public List<LiftedPayload> feed(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        begin();
        try {
            read(bytes, offset, length);
        } catch (WireException e) {
            fail(e);
        }
        return completed();
    }

    /**
     * Whether the response is a document of which all is there, so that its end need not be awaited.
     *
     * @return true once the object or array that it is has ended; of a stream never
     */
    public boolean isWhole() {
        return lifter.isWhole();
    }

    /**
     * Ends the response, of which the end may have been cut off.
     *
     * @return the payload of a document; none for a stream, of which an incomplete event is dropped
     * @throws WireException if the bytes before cannot be read, or if they are a document which is no JSON, not all there, or
     *     empty
     */
    public List<LiftedPayload> end() {
        return end(false);
    }

    /**
     * Ends the response.
     *
     * @param proven whether it is certain that nothing was cut off. An event at the end of a stream that is not closed by a
     *     blank line counts then, if its data is a whole object or {@code [DONE]}
     * @return the payload of a document; of a stream the event that was pending, if it counts
     * @throws WireException as {@link #end()}
     */
    public List<LiftedPayload> end(boolean proven) {
        begin();
        ended = true;
        try {
            if (proven) {
                framing.endWhole();
            } else {
                framing.end();
            }
        } catch (WireException e) {
            fail(e);
        }
        return completed();
    }

    /**
     * What is there of a payload that was not finished when the response broke off, or exceeded a limit: its tree as far as it
     * goes, so that the images which are whole in it are not lost. Nothing can be read after it.
     *
     * @return null if there is nothing
     */
    public @Nullable LiftedPayload unfinished() {
        ended = true;
        return lifter.unfinished(framing.pendingEvent());
    }

    private void begin() {
        if (failure != null) {
            throw failure;
        }
        if (ended) {
            throw new IllegalStateException("the response has ended");
        }
    }

    private void read(byte[] bytes, int offset, int length) {
        long limit = decoding.limits().responseBytes();
        int allowed = (int) Math.min(length, limit - received);
        received += length;
        framing.read(bytes, offset, offset + allowed);
        framing = framing.settled();
        if (allowed < length) {
            throw WireException.LimitExceeded.response(limit);
        }
    }

    private void add(LiftedPayload payload) {
        if (complete.isEmpty()) {
            complete = new ArrayList<>(2);
        }
        complete.add(payload);
    }

    private List<LiftedPayload> completed() {
        var completed = complete;
        complete = List.of();
        return completed.isEmpty() ? completed : Collections.unmodifiableList(completed);
    }

    private void fail(WireException e) {
        failure = e;
        if (complete.isEmpty()) {
            throw e;
        }
    }
}
