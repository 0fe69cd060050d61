package dev.darkroom.call;

import dev.darkroom.dialect.Reading;
import dev.darkroom.http.BodyDecoder;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.Salvage;
import dev.darkroom.wire.Payload;
import dev.darkroom.wire.PayloadReader;
import dev.darkroom.wire.WireException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to payloads to events, for one answer. A failure is kept until {@link #end()}, so that events which arrived with
 * it in one chunk are delivered before it.
 *
 * <p>A connection remembers its last exchange while it idles in the pool. So what was read is let go with the last event.
 */
final class ReadingDecoder implements BodyDecoder<ImageEvent> {

    private final PayloadReader reader;
    private final Attempt<ImageEvent> attempt;
    /** Null once it is complete. */
    private @Nullable Reading reading;

    private @Nullable ImageException failure;
    private volatile Salvage salvage = Salvage.NOTHING;

    ReadingDecoder(PayloadReader reader, Reading reading, Attempt<ImageEvent> attempt) {
        this.reader = reader;
        this.reading = reading;
        this.attempt = attempt;
        attempt.salvageFrom(() -> salvage);
    }

    @Override
    public List<ImageEvent> feed(ByteBuf chunk) {
        try {
            return read(reader.feed(chunk));
        } catch (WireException e) {
            failure = attempt.meaning(e);
            return List.of();
        }
    }

    private List<ImageEvent> read(List<Payload> payloads) {
        var current = reading;
        if (payloads.isEmpty() || current == null) {
            return List.of();
        }
        var events = new ArrayList<ImageEvent>();
        for (var payload : payloads) {
            boolean complete;
            try {
                events.addAll(current.read(payload));
                complete = current.isComplete();
            } catch (ImageException e) {
                failure = e;
                break;
            } catch (Throwable e) { // of a dialect which may be anybody's
                failure = attempt.senseless(e);
                break;
            }
            if (complete) {
                reading = null;
                salvage = Salvage.NOTHING;
                return events;
            }
        }
        salvage = salvage(current); // for a time limit, which runs out on another thread
        return events;
    }

    private Salvage salvage(Reading current) {
        try {
            return current.salvage();
        } catch (Throwable e) { // of a dialect which may be anybody's: what was known before is still true
            return salvage;
        }
    }

    private ImageException unfinished(Reading current) {
        try {
            return current.end();
        } catch (Throwable e) {
            return e instanceof ImageException ending ? ending : attempt.senseless(e);
        }
    }

    @Override
    public boolean isDone() {
        return reading == null || failure != null;
    }

    @Override
    public List<ImageEvent> end() {
        var events = List.<ImageEvent>of();
        if (!isDone()) {
            try {
                events = read(reader.end());
            } catch (WireException e) {
                failure = attempt.meaning(e);
            }
        }
        if (failure != null) {
            throw failure;
        }
        if (reading != null) {
            throw unfinished(reading);
        }
        return events;
    }
}
