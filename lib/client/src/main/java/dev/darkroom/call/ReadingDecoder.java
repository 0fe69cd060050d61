package dev.darkroom.call;

import dev.darkroom.dialect.Reading;
import dev.darkroom.http.BodyDecoder;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.wire.Payload;
import dev.darkroom.wire.PayloadReader;
import dev.darkroom.wire.WireException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to payloads to events, for one answer. A failure is kept until {@link #end()}, so that events which arrived with
 * it in one chunk are delivered before it.
 */
final class ReadingDecoder implements BodyDecoder<ImageEvent> {

    private final PayloadReader reader;
    private final Reading reading;
    private final Function<WireException, ImageException> meaning;
    private @Nullable ImageException failure;

    ReadingDecoder(PayloadReader reader, Reading reading, Function<WireException, ImageException> meaning) {
        this.reader = reader;
        this.reading = reading;
        this.meaning = meaning;
    }

    @Override
    public List<ImageEvent> feed(ByteBuf chunk) {
        try {
            return read(reader.feed(chunk));
        } catch (WireException e) {
            failure = meaning.apply(e);
            return List.of();
        }
    }

    private List<ImageEvent> read(List<Payload> payloads) {
        if (payloads.isEmpty()) {
            return List.of();
        }
        var events = new ArrayList<ImageEvent>();
        for (Payload payload : payloads) {
            if (reading.isComplete()) {
                break;
            }
            try {
                events.addAll(reading.read(payload));
            } catch (ImageException e) {
                failure = e;
                break;
            }
        }
        return events;
    }

    @Override
    public boolean isDone() {
        return reading.isComplete() || failure != null;
    }

    @Override
    public List<ImageEvent> end() {
        var events = List.<ImageEvent>of();
        if (!isDone()) {
            try {
                events = read(reader.end());
            } catch (WireException e) {
                failure = meaning.apply(e);
            }
        }
        if (failure != null) {
            throw failure;
        }
        if (!reading.isComplete()) {
            throw reading.end();
        }
        return events;
    }
}
