package dev.darkroom.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Lets the first bytes choose between the two framings, whatever the content type says.
 *
 * <p>They cannot be confused: no JSON text begins with a colon or with the name of an event stream's field, and an event
 * stream which begins with a brace or bracket would begin with a field that nobody knows. At most six bytes are kept to
 * tell; white space before them, which some gateways send to keep a connection alive, is skipped. The type is heard where
 * the bytes leave it open: what is declared to be events may begin with a field that is not known, though not with a web
 * page. What can be neither is refused at its first byte.
 */
final class Detection implements Framing {

    private static final String[] FIELDS = {":", "data:", "event:", "id:", "retry:"};
    private static final String JSON = "{[\"-0123456789tfn";
    private static final int LONGEST_FIELD = 6;
    private static final byte[] SPACE = {' '};

    private final String essence;
    private final boolean saysStream;
    private final Framing stream;
    private final Framing document;
    private final byte[] head = new byte[LONGEST_FIELD];
    private int length;
    private boolean indented;
    private @Nullable Framing chosen;

    Detection(@Nullable String contentType, Framing stream, Framing document) {
        this.essence = contentType == null ? "" : essence(contentType);
        this.saysStream = essence.equals("text/event-stream");
        this.stream = stream;
        this.document = document;
    }

    private static String essence(String contentType) {
        int parameters = contentType.indexOf(';');
        var type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public void read(byte[] bytes, int from, int to) {
        int i = from;
        while (chosen == null && i < to) {
            look(bytes[i++]);
        }
        if (chosen != null && i < to) {
            chosen.read(bytes, i, to);
        }
    }

    @Override
    public Framing settled() {
        return chosen == null ? this : chosen;
    }

    @Override
    public void end() {
        chosen().end();
    }

    @Override
    public void endWhole() {
        chosen().endWhole();
    }

    @Override
    public @Nullable String pendingEvent() {
        return chosen == null ? null : chosen.pendingEvent();
    }

    private Framing chosen() {
        return chosen != null ? chosen : choose(saysStream ? stream : document);
    }

    private void look(byte b) {
        if (length == 0 && (b == ' ' || b == '\t' || b == '\n' || b == '\r')) {
            indented = b == ' ' || b == '\t';
            return;
        }
        head[length++] = b;
        if (!saysStream) {
            lookForField(new String(head, 0, length, StandardCharsets.ISO_8859_1));
        } else if (b == '<') {
            throw WireException.UnsupportedContent.of(essence);
        } else {
            choose(b == '{' || b == '[' ? document : stream);
        }
    }

    private void lookForField(String start) {
        boolean open = false;
        for (String field : FIELDS) {
            if (field.equals(start) && !indented) {
                choose(stream);
                return;
            }
            open |= field.startsWith(start) && !indented;
        }
        if (!open) {
            if (JSON.indexOf(start.charAt(0)) < 0) {
                throw WireException.UnsupportedContent.of(essence);
            }
            choose(document);
        }
    }

    /** A stream has to know that its first line was indented, however far: such a line is no field we know. */
    private Framing choose(Framing framing) {
        chosen = framing;
        if (indented) {
            framing.read(SPACE, 0, 1);
        }
        framing.read(head, 0, length);
        return framing;
    }
}
