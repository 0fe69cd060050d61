package dev.darkroom.internal.decode;

import dev.darkroom.dialect.Payload;
import dev.darkroom.dialect.Reading;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.internal.http.Allowance;
import dev.darkroom.internal.http.BodyDecoder;
import dev.darkroom.internal.http.BodyEnd;
import dev.darkroom.internal.http.HttpFailure;
import dev.darkroom.internal.wire.LiftedPayload;
import dev.darkroom.internal.wire.PayloadReader;
import dev.darkroom.internal.wire.WireException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to payloads to events, for one answer. A failure is kept until {@link #end(BodyEnd)}, so that events which arrived with
 * it in one chunk are delivered before it. Whatever goes wrong here, an {@link Error} included, is this call's failure and
 * nobody else's.
 *
 * <p>Fed on the event loop; a limit on time runs out on the timer's thread and asks what had arrived, hence the lock, for
 * which nobody waits otherwise.
 *
 * <p>A connection remembers its last exchange while it idles in the pool. So what was read is let go with the last event.
 */
public final class ReadingDecoder implements BodyDecoder<ImageEvent> {

    private static final String FOLLOWED = "something stood behind the answer, and was passed over";
    private static final String COMPRESSION = "the answer was compressed, and not ended as its checksum says";

    private final Allowance allowance;
    private final KeptImages kept;
    private final List<String> warnings;
    /** Null once nothing more can be read. */
    private @Nullable PayloadReader reader;
    /** Null once it is over. */
    private @Nullable Reading reading;

    private @Nullable RuntimeException failure;
    private FailureDetails said = FailureDetails.NONE;

    /** Of a reading that is over, or was shown half a payload: what it makes of that must be asked for again. */
    private Reading.@Nullable Handle handle;

    private boolean half;

    private boolean undecided;

    /**
     * A decoder of one answer. What an attempt before it kept is given back.
     *
     * @param contentType what the answer is said to be; null if nothing is said
     * @param reading what its payloads mean
     * @param allowance what its request may keep
     * @param warnings which go into the result
     * @return the decoder
     */
    public static ReadingDecoder of(
            @Nullable String contentType, Reading reading, Allowance allowance, List<String> warnings) {
        allowance.heap().clear();
        return new ReadingDecoder(contentType, reading, allowance, new KeptImages(allowance), warnings);
    }

    private ReadingDecoder(
            @Nullable String contentType,
            Reading reading,
            Allowance allowance,
            KeptImages kept,
            List<String> warnings) {
        this.reader =
                PayloadReader.detect(contentType, allowance.limits()).urlSafe().within(allowance.heap());
        this.reading = reading;
        this.allowance = allowance;
        this.kept = kept;
        this.warnings = warnings;
    }

    /**
     * A decoder of the answer that goes on where this one ended. It counts on, and tells nothing again.
     *
     * @param contentType what that answer is said to be; null if nothing is said
     * @param next what its payloads mean
     * @return the decoder
     */
    public synchronized ReadingDecoder goOn(@Nullable String contentType, Reading next) {
        letGo();
        kept.goOn();
        return new ReadingDecoder(contentType, next, allowance, kept, warnings);
    }

    /**
     * By what the rest of the answer can be asked for, as far as it was read; asked on any thread.
     *
     * @return the handle; null if none was named, and once nothing is missing
     */
    public synchronized Reading.@Nullable Handle handle() {
        return reading == null || half ? handle : named(reading);
    }

    /**
     * Whether the answer ended in order and left it at naming a handle.
     *
     * @return false as well where it was complete, failed or broke off
     */
    public synchronized boolean isUndecided() {
        return undecided;
    }

    private static Reading.@Nullable Handle named(Reading current) {
        try {
            return current.isComplete() ? null : current.handle().orElse(null);
        } catch (Throwable e) {
            return null; // it is the failure before it that has to be told
        }
    }

    @Override
    public synchronized List<ImageEvent> feed(ByteBuf chunk) {
        if (reader == null || reading == null) {
            return List.of();
        }
        try {
            return read(reader.feed(chunk), reading);
        } catch (Throwable e) {
            fail(e);
            return List.of();
        }
    }

    private List<ImageEvent> read(List<LiftedPayload> payloads, Reading current) {
        if (payloads.isEmpty()) {
            return List.of();
        }
        var events = new ArrayList<ImageEvent>();
        try {
            for (var payload : payloads) {
                read(payload, current, events);
                if (current.isComplete()) {
                    letGo();
                    break;
                }
            }
        } catch (Throwable e) {
            fail(e);
        }
        return events;
    }

    private void read(LiftedPayload payload, Reading current, List<ImageEvent> events) {
        var read = meaning(payload, current);
        payload.letGo();
        tell(read, events, payload.isFollowed());
    }

    private void tell(List<ImageEvent> read, List<ImageEvent> events, boolean followed) {
        for (ImageEvent event : read) {
            if (kept.isRepeated(event)) {
                continue;
            }
            kept.add(event);
            var warned = warned(event, warnings);
            events.add(followed ? warned(warned, List.of(FOLLOWED)) : warned);
        }
    }

    private static ImageEvent warned(ImageEvent event, List<String> warnings) {
        return event instanceof ImageEvent.Completed completed && !warnings.isEmpty()
                ? new ImageEvent.Completed(completed.result().withWarnings(warnings))
                : event;
    }

    /** An image in data that breaks off was paid for as well, though what the data meant is lost. */
    private List<ImageEvent> meaning(Payload payload, Reading current) {
        try {
            return current.read(payload);
        } catch (WireException e) {
            readPart(payload.remains(), current);
            throw e;
        }
    }

    private void fail(Throwable cause) {
        if (cause instanceof Error) {
            reader = null; // there may be no room to look what came of an unfinished payload
        }
        failed(cause, true);
    }

    private void failed(Throwable cause, boolean proven) {
        said = said();
        failure = Unread.over(cause, this::arrived, proven);
        letGo();
    }

    private void letGo() {
        handle = handle();
        reader = null;
        reading = null;
    }

    @Override
    public synchronized boolean isDone() {
        return reading == null;
    }

    @Override
    public synchronized boolean isWhole() {
        return reader != null && reader.isWhole();
    }

    @Override
    public List<ImageEvent> end() {
        return end(BodyEnd.PROVEN);
    }

    /** A whole document is an answer however its connection ends; a stream is not. */
    @Override
    public synchronized List<ImageEvent> end(BodyEnd end) {
        var events = List.<ImageEvent>of();
        if (reader != null && reading != null) {
            if (end.failure() != null && !reader.isWhole()) {
                events = settled(reading);
                if (events.isEmpty()) {
                    throw end.failure();
                }
                return events;
            }
            events = last(reader, reading, end);
        }
        if (reading != null) {
            events = Stream.concat(events.stream(), settled(reading).stream()).toList();
        }
        if (reading != null) {
            failure = cut(reading);
            letGo();
            undecided = handle != null;
        }
        var told = failure;
        failure = null;
        if (told != null) {
            throw told;
        }
        return events;
    }

    /** What is known to be all, though more might have stood behind it. */
    private List<ImageEvent> settled(Reading current) {
        var events = new ArrayList<ImageEvent>();
        try {
            tell(current.ended(), events, false);
            if (current.isComplete()) {
                letGo();
            }
        } catch (Throwable e) {
            fail(e);
        }
        return events;
    }

    private List<ImageEvent> last(PayloadReader last, Reading current, BodyEnd end) {
        List<LiftedPayload> payloads;
        try {
            payloads = last.end(end.proven());
        } catch (Throwable e) {
            failed(e, end.proven());
            return List.of();
        }
        var events = read(payloads, current);
        return end.failure() == null || end.failure().kind() != HttpFailure.Kind.COMPRESSION
                ? events
                : events.stream()
                        .map(event -> warned(event, List.of(COMPRESSION)))
                        .toList();
    }

    /** It ended too early. The last payload may be incomplete, and an image in it whole. */
    private RuntimeException cut(Reading current) {
        try {
            var cut = Objects.requireNonNull(current.end());
            return cut instanceof OutcomeUnknownException unknown && readUnfinished(current)
                    ? new OutcomeUnknownException(
                            unknown.reason(),
                            String.valueOf(unknown.getMessage()),
                            unknown.details(),
                            current.partialResult(),
                            unknown.getCause())
                    : cut;
        } catch (Throwable e) {
            return Unread.over(e, this::arrived, true);
        }
    }

    /**
     * What the answer has said of itself, on whatever thread it is asked: its handle above all.
     *
     * @return the details of a failure that ends it now
     */
    public synchronized FailureDetails said() {
        try {
            return reading == null
                    ? said
                    : Objects.requireNonNull(reading.end()).details();
        } catch (Throwable e) {
            return FailureDetails.NONE; // it is the failure before it that has to be told
        }
    }

    /**
     * What had arrived, on whatever thread it is asked. Nothing is read afterwards.
     *
     * @return what there is of a result
     */
    public synchronized PartialResult arrived() {
        if (reading == null) {
            return PartialResult.NOTHING;
        }
        readUnfinished(reading);
        try {
            return Objects.requireNonNull(reading.partialResult());
        } catch (Throwable e) {
            return PartialResult.NOTHING; // it is the failure before it that has to be told
        }
    }

    /** Whether there was anything. An image is never lost because what stands behind it in its payload did not come. */
    private boolean readUnfinished(Reading current) {
        var last = reader;
        reader = null;
        try {
            return last != null && readPart(last.unfinished(), current);
        } catch (Throwable e) {
            return false; // there is no room to look
        }
    }

    private boolean readPart(@Nullable Payload part, Reading current) {
        try {
            if (part != null) {
                handle = handle();
                half = true;
                current.read(part);
            }
        } catch (Throwable e) {
            // half a payload makes no sense to it, which is no wonder
        }
        return part != null;
    }
}
