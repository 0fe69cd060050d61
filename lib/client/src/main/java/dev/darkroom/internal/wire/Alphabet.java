package dev.darkroom.internal.wire;

import java.util.Base64;

/** The two alphabets of RFC 4648, each with the JDK's coders, which HotSpot replaces by vector instructions. */
final class Alphabet {

    private static final String LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    static final Alphabet STANDARD = new Alphabet("+/", Base64.getDecoder(), Base64.getEncoder());
    static final Alphabet URL_SAFE = new Alphabet("-_", Base64.getUrlDecoder(), Base64.getUrlEncoder());

    final Base64.Decoder decoder;
    final Base64.Encoder encoder;
    private final boolean[] characters = new boolean[256];

    private Alphabet(String last, Base64.Decoder decoder, Base64.Encoder encoder) {
        this.decoder = decoder;
        this.encoder = encoder.withoutPadding();
        for (char c : (LETTERS_AND_DIGITS + last).toCharArray()) {
            characters[c] = true;
        }
    }

    /** The alphabet in which some text can only be, judged by the characters in which they differ. */
    static Alphabet of(byte[] text) {
        for (byte b : text) {
            if (b == '-' || b == '_') {
                return URL_SAFE;
            }
        }
        return STANDARD;
    }

    boolean has(byte b) {
        return characters[b & 0xFF];
    }

    /** Where the first byte stands that is not a character of this alphabet. */
    int endOfRun(byte[] text, int from, int to) {
        int i = from;
        while (i < to && characters[text[i] & 0xFF]) {
            i++;
        }
        return i;
    }
}
