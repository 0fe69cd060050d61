package dev.darkroom.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.darkroom.settings.Limits;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the events of a stream instead of reading JSON in them. */
final class RecordedEvents implements Fragments {

    final ServerSentEvents stream = new ServerSentEvents(this, new Decoding(Limits.defaults()));
    final List<Event> events = new ArrayList<>();
    private final Framing opening = new ByteOrderMark(stream);
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    RecordedEvents feed(byte[] bytes, int from, int to) {
        opening.read(bytes, from, to);
        return this;
    }

    RecordedEvents feed(byte[] bytes, int piece) {
        for (long next = 0; next < bytes.length; next += piece) {
            int from = (int) next;
            feed(bytes, from, (int) Math.min(bytes.length, next + piece));
            feed(bytes, from, from);
        }
        opening.end();
        return this;
    }

    static List<Event> of(String text) {
        return new RecordedEvents().feed(text.getBytes(UTF_8), Integer.MAX_VALUE).events;
    }

    @Override
    public int image(byte[] bytes, int from, int to) {
        return from;
    }

    @Override
    public void text(byte[] bytes, int from, int to) {
        data.write(bytes, from, to - from);
    }

    @Override
    public void completeEvent(@Nullable String type) {
        events.add(new Event(type == null ? "message" : type, data.toString(UTF_8), stream.lastEventId()));
        data.reset();
    }

    @Override
    public void completeDocument() {
        throw new AssertionError("a stream has no document");
    }
}
