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

    private final Decoding decoding;
    private final Bytes rest;
    private final Map<Integer, LiftedString> lifted = new HashMap<>();
    private final NavigableMap<Integer, Long> omitted = new TreeMap<>(Map.of(-1, 0L));

    LiftedText(Decoding decoding) {
        this.decoding = decoding;
        this.rest = new Bytes(decoding.limits().textBytes());
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
        lifted.put(strings, string);
        omit(length);
    }

    /** Bytes of the text are missing at the end of the rest. */
    void omit(long length) {
        omitted.put(rest.size(), omitted.lastEntry().getValue() + length);
    }

    /** Forgets everything, for the next text. */
    void clear() {
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
            return new Payload(true, type, MissingNode.getInstance(), decoding);
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
        var json = Trees.read(text, lifted, decoding.limits().textBytes());
        return new Payload(inStream, type, json, decoding);
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
