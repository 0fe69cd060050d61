package dev.darkroom.emulator.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fingerprints of things which must not be kept. */
final class Digest {

    private static final Pattern BEARER = Pattern.compile("(?i)bearer\\s+");

    private Digest() {}

    /** All 64 hex digits. */
    static String of(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    /** The first 8 hex digits for the key in an {@code Authorization} header. */
    static @Nullable String ofKey(@Nullable String authorization) {
        return authorization == null
                ? null
                : of(BEARER.matcher(authorization).replaceFirst("").strip().getBytes(UTF_8))
                        .substring(0, 8);
    }
}
