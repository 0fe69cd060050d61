package dev.darkroom.internal.wire;

import org.jspecify.annotations.Nullable;

/**
 * Server-Sent Events as <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream">
 * WHATWG HTML 9.2.5 and 9.2.6</a> read them, byte by byte, without the byte order mark (see {@link ByteOrderMark}).
 *
 * <p>Values of {@code data} are handed on as they pass, joined by line feeds; comments and unknown fields are skipped
 * where they stand; only the other three fields are kept until their line ends. A line may end in CR, LF or CRLF, and the
 * hard case is the cut: after a CR which ends the line <em>and</em> perhaps the chunk, one LF still belongs to it.
 *
 * <p>Text that is not UTF-8 is replaced as the JDK does, which differs from WHATWG for surrogates in three bytes: one
 * U+FFFD instead of three.
 */
final class ServerSentEvents implements Framing {

    private enum Place {
        NAME,
        BEFORE_VALUE,
        VALUE
    }

    private enum Field {
        DATA("data"),
        EVENT("event"),
        ID("id"),
        RETRY("retry"),
        IGNORED("");

        private final String name;

        Field(String name) {
            this.name = name;
        }
    }

    private static final Field[] FIELDS = Field.values();
    private static final byte[] LINE_FEED = {'\n'};
    private static final int LONGEST_NAME = 5;
    /** How far a value is looked through for its end before what is behind may be taken as an image, which needs no look. */
    private static final int AT_ONCE = 1024;

    private final Fragments data;
    private final HeapBudget budget;
    private final Bytes value;
    private final byte[] name = new byte[LONGEST_NAME + 1];

    private Place place = Place.NAME;
    private Field field = Field.IGNORED;
    private int nameLength;
    private boolean afterCarriageReturn;
    private boolean hasData;
    private String event = "";
    private String nextEventId = "";
    private String lastEventId = "";
    private long retry = -1;

    ServerSentEvents(Fragments data, Decoding decoding) {
        this.data = data;
        this.budget = decoding.budget();
        this.value = new Bytes(decoding.limits().textBytes(), budget);
    }

    /** The id of the last event that was dispatched. */
    String lastEventId() {
        return lastEventId;
    }

    /** The reconnection time in milliseconds, -1 if none was sent. */
    long retry() {
        return retry;
    }

    @Override
    public void read(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            if (afterCarriageReturn) {
                afterCarriageReturn = false;
                if (bytes[i] == '\n') {
                    i++;
                    continue;
                }
            }
            i = switch (place) {
                case NAME -> name(bytes, i, to);
                case BEFORE_VALUE -> oneSpace(bytes, i);
                case VALUE -> value(bytes, i, to);
            };
        }
    }

    /** An event which is not followed by an empty line is incomplete, and dropped. */
    @Override
    public Framing settled() {
        return this;
    }

    @Override
    public void end() {}

    /** Not of the standard, which cannot know that nothing was cut off: what is pending is handed on as such. */
    @Override
    public void endWhole() {
        if (place != Place.NAME || nameLength > 0) {
            endLine((byte) '\n');
        }
        if (hasData) {
            hasData = false;
            data.completePending(pendingEvent());
        }
    }

    @Override
    public @Nullable String pendingEvent() {
        return event.isEmpty() ? null : event;
    }

    private int name(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b == ':') {
                beginValue();
                place = Place.BEFORE_VALUE;
                return i + 1;
            }
            if (b == '\n' || b == '\r') {
                endLine(b);
                return i + 1;
            }
            if (nameLength < name.length) {
                name[nameLength++] = b;
            }
        }
        return to;
    }

    private int oneSpace(byte[] bytes, int at) {
        place = Place.VALUE;
        return bytes[at] == ' ' ? at + 1 : at;
    }

    private int value(byte[] bytes, int from, int to) {
        int start = field == Field.DATA ? data.image(bytes, from, to) : from;
        int most = Math.min(to, start + AT_ONCE);
        int end = start;
        while (end < most && bytes[end] != '\n' && bytes[end] != '\r') {
            end++;
        }
        if (field == Field.DATA) {
            data.text(bytes, start, end);
        } else if (field != Field.IGNORED) {
            value.append(bytes, start, end);
        }
        if (end == most) {
            return end;
        }
        endLine(bytes[end]);
        return end + 1;
    }

    private void beginValue() {
        field = fieldNamed();
        value.clear();
        if (field == Field.DATA) {
            if (hasData) {
                data.text(LINE_FEED, 0, 1);
            }
            hasData = true;
        }
    }

    private Field fieldNamed() {
        for (Field candidate : FIELDS) {
            if (candidate.name.length() == nameLength && nameIs(candidate.name)) {
                return candidate;
            }
        }
        return Field.IGNORED;
    }

    private boolean nameIs(String expected) {
        for (int i = 0; i < nameLength; i++) {
            if (name[i] != expected.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void endLine(byte terminator) {
        if (place == Place.NAME && nameLength == 0) {
            dispatch();
        } else {
            if (place == Place.NAME) {
                beginValue();
            }
            endValue();
        }
        afterCarriageReturn = terminator == '\r';
        place = Place.NAME;
        nameLength = 0;
    }

    private void endValue() {
        switch (field) {
            case EVENT -> event = instead(event);
            case ID -> {
                if (!value.contains(0)) {
                    nextEventId = instead(nextEventId);
                }
            }
            case RETRY -> retry = milliseconds();
            case DATA, IGNORED -> {}
        }
    }

    /** The value, which is kept in place of another. */
    private String instead(String other) {
        budget.take(value.size());
        budget.giveBack(other.length());
        return value.utf8();
    }

    /** Digits only; anything else, and more than fit, leaves the time as it was. */
    private long milliseconds() {
        long time = 0;
        for (int i = 0; i < value.size(); i++) {
            int digit = value.array()[i] - '0';
            if (digit < 0 || digit > 9 || time > Long.MAX_VALUE / 10 - 1) {
                return retry;
            }
            time = time * 10 + digit;
        }
        return value.size() == 0 ? retry : time;
    }

    private void dispatch() {
        lastEventId = nextEventId;
        var type = event;
        event = "";
        if (hasData) {
            hasData = false;
            data.completeEvent(type.isEmpty() ? null : type);
        }
    }
}
