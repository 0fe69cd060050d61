package dev.darkroom.internal.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One long JSON string while it is lifted out of its text: knows the escapes of JSON, and gives up at the first character
 * that base64 cannot have.
 *
 * <p>The hard case is giving up: what was decoded is written back, and the escape in which that happens goes along as it
 * stood on the wire, so that whoever parses the text later sees what we saw.
 */
final class Lift {

    /** Why {@link #take} stopped. */
    enum State {
        /** It has taken everything. */
        PASSING,
        /** At the closing quotation mark, which was not taken. */
        ENDED,
        /** This is no base64; {@link #writeTo} knows what was taken. */
        REFUSED,
        /** At a control character, which no string of JSON has. */
        MALFORMED
    }

    private final byte[] head;
    private final DataUrl start;
    private final ForgivingBase64 base64;
    private final boolean brokenLines;
    private final boolean inside;
    private final byte[] escape = new byte[JsonEscape.LONGEST];
    private int escapeLength;
    private long taken;
    private State state = State.PASSING;

    /**
     * @param head the first bytes of the string; those which {@code start} covers count as taken
     * @param brokenLines whether a line end may stand in the string as it is, though JSON wants it escaped
     * @param inside whether it begins in the middle of the string, behind what begins a picture there
     */
    Lift(byte[] head, DataUrl start, ForgivingBase64 base64, boolean brokenLines, boolean inside) {
        this.inside = inside;
        this.head = Arrays.copyOf(head, start.length());
        this.start = start;
        this.taken = start.length();
        this.base64 = base64;
        this.brokenLines = brokenLines;
    }

    State state() {
        return state;
    }

    /** Where in its first bytes the string is yet to be taken. */
    int start() {
        return start.length();
    }

    /** How many bytes of the text were taken. */
    long taken() {
        return taken;
    }

    /** Takes characters of the alphabet, and nothing else. */
    int run(byte[] text, int from, int to) {
        int end = escapeLength > 0 ? from : base64.run(text, from, to);
        taken += end - from;
        return end;
    }

    int take(byte[] text, int from, int to) {
        int i = run(text, from, to);
        while (i < to) {
            if (take(text[i])) {
                i++;
                taken++;
            }
            if (state != State.PASSING) {
                return i;
            }
            i = run(text, i, to);
        }
        return to;
    }

    private boolean take(byte b) {
        if (escapeLength > 0) {
            escape[escapeLength++] = b;
            endEscape();
            return true;
        }
        if (b == '\\') {
            escape[escapeLength++] = b;
            return true;
        }
        if (b == '"') {
            state = State.ENDED;
            return false;
        }
        if (b >= 0 && b < ' ' && !(brokenLines && Gaps.isWhiteSpace(b))) {
            state = State.MALFORMED;
            return false;
        }
        if (!accept(b)) {
            state = State.REFUSED;
            return false;
        }
        return true;
    }

    /** Behind a {@code data:} URL white space is where a text goes on, unless the picture is broken into lines. */
    private boolean accept(byte b) {
        return (Gaps.isWhiteSpace(b) && (inside || start.length() > 0) && !PictureStart.isBroken(base64, inside))
                ? false
                : base64.accept(b);
    }

    private void endEscape() {
        int unit = JsonEscape.read(escape, escapeLength);
        if (unit == JsonEscape.INCOMPLETE) {
            return;
        }
        if (unit >= 0 && unit < 0x80 && accept((byte) unit)) {
            escapeLength = 0;
        } else {
            state = State.REFUSED;
        }
    }

    /** The string, whole and decoded; null if it was no base64 after all. */
    @Nullable
    LiftedString finish() {
        var text = base64.finish();
        return text == null ? null : new LiftedString(start, text, base64.weight());
    }

    /** Whether what was taken is a picture even if the string goes on behind it, or does not end as base64 does. */
    boolean isPicture() {
        return inside || (PictureStart.is(start.text()) && !base64.hasGaps());
    }

    /** The picture in the string, which ends here. What was taken before it is written to the text. */
    LiftedString picture(Bytes out) {
        out.append(head, 0, head.length);
        var whole = base64.finish();
        return new LiftedString(DataUrl.NONE, whole == null ? base64.text() : whole, base64.weight());
    }

    /** How many bytes of the text are the picture's. */
    long pictured() {
        return taken - start.length() - escapeLength;
    }

    /** Writes the escape in which it gave up. */
    void writeEscape(Bytes out) {
        out.append(escape, 0, escapeLength);
    }

    /** What it keeps on the heap. */
    long weight() {
        return base64.weight();
    }

    /** Writes what was taken, as JSON; false if it is gone because there was too much of it. */
    boolean writeTo(Bytes out) {
        out.append(head, 0, head.length);
        boolean written = base64.text().writeTo(out, true);
        out.append(escape, 0, escapeLength);
        return written;
    }
}
