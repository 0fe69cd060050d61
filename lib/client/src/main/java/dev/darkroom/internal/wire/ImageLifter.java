package dev.darkroom.internal.wire;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of one payload after another: lifts out what is base64, keeps the rest, and makes the {@link LiftedPayload}
 * when the text is complete. Called by a framing with fragments cut anywhere.
 *
 * <p>It knows of JSON only where strings begin and end. Whether the text is JSON at all is for the parser to say, to which
 * the rest goes: a text which is none may be cut into strings in any way, it will be refused all the same.
 *
 * <p>Lifting begins in the middle of a string, once it is long; the bytes before, which are in the rest already, are taken
 * out of it and read again. That happens once a string, so all of this is linear in the bytes.
 */
final class ImageLifter implements Fragments {

    private static final int NEVER = Integer.MAX_VALUE;
    private static final byte QUOTE = '"';
    private static final byte COMMA = ',';

    private final Decoding decoding;
    private final Consumer<LiftedPayload> payloads;
    private final LiftedText text;
    private int strings;
    private boolean inString;
    /** Where in the rest the string begins, and whether what is lifted next begins in its middle. */
    private int stringStart;

    private boolean inside;
    private boolean escaped;
    private boolean malformed;
    private int liftAt = NEVER;
    private @Nullable Lift lift;
    /** Of a document only: objects and arrays that are open, whether its value has ended, and whether something followed. */
    private boolean document;

    private int depth;
    private boolean whole;
    private boolean followed;

    ImageLifter(Decoding decoding, Consumer<LiftedPayload> payloads) {
        this.decoding = decoding;
        this.payloads = payloads;
        this.text = new LiftedText(decoding);
    }

    @Override
    public int image(byte[] bytes, int from, int to) {
        return lift == null ? from : lift.run(bytes, from, to);
    }

    @Override
    public void text(byte[] bytes, int from, int to) {
        read(bytes, from, to);
    }

    @Override
    public void document(byte[] bytes, int from, int to) {
        document = true;
        int end = whole ? from : read(bytes, from, to);
        for (int i = end; i < to && !followed; i++) {
            followed = !Bytes.isBlank(bytes[i]);
        }
    }

    /** Whether the text is a document's, and the object or array that it is has ended. */
    boolean isWhole() {
        return whole;
    }

    /** Tells where it stopped, which is before the end only if there the value of a document ended. */
    private int read(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && !whole) {
            if (lift != null) {
                i = lift(lift, bytes, i, to);
            } else if (inString) {
                i = inString(bytes, i, to);
            } else {
                i = betweenStrings(bytes, i, to);
            }
        }
        return i;
    }

    private int betweenStrings(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] != QUOTE && !endsValue(bytes[i])) {
            i++;
        }
        if (i == to) {
            text.rest().append(bytes, from, to);
            return to;
        }
        if (whole) {
            text.rest().append(bytes, from, i + 1);
            return i + 1;
        }
        text.rest().append(bytes, from, i + 1);
        inString = true;
        inside = false;
        stringStart = text.rest().size();
        liftAt = malformed ? NEVER : stringStart + decoding.longFrom();
        return i + 1;
    }

    private boolean endsValue(byte b) {
        if (b == '{' || b == '[') {
            depth++;
        } else if (b == '}' || b == ']') {
            whole = --depth == 0 && document;
        }
        return whole;
    }

    private int inString(byte[] bytes, int from, int to) {
        int end = (int) Math.min(to, from + (long) liftAt - text.rest().size());
        int i = from;
        while (i < end && (escaped || (bytes[i] != QUOTE && bytes[i] != COMMA))) {
            escaped = !escaped && bytes[i] == '\\';
            i++;
        }
        text.rest().append(bytes, from, i);
        if (i < end && bytes[i] == QUOTE) {
            endString();
            return i + 1;
        }
        if (i < end) {
            text.rest().append(bytes[i++]);
            expectPicture();
        }
        if (text.rest().size() == liftAt) {
            beginLift();
        }
        return i;
    }

    /** A string that begins with a picture is looked at as a whole. */
    private void expectPicture() {
        if (!malformed && PictureStart.at(text.rest(), stringStart) > stringStart) {
            inside = true;
            liftAt = text.rest().size() + decoding.longFrom();
        }
    }

    private void endString() {
        text.rest().append(QUOTE);
        inString = false;
        strings++;
    }

    private void beginLift() {
        var head = text.rest().cut(liftAt - decoding.longFrom());
        escaped = false;
        liftAt = NEVER;
        lift = inside ? decoding.liftInside(head) : decoding.lift(head);
        text(head, lift.start(), head.length);
    }

    private int lift(Lift current, byte[] bytes, int from, int to) {
        int end = current.take(bytes, from, to);
        switch (current.state()) {
            case PASSING -> {}
            case ENDED -> {
                endLift(current);
                return end + 1;
            }
            case REFUSED -> {
                lift = null;
                if (current.isPicture()) {
                    keepInside(current);
                } else {
                    putBack(current);
                }
            }
            case MALFORMED -> {
                lift = null;
                decoding.budget().giveBack(current.weight());
                text.breakOff(current.taken()); // the parser will stumble over what stands here
                malformed = true;
            }
        }
        return end;
    }

    private void endLift(Lift current) {
        lift = null;
        var string = inside ? null : current.finish();
        if (string != null) {
            decoding.budget().take(string.weight() - current.weight());
            text.add(strings, string, current.taken());
            count();
        } else if (current.isPicture()) {
            keepInside(current);
        } else {
            putBack(current);
        }
        endString();
    }

    /** The string is a text that goes on behind the picture, perhaps in another payload. */
    private void keepInside(Lift current) {
        var picture = current.picture(text.rest());
        decoding.budget().take(picture.weight() - current.weight());
        text.addInside(picture, current.pictured());
        current.writeEscape(text.rest());
        count();
    }

    private void count() {
        decoding.lifts().add(decoding.limits().images());
    }

    private void putBack(Lift current) {
        if (!current.writeTo(text.rest())) {
            throw WireException.LimitExceeded.text(decoding.limits().textBytes());
        }
        decoding.budget().giveBack(current.weight());
    }

    /** What is there of a text that was not finished; null if there is nothing. Nothing more can be read then. */
    @Nullable
    LiftedPayload unfinished(@Nullable String event) {
        endText();
        return text.unfinished(!document, event);
    }

    @Override
    public void completeEvent(@Nullable String type) {
        endText();
        text.event(type).forEach(payloads);
        text.clear();
    }

    @Override
    public void completePending(@Nullable String type) {
        endText();
        var pending = text.pending(type);
        if (!pending.isEmpty()) {
            pending.forEach(payloads);
            text.clear();
        }
    }

    @Override
    public void completeDocument() {
        endText();
        payloads.accept(text.document(followed));
        text.clear();
    }

    private void endText() {
        var current = lift;
        if (current != null) {
            lift = null;
            decoding.budget().giveBack(current.weight());
            text.breakOff(current.taken()); // and the parser will miss the end of the string
        }
        strings = 0;
        depth = 0;
        inString = false;
        escaped = false;
        malformed = false;
        liftAt = NEVER;
    }
}
