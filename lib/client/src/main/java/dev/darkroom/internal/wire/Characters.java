package dev.darkroom.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** Gives the characters of a string that was lifted back to a decoder, without making a string of them. */
final class Characters {

    private Characters() {}

    /**
     * Hands them on, piece by piece, as long as they are wanted. What is no ASCII is a question mark, which base64 has not.
     *
     * @param piece a {@link String} or a {@link Base64Text}
     * @return false if one was not wanted, or if they are gone
     */
    static boolean feed(Object piece, Predicate<byte[]> taker) {
        if (piece instanceof String text) {
            return taker.test(text.getBytes(StandardCharsets.US_ASCII));
        }
        var wanted = new boolean[] {true};
        var there = ((Base64Text) piece).forEach(characters -> wanted[0] = wanted[0] && taker.test(characters));
        return there && wanted[0];
    }

    /** Decodes all of them; false if one of them is not of the alphabet. */
    static boolean all(ForgivingBase64 base64, byte[] characters) {
        for (int i = base64.run(characters, 0, characters.length);
                i < characters.length;
                i = base64.run(characters, i + 1, characters.length)) {
            if (!base64.accept(characters[i])) {
                return false;
            }
        }
        return true;
    }
}
