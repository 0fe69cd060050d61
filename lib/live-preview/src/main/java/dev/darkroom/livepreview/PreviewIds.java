package dev.darkroom.livepreview;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Ids that cannot be guessed, made where nothing may block: the system is asked for randomness once, and not for each. */
final class PreviewIds {

    private static final int BYTES = 16;

    private final SecureRandom random = seeded();

    private static SecureRandom seeded() {
        SecureRandom random;
        try {
            random = SecureRandom.getInstance("DRBG");
        } catch (NoSuchAlgorithmException e) { // of a JDK with providers of its own
            random = new SecureRandom();
        }
        random.nextBytes(new byte[BYTES]); // now, and not on an event loop
        return random;
    }

    String next() {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
