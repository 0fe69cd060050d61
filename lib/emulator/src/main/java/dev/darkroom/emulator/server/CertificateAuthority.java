package dev.darkroom.emulator.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Issues certificates for the emulator's TLS, good ones and bad ones. Made anew by each emulator that speaks TLS, so that no key is
 * kept anywhere; it signs by ECDSA, and lives for a year.
 *
 * <p>The JDK reads certificates and writes none, and the libraries which do are larger than the emulator.
 */
final class CertificateAuthority {

    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.id("1.2.840.10045.4.3.2"));
    private static final Duration LIFE = Duration.ofDays(365);

    private final String name;
    private final KeyPair keys = keys();
    private final X509Certificate certificate;

    CertificateAuthority(String name) {
        this.name = name;
        var now = Instant.now();
        this.certificate = sign(name, keys.getPublic(), now.minus(LIFE), now.plus(LIFE), extensions(true, null));
    }

    /** A certificate and its key. */
    record Issued(PrivateKey key, X509Certificate certificate) {}

    /** What clients have to trust. */
    X509Certificate certificate() {
        return certificate;
    }

    /** For a host of this name and, if it is this machine's, for its addresses. */
    Issued issue(String host, Instant from, Instant until) {
        var its = keys();
        return new Issued(its.getPrivate(), sign(host, its.getPublic(), from, until, extensions(false, host)));
    }

    private X509Certificate sign(String subject, PublicKey key, Instant from, Instant until, byte[] extensions) {
        var toSign = Der.sequence(
                Der.value(0xA0, Der.integer(BigInteger.TWO)), // version 3
                Der.integer(new BigInteger(63, new SecureRandom()).setBit(62)),
                ECDSA_WITH_SHA256,
                named(name),
                Der.sequence(Der.time(from), Der.time(until)),
                named(subject),
                key.getEncoded(),
                Der.value(0xA3, extensions));
        try {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(toSign);
            var signed = Der.sequence(toSign, ECDSA_WITH_SHA256, Der.bits(0, signature.sign()));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java platform has these
        }
    }

    private static byte[] named(String name) {
        return Der.sequence(Der.set(Der.sequence(Der.id("2.5.4.3"), Der.text(name))));
    }

    private static byte[] extensions(boolean authority, @Nullable String host) {
        return authority || host == null
                ? Der.sequence(
                        extension("2.5.29.19", Der.sequence(Der.yes())), extension("2.5.29.15", Der.bits(1, (byte)
                                0x06))) // may sign certificates and lists of revoked ones
                : Der.sequence(extension("2.5.29.19", Der.sequence()), extension("2.5.29.17", names(host)));
    }

    private static byte[] extension(String id, byte[] value) {
        return Der.sequence(Der.id(id), Der.octets(value));
    }

    private static byte[] names(String host) {
        var dns = Der.value(0x82, host.getBytes(US_ASCII));
        var six = new byte[16];
        six[15] = 1;
        return host.equals("localhost")
                ? Der.sequence(dns, Der.value(0x87, new byte[] {127, 0, 0, 1}), Der.value(0x87, six))
                : Der.sequence(dns);
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }
}
