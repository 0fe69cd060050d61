package dev.darkroom.internal.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The text of one payload without its images, and the images beside it. */
final class LiftedText {

    private static final String DONE = "[DONE]";
    /** What a remembered place keeps on the heap. */
    private static final int PLACE = 96;

    private final Decoding decoding;
    private final Bytes rest;
    private final Map<Integer, LiftedString> lifted = new HashMap<>();
    private final List<Inside> inside = new ArrayList<>();
    private final List<Omitted> omitted = new ArrayList<>();
    private long weight;
    private boolean broken;

    /** A picture that was lifted out of the middle of a string, and where in the rest it stood. */
    private record Inside(int place, LiftedString picture) {}

    /** Bytes of the text that are missing in the rest. */
    private record Omitted(int place, long length) {}

    LiftedText(Decoding decoding) {
        this.decoding = decoding;
        this.rest = new Bytes(decoding.limits().textBytes(), decoding.budget());
    }

    /** What is left of the text. A string that was lifted is empty in it. */
    Bytes rest() {
        return rest;
    }

    /**
     * Adds a string which is lifted at the end of the rest.
     *
     * @param strings how many strings the text has before it
     * @param length its bytes in the text
     */
    void add(int strings, LiftedString string, long length) {
        weight += string.weight();
        lifted.put(strings, string);
        omit(length);
    }

    /** Adds a picture which stands at the end of the rest, within a string. */
    void addInside(LiftedString picture, long length) {
        weight += picture.weight();
        inside.add(new Inside(rest.size(), picture));
        omit(length);
    }

    /** A string that was being lifted breaks off at the end of the rest: this text is no JSON, and cannot be mended. */
    void breakOff(long length) {
        omit(length);
        broken = true;
    }

    /** Bytes of the text are missing at the end of the rest. */
    private void omit(long length) {
        decoding.budget().take(PLACE);
        weight += PLACE;
        omitted.add(new Omitted(rest.size(), length));
    }

    /** Forgets everything, for the next text; what is paid for it went with its payload. */
    void clear() {
        weight = 0;
        broken = false;
        rest.clear();
        lifted.clear();
        inside.clear();
        omitted.clear();
    }

    /**
     * The data of an event, in which U+FFFD stands for what is no UTF-8: a payload of it, none if there was only white space.
     * Read leniently it may be several, where the blank lines between them are missing; the event's type is that of the last.
     */
    List<LiftedPayload> event(@Nullable String type) {
        if (rest.isBlank()) {
            return List.of();
        }
        var text = marked();
        if (text.text().equals(DONE)
                || (decoding.lenient() && text.text().strip().equals(DONE))) {
            return List.of(LiftedPayload.done(type, decoding, weight));
        }
        return decoding.lenient() ? lenientEvent(type, text) : List.of(strictEvent(type, text));
    }

    private LiftedPayload strictEvent(@Nullable String type, PictureMarks text) {
        try {
            var tree = tree(text);
            return payload(true, type, tree.read(), tree, false);
        } catch (Trees.Malformed e) {
            throw new WireException.MalformedJson(offset(text.text(), e.at));
        }
    }

    private List<LiftedPayload> lenientEvent(@Nullable String type, PictureMarks text) {
        var tree = tree(text);
        var roots = tree.roots();
        var mended = roots.rest().isEmpty() || broken ? null : MendedStrings.of(text.text());
        if (mended != null) {
            tree.letGo();
            tree = tree(text.mended(mended));
            roots = tree.roots();
        }
        var last = roots.values().size() - 1;
        if (last < 0) {
            tree.letGo();
            return List.of(unreadable(type, text, roots.at()));
        }
        var payloads = new ArrayList<LiftedPayload>();
        boolean done = roots.rest().equals(DONE);
        for (JsonNode root : roots.values().subList(0, last)) {
            payloads.add(new LiftedPayload(true, null, root, decoding, 0, false, null)); // paid for by the last
        }
        var followed = !done && !roots.rest().isEmpty();
        payloads.add(payload(true, type, roots.values().get(last), tree, followed));
        if (done) {
            payloads.add(LiftedPayload.done(null, decoding, 0));
        }
        return payloads;
    }

    private LiftedPayload unreadable(@Nullable String type, PictureMarks text, long at) {
        var failure = new WireException.MalformedJson(offset(text.text(), at));
        var tree = tree(text);
        var root = tree.readAsFarAsItGoes();
        var remains = root == null ? null : new LiftedPayload(true, type, root, decoding, 0, false, null);
        return LiftedPayload.unreadable(
                type, new LiftedPayload.Unreadable(text.plain(), failure, remains), decoding, weight + tree.weight());
    }

    /** The data of an event that was not closed: counts if it is a whole object, or the end mark, and is dropped otherwise. */
    List<LiftedPayload> pending(@Nullable String type) {
        var payloads = event(type);
        var whole = payloads.stream()
                .allMatch(payload -> payload.isDone() || payload.json().isObject());
        return whole ? payloads : List.of();
    }

    /**
     * A document, which must be UTF-8 and whole; read leniently, U+FFFD stands for what is no UTF-8.
     *
     * @param followed whether there was something behind its value
     */
    LiftedPayload document(boolean followed) {
        var text = decoding.lenient() ? marked() : strict();
        if (followed && !decoding.lenient()) {
            throw new WireException.MalformedJson(offset(rest.size()));
        }
        try {
            return document(text, followed);
        } catch (Trees.Malformed e) {
            if (e.at < 0 && !followed) {
                throw new WireException.Truncated(offset(rest.size()));
            }
            throw new WireException.MalformedJson(offset(text.text(), e.at));
        }
    }

    private LiftedPayload document(PictureMarks text, boolean followed) throws Trees.Malformed {
        var tree = tree(text);
        try {
            return payload(false, null, tree.read(), tree, followed);
        } catch (Trees.Malformed e) {
            var mended = decoding.lenient() && !broken ? MendedStrings.of(text.text()) : null;
            if (mended == null) {
                throw e;
            }
            var again = tree(text.mended(mended));
            return payload(false, null, again.read(), again, followed);
        }
    }

    private PictureMarks strict() {
        var bytes = ByteBuffer.wrap(rest.array(), 0, rest.size());
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            return inside.isEmpty() ? PictureMarks.none(text) : marked();
        } catch (CharacterCodingException e) {
            throw new WireException.MalformedJson(offset(bytes.position()));
        }
    }

    /**
     * What is there of a text that was not finished, as far as it is JSON, for the images that are whole in it. Null if there is
     * nothing.
     */
    @Nullable
    LiftedPayload unfinished(boolean inStream, @Nullable String type) {
        var tree = tree(marked());
        var root = tree.readAsFarAsItGoes();
        return root == null ? null : payload(inStream, type, root, tree, false);
    }

    private PictureMarks marked() {
        return inside.isEmpty()
                ? PictureMarks.none(rest.utf8())
                : PictureMarks.in(
                        rest,
                        inside.stream().map(Inside::place).toList(),
                        inside.stream().map(Inside::picture).toList());
    }

    private Trees tree(PictureMarks text) {
        return new Trees(decoding, lifted, text);
    }

    private LiftedPayload payload(
            boolean inStream, @Nullable String type, JsonNode json, Trees tree, boolean followed) {
        return new LiftedPayload(inStream, type, json, decoding, weight + tree.weight(), followed, null);
    }

    private long offset(String text, long character) {
        if (character < 0) {
            return offset(rest.size());
        }
        int end = (int) Math.min(character, text.length());
        return offset(text.substring(0, end).getBytes(StandardCharsets.UTF_8).length);
    }

    private long offset(int place) {
        return place
                + omitted.stream()
                        .filter(each -> each.place() <= place)
                        .mapToLong(Omitted::length)
                        .sum();
    }
}
