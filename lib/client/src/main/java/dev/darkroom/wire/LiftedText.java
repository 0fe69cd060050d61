package dev.darkroom.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.MissingNode;

/** The text of one payload without its images, and the images beside it. */
final class LiftedText {

    private static final String DONE = "[DONE]";
    /** What a remembered place keeps on the heap. */
    private static final int PLACE = 96;

    private final Decoding decoding;
    private final Bytes rest;
    private final Map<Integer, LiftedString> lifted = new HashMap<>();
    private final NavigableMap<Integer, Long> omitted = new TreeMap<>(Map.of(-1, 0L));
    private long weight;

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

    /** Bytes of the text are missing at the end of the rest. */
    void omit(long length) {
        decoding.budget().take(PLACE);
        weight += PLACE;
        omitted.put(rest.size(), omitted.lastEntry().getValue() + length);
    }

    /** Forgets everything, for the next text; what is paid for it went with its payload. */
    void clear() {
        weight = 0;
        rest.clear();
        lifted.clear();
        omitted.clear();
        omitted.put(-1, 0L);
    }

    /** The data of an event, in which U+FFFD stands for what is no UTF-8. Null if there was only white space. */
    @Nullable
    Payload event(@Nullable String type) {
        if (rest.isBlank()) {
            return null;
        }
        var text = rest.utf8();
        if (text.equals(DONE)) {
            return new Payload(true, type, MissingNode.getInstance(), decoding, weight);
        }
        try {
            return payload(true, type, text);
        } catch (Trees.Malformed e) {
            throw new WireException.MalformedJson(offset(text, e.at));
        }
    }

    /** A document, which must be UTF-8 and whole. */
    Payload document() {
        var bytes = ByteBuffer.wrap(rest.array(), 0, rest.size());
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new WireException.MalformedJson(offset(bytes.position()));
        }
        try {
            return payload(false, null, text);
        } catch (Trees.Malformed e) {
            if (e.at < 0) {
                throw new WireException.Truncated(offset(rest.size()));
            }
            throw new WireException.MalformedJson(offset(text, e.at));
        }
    }

    private Payload payload(boolean inStream, @Nullable String type, String text) throws Trees.Malformed {
        var tree = new Trees(decoding, lifted, text);
        return new Payload(inStream, type, tree.read(), decoding, weight + tree.weight());
    }

    /**
     * What is there of a text that was not finished, as far as it is JSON, for the images that are whole in it. Null if there is
     * nothing.
     */
    @Nullable
    Payload unfinished() {
        var tree = new Trees(decoding, lifted, rest.utf8());
        var root = tree.readAsFarAsItGoes();
        return root == null ? null : new Payload(true, null, root, decoding, weight + tree.weight());
    }

    private long offset(String text, long character) {
        if (character < 0) {
            return offset(rest.size());
        }
        int end = (int) Math.min(character, text.length());
        return offset(text.substring(0, end).getBytes(StandardCharsets.UTF_8).length);
    }

    private long offset(int place) {
        return place + omitted.floorEntry(place).getValue();
    }
}
