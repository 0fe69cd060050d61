package dev.darkroom.gate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway counts against one limit.
 *
 * @param host of the gateway
 * @param credential a hash which tells keys apart and does not give them away
 * @param model the gateway's id of the model
 */
public record Quota(String host, String credential, String model) {

    /** Enough to tell the keys of one application apart, too little to search for a key. */
    private static final int HASH_BYTES = 6;

    /**
     * The quota of a key.
     *
     * @param host of the gateway
     * @param key the credential itself, which is not kept
     * @param model the gateway's id of the model
     * @return the quota
     */
    public static Quota of(String host, String key, String model) {
        return new Quota(host, hash(key), model);
    }

    private static String hash(String key) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Quota that
                && host.equals(that.host)
                && credential.equals(that.credential)
                && model.equals(that.model);
    }

    /** Written out, as a first one that is not costs a JVM some milliseconds in front of its first request. */
    @Override
    public int hashCode() {
        return (host.hashCode() * 31 + credential.hashCode()) * 31 + model.hashCode();
    }

    @Override
    public String toString() {
        return host + "/" + model;
    }
}
